"""What `doctor` looks at: one row each, about the surroundings of the program, never about what it holds.

Easy to get wrong: opening the store to see whether it opens. No check needs the key, so none can tell anything of a
patient; what is found is told as `facts` of kinds that `bundle` knows beforehand.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from akson_tui.cli import out, version
from akson_tui.i18n import _, later, n_
from akson_tui.terminal.profile import NO_COLOURS, UNKNOWN_TERMINAL, Profile, profile_of

if TYPE_CHECKING:
    from akson_tui.config.settings import Settings
    from akson_tui.model.line import SourceState

Fact = str | int | bool
SMALL, LEAST = 500_000_000, 50_000_000
"""Bytes of free disk below which it is told, and below which work will stop soon."""
COLUMNS, LINES = 80, 24


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    """Work goes on with less."""
    TROUBLE = "trouble"
    """Something cannot be done until this is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `said` what is so, `do` what to do about it ('' nothing), `facts` for support."""

    name: str
    state: State
    said: str
    do: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks look at; tests have their own. `settings` None where they are wrong (`wrong` says how)."""

    settings: Settings | None
    wrong: str
    directory: Path
    run: Path
    environ: Mapping[str, str]
    terminal: bool
    size: tuple[int, int]
    encoding: str
    keystore: Callable[[], bool]
    probe: Callable[[], Sequence[SourceState]]
    free: Callable[[Path], int]
    file_system: Callable[[Path], str]
    on_network: Callable[[Path], bool]
    programs: Callable[[str], str | None] = shutil.which


Check = Callable[[Surroundings], Sequence[Finding]]


def program(_around: Surroundings) -> Sequence[Finding]:
    """Versions."""
    python = platform.python_version()
    facts: dict[str, Fact] = {
        "version": version(),
        "python": python,
        "system": platform.system(),
        "machine": platform.machine(),
        "sqlite": metadata.version("apsw-sqlite3mc"),
        "sandbox": find_spec("starlette") is not None,
    }
    said = _("akson-tui {version}, Python {python}, {system}").format(
        version=version(), python=python, system=f"{platform.system()} {platform.machine()}"
    )
    return [Finding("program", State.FINE, said, facts=facts)]


def settings(around: Surroundings) -> Sequence[Finding]:
    """Which journal, which user."""
    chosen = around.settings
    if chosen is None:
        return [Finding("settings", State.TROUBLE, around.wrong, _("Se docs/settings.md, eller «akson-tui --help»."))]
    facts: dict[str, Fact] = {
        "sources": len(chosen.site.sources),
        "language": chosen.language,
        "theme": chosen.theme,
        "user": bool(chosen.user),
        "insecure": chosen.insecure,
    }
    said = _("stedet {site}, journal merket {name}").format(site=chosen.site.name, name=chosen.site.environment)
    if chosen.insecure:
        do = _("Ukryptert http går ut av maskinen: bruk https.")
        return [Finding("settings", State.WARNING, said, do, facts)]
    if not chosen.user:
        do = _("Ingen bruker er oppgitt: uten --as er det ingen dagsliste og ingen signering.")
        return [Finding("settings", State.WARNING, said, do, facts)]
    return [Finding("settings", State.FINE, said, facts=facts)]


def terminal(around: Surroundings) -> Sequence[Finding]:
    """What kind of terminal, how large, how much it shows."""
    term = around.environ.get("TERM", "")
    columns, lines = around.size
    within = [name for name, variable in _WITHIN if around.environ.get(variable)]
    profile = profile_of(term)
    facts: dict[str, Fact] = {
        "term": term,
        "known": profile.name,
        "terminal": around.terminal,
        "columns": columns,
        "lines": lines,
        "colours": profile.colours,
        "within": ",".join(within),
    }
    size = f"{columns}×{lines}" if around.terminal else _("ikke en terminal nå")
    said = f"TERM={term or '–'}, {size}, {_colours(profile)}"
    if within:
        said += " " + _("gjennom {what}").format(what=", ".join(within))
    if term in ("", "dumb"):
        do = _("Programmet trenger en terminal som kan flytte markøren: sett for eksempel TERM=xterm-256color.")
        return [Finding("terminal", State.TROUBLE, said, do, facts)]
    if term.startswith("linux"):
        do = _(
            "Linux-konsollen har 8 farger og 256 tegn: samiske bokstaver kan mangle (last en skrift med setfont). "
            "Den har ikke en egen skjermside: det som sto der, kommer ikke tilbake når programmet avsluttes."
        )
        return [Finding("terminal", State.WARNING, said, do, facts)]
    if around.terminal and (columns < COLUMNS or lines < LINES):
        do = _("Under {columns}×{lines} vises ikke alt på én gang: gjør vinduet større.").format(
            columns=COLUMNS, lines=LINES
        )
        return [Finding("terminal", State.WARNING, said, do, facts)]
    if profile is UNKNOWN_TERMINAL:
        do = _("Ukjent terminal: bare det enhver VT100 kan, brukes. Se om en mer vanlig TERM passer.")
        return [Finding("terminal", State.WARNING, said, do, facts)]
    return [Finding("terminal", State.FINE, said, facts=facts)]


_WITHIN = (("tmux", "TMUX"), ("screen", "STY"), ("SSH", "SSH_CONNECTION"), ("mosh", "MOSH_SERVER_PID"))


def _colours(profile: Profile) -> str:
    if profile.colours == NO_COLOURS:
        return _("uten farger")
    return n_("{n} farge", "{n} farger", profile.colours).format(n=profile.colours)


def locale(around: Surroundings) -> Sequence[Finding]:
    """Whether the letters of Norway can be shown."""
    said = next((around.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if around.environ.get(name)), "")
    utf8 = around.encoding.replace("-", "").replace("_", "").lower() == "utf8"
    facts: dict[str, Fact] = {"encoding": around.encoding, "locale": said}
    told = _("{locale}, tegnsett {encoding}").format(locale=said or _("ikke satt"), encoding=around.encoding)
    if utf8:
        return [Finding("locale", State.FINE, told, facts=facts)]
    do = _("æ, ø, å og samiske bokstaver kan ikke vises: sett LANG=nb_NO.UTF-8 (eller C.UTF-8), også over SSH.")
    return [Finding("locale", State.TROUBLE, told, do, facts)]


def keystore(around: Surroundings) -> Sequence[Finding]:
    """Whether the system's key store keeps what it is given, and by what the data here are locked."""
    from akson_tui.store import keys
    from akson_tui.store.troubles import KeyTrouble

    works = around.keystore()
    try:
        ways = sorted(keys.ways(around.directory))
    except KeyTrouble:
        ways = []
    facts: dict[str, Fact] = {"works": works, "ways": ",".join(ways)}
    if works:
        return [Finding("keystore", State.FINE, _("virker: programmet åpner uten passfrase"), facts=facts)]
    if ways == [keys.KEYSTORE]:
        do = _("Dataene er låst med nøkkellageret alene, og kan ikke åpnes i denne økten. Logg inn der det virker.")
        return [Finding("keystore", State.TROUBLE, _("virker ikke"), do, facts)]
    do = _("Vanlig over SSH. Dataene låses med en passfrase, som spørres det om ved start (eller AKSON_PASSPHRASE).")
    return [Finding("keystore", State.WARNING, _("virker ikke her"), do, facts)]


def data(around: Surroundings) -> Sequence[Finding]:
    """Where the data lie, and whether several computers share that."""
    from akson_tui.store import place

    network, holder = around.on_network(around.directory), place.holder(around.directory)
    kind = around.file_system(around.directory)
    private = not around.directory.exists() or around.directory.stat().st_mode & 0o077 == 0
    facts: dict[str, Fact] = {"network": network, "held": bool(holder), "file_system": kind, "private": private}
    said = _("{folder} ({kind})").format(folder=around.directory, kind=kind or _("ukjent filsystem"))
    if not private:
        do = _("Mappen kan leses av andre brukere (innholdet er kryptert): kjør chmod 700 på den.")
        return [Finding("data", State.WARNING, said, do, facts)]
    if network:
        said += " " + _("på nettverksdisk")
        do = _("Der kan bare én maskin om gangen ha dataene åpne, og én økt. En lokal disk er bedre.")
        if holder:
            do = _("Dataene er åpne på {host}, og kan ikke åpnes her før den økten er avsluttet.").format(host=holder)
        return [Finding("data", State.TROUBLE if holder else State.WARNING, said, do, facts)]
    return [Finding("data", State.FINE, said, facts=facts)]


def disk(around: Surroundings) -> Sequence[Finding]:
    """Whether there is room, and whether it can be written to."""
    folder = next((each for each in (around.directory, *around.directory.parents) if each.is_dir()), Path("/"))
    free = around.free(folder)
    writable = os.access(folder, os.W_OK)
    facts: dict[str, Fact] = {"free_mb": free // 1_000_000, "writable": writable}
    said = _("{n} MB ledig").format(n=free // 1_000_000)
    if not writable:
        do = _("Mappen kan ikke skrives til: utkast kan ikke lagres.")
        return [Finding("disk", State.TROUBLE, said, do, facts)]
    if free < SMALL:
        do = _("Lite plass: når disken er full, kan utkast ikke lagres.")
        return [Finding("disk", State.TROUBLE if free < LEAST else State.WARNING, said, do, facts)]
    return [Finding("disk", State.FINE, said, facts=facts)]


def run_folder(around: Surroundings) -> Sequence[Finding]:
    """Whether sessions beside one another can hear each other: by sockets in a folder that nobody else writes to."""
    from akson_tui.store.place import Place

    run = around.run
    there = run.is_dir()
    mark = Place(around.directory, run).mark
    sessions = len(list(run.glob(f"{mark}-*.s"))) if there else 0
    found = run.stat() if there else None
    ours = found is None or (found.st_uid == os.getuid() and found.st_mode & 0o022 == 0)
    facts: dict[str, Fact] = {"sessions": sessions, "ours": ours}
    said = n_("{n} økt åpen, {folder}", "{n} økter åpne, {folder}", sessions).format(n=sessions, folder=run)
    if not ours:
        do = _("Andre kan skrive i mappen, og da brukes den ikke: gi den til brukeren alene (chmod 700).")
        return [Finding("run", State.TROUBLE, said, do, facts)]
    return [Finding("run", State.FINE, said, facts=facts)]


def printing(around: Surroundings) -> Sequence[Finding]:
    """Whether copies can be printed."""
    there = around.programs("lp") is not None
    facts: dict[str, Fact] = {"lp": there}
    if there:
        return [Finding("printing", State.FINE, _("lp finnes"), facts=facts)]
    do = _("Utskrift med --lp trenger pakken cups-client; --output virker uten.")
    return [Finding("printing", State.WARNING, _("lp finnes ikke"), do, facts)]


def journals(around: Surroundings) -> Sequence[Finding]:
    """How each journal answers, and how this machine's clock stands to theirs."""
    from akson_tui.cli.check_line import clock_found, journal_found

    if around.settings is None:
        return []
    states = around.probe()
    return [*(journal_found(state, around.settings) for state in states), clock_found(states)]


ROWS: tuple[tuple[str, Check], ...] = (
    (later("programmet"), program),
    (later("innstillinger"), settings),
    (later("terminal"), terminal),
    (later("språk og tegnsett"), locale),
    (later("nøkkellager"), keystore),
    (later("data"), data),
    (later("disk"), disk),
    (later("økter"), run_folder),
    (later("utskrift"), printing),
    (later("journal"), journals),
)
"""What is looked at, in this order."""
TITLES = {
    "program": ROWS[0][0],
    "settings": ROWS[1][0],
    "terminal": ROWS[2][0],
    "locale": ROWS[3][0],
    "keystore": ROWS[4][0],
    "data": ROWS[5][0],
    "disk": ROWS[6][0],
    "run": ROWS[7][0],
    "printing": ROWS[8][0],
    "journal": ROWS[9][0],
    "clock": later("klokke"),
}


def surroundings(settings: Settings | None, wrong: str, directory: Path, run: Path) -> Surroundings:
    """What is around this process."""
    import asyncio

    from akson_tui.store import keys, place

    def probe() -> Sequence[SourceState]:
        from akson_tui import wiring

        assert settings is not None
        return asyncio.run(wiring.probe(settings))

    return Surroundings(
        settings=settings,
        wrong=wrong,
        directory=directory,
        run=run,
        environ=os.environ,
        terminal=sys.stdout.isatty(),
        size=out.size(),
        encoding=sys.stdout.encoding or "",
        keystore=keys.keystore_works,
        probe=probe,
        free=lambda folder: shutil.disk_usage(folder).free,
        file_system=place.file_system,
        on_network=place.on_network,
    )
