"""What a terminal can: one row by TERM, our own, since terminfo is often wrong and nothing is asked down the line.

A row says what is safe to use, not what the terminal's manual lists: no row has REP, left and right margins, hard tabs
or DCS, since multiplexers and mosh lose them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

BOLD, DIM, ITALIC, UNDERLINE, BLINK, REVERSE, CONCEAL, STRIKE, OVERLINE = (1 << bit for bit in range(9))
EVERY_ATTRIBUTE = (1 << 9) - 1
BASIC = BOLD | UNDERLINE | BLINK | REVERSE

NO_COLOURS = 0
TRUE_COLOUR = 1 << 24


@dataclass(frozen=True)
class Profile:
    """What one kind of terminal does rightly."""

    name: str
    colours: int = 256
    """0, 8, 16, 256 or TRUE_COLOUR."""
    attributes: int = EVERY_ATTRIBUTE & ~OVERLINE
    bce: bool = True
    """Erasing leaves the ground of the pen; without it, the terminal's own ground."""
    column: bool = True
    """CHA and VPA, absolute in one direction."""
    shift: bool = True
    """ICH and DCH, moving the rest of a line."""
    ech: bool = True
    line_shift: bool = True
    """IL and DL, moving the lines below."""
    cursor: bool = True
    """The cursor can be hidden and shown."""
    alternate: bool = True
    """An alternate screen, so that leaving gives back what stood there."""
    autowrap: bool = True
    """Wrapping at the right edge can be switched off."""
    paste: bool = True
    """Bracketed paste."""
    title: bool = True
    """A title by OSC 2."""

    def without_colour(self) -> Profile:
        """The same terminal for a person who wants no colours (NO_COLOR)."""
        return replace(self, colours=NO_COLOURS)


_XTERM = Profile("xterm")
_VT = Profile(
    "vt",
    colours=NO_COLOURS,
    attributes=BASIC,
    bce=False,
    column=False,
    shift=False,
    ech=False,
    line_shift=False,
    cursor=False,
    alternate=False,
    paste=False,
    title=False,
)
_SCREEN = Profile("screen", attributes=BASIC | DIM, bce=False, ech=False, title=False)

UNKNOWN_TERMINAL = _VT
"""What any terminal since the VT100 does."""

_ROWS: tuple[tuple[str, Profile], ...] = (
    # The first row whose name begins TERM; "-256color", "-direct" and the like are read below.
    ("xterm-kitty", replace(_XTERM, name="kitty")),
    ("xterm-ghostty", replace(_XTERM, name="ghostty", attributes=EVERY_ATTRIBUTE)),
    ("xterm", _XTERM),
    ("tmux", replace(_XTERM, name="tmux", attributes=EVERY_ATTRIBUTE)),
    ("screen", _SCREEN),
    ("linux", Profile("linux", 8, BASIC | DIM, alternate=False, paste=False, title=False)),
    ("putty", replace(_XTERM, name="putty", attributes=BASIC | DIM)),
    ("rxvt", replace(_XTERM, name="rxvt", attributes=BASIC | ITALIC)),
    ("konsole", replace(_XTERM, name="konsole")),
    ("gnome", replace(_XTERM, name="gnome", attributes=EVERY_ATTRIBUTE)),
    ("vte", replace(_XTERM, name="vte", attributes=EVERY_ATTRIBUTE)),
    ("alacritty", replace(_XTERM, name="alacritty")),
    ("foot", replace(_XTERM, name="foot")),
    ("kitty", replace(_XTERM, name="kitty")),
    ("wezterm", replace(_XTERM, name="wezterm", attributes=EVERY_ATTRIBUTE)),
    ("ms-terminal", replace(_XTERM, name="ms-terminal", attributes=EVERY_ATTRIBUTE)),
    ("iterm", replace(_XTERM, name="iterm")),
    ("nsterm", replace(_XTERM, name="nsterm", attributes=BASIC | DIM)),
    ("st-", replace(_XTERM, name="st")),
    ("mlterm", replace(_XTERM, name="mlterm", bce=False)),
    ("vt2", replace(_VT, name="vt220", shift=True, ech=True, line_shift=True, cursor=True)),
    ("vt4", replace(_VT, name="vt420", shift=True, ech=True, line_shift=True, cursor=True)),
)


def profile_of(term: str) -> Profile:
    """The row for TERM; a name never heard of gets what any VT100 does."""
    for name, row in _ROWS:
        if term.startswith(name):
            return _with_colours(row, term)
    return UNKNOWN_TERMINAL


def _with_colours(row: Profile, term: str) -> Profile:
    if row.colours == NO_COLOURS or row.name == "linux":
        return row
    if "-direct" in term:
        return replace(row, colours=TRUE_COLOUR)
    if "-mono" in term or term.endswith("-m"):
        return replace(row, colours=NO_COLOURS)
    if "16color" in term:
        return replace(row, colours=16)
    if "256color" in term or row.name not in ("xterm", "screen", "tmux", "rxvt"):
        return row
    return replace(row, colours=16)
