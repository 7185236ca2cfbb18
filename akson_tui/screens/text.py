"""The only door from `str` to the screen: text made safe, as Textual `Content`, never as markup.

The easy mistake is to give a `str` to a widget, which reads markup in it. Everything here gives `Content`; an ink is
the name of a style in the theme ("critical"), which the painter looks up when it paints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from akson_tui.terminal import safe

EMPTY = Content("")
NARROWEST = 8
"""Columns that text is wrapped to at least: a word must have somewhere to stand."""
LONGEST_LINE = 2_000
"""Characters of one line that are looked at: more never fits on a screen."""


def line(value: str, ink: str = "") -> Content:
    """`value` on one line."""
    return _content(safe.one_line(value[: LONGEST_LINE * 4], LONGEST_LINE), ink)


def lines(value: str, width: int, ink: str = "", limit: int = 200_000) -> list[Content]:
    """`value` with its own line breaks, wrapped at words to `width` columns."""
    return [part for each in safe.lines(value, limit) for part in wrap(_content(each.rstrip(), ink), width)]


def wrap(content: Content, width: int) -> list[Content]:
    """`content` wrapped at words to `width` columns; a terminal of a few columns is written over its edge instead."""
    width = max(width, NARROWEST)
    return [content] if content.cell_length <= width and "\n" not in content.plain else list(content.wrap(width))


def plain(value: str) -> str:
    """`value` on one line as text, for what is no `Content`: a field's placeholder, the terminal's title."""
    return safe.one_line(value, LONGEST_LINE)


def editable(value: str) -> str:
    """`value` as a text field may hold it: lines parted by line feeds, nothing that a terminal would act on."""
    return "\n".join(safe.lines(value))


def join(parts: Iterable[Content], between: str = "  ") -> Content:
    """`parts` that are not empty, one after another."""
    kept = [part for part in parts if part.plain]
    return Content(between).join(kept) if kept else EMPTY


def fit(content: Content, width: int) -> Content:
    """`content` cut with … or filled with blanks to exactly `width` columns."""
    return content.truncate(max(width, 0), ellipsis=True, pad=True)


def cut(content: Content, width: int) -> Content:
    """`content` cut with … to at most `width` columns."""
    return content.truncate(max(width, 0), ellipsis=True)


def cells(*columns: tuple[Content, int]) -> Content:
    """Columns of fixed widths with a blank between them; blanks at the end are left out."""
    return Content(" ").join([fit(content, width) for content, width in columns]).rstrip()


def pack(parts: Sequence[Content], width: int, indent: str = "") -> list[Content]:
    """`parts` after one another, two blanks between, none of them cut by the end of a line that it fits on."""
    packed: list[Content] = []
    for part in parts:
        joined = join([packed[-1], part]) if packed else part
        if joined.cell_length <= width:
            packed[-1:] = [joined]
            continue
        first, *rest = wrap(part, width - len(indent))
        packed += [Content(indent) + line if packed else line for line in (first, *rest)]
    return packed or [EMPTY]


def ends(left: Content, right: Content, width: int) -> Content:
    """`left` at the left edge and `right` at the right one; where both do not fit, `left` is cut."""
    if not right.plain:
        return cut(left, width)
    room = width - right.cell_length - 2
    if room < 1:
        return cut(right, width)
    return fit(left, room) + Content("  ") + right


def _content(text: str, ink: str) -> Content:
    # The text is safe already, so that Textual need not look through it again.
    return Content.styled(text, ink, strip_control_codes=False)
