"""`akson-tui doctor`: what this machine, this terminal and the journal can do, and what is missing, for a site's IT."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, REFUSED, USAGE, out
from akson_tui.cli.checks import ROWS, TITLES, Finding, State, Surroundings, surroundings
from akson_tui.cli.ending import Ended, ending
from akson_tui.i18n import _, later

if TYPE_CHECKING:
    from akson_tui.config.settings import Settings

WORDS = {State.FINE: later("i orden"), State.WARNING: later("merk"), State.TROUBLE: later("FEIL")}


def run(options: argparse.Namespace) -> int:
    """Look and tell; 0 where nothing has to be mended, else 1."""
    out.prepare()
    return ending(lambda: _doctor(options))


def _doctor(options: argparse.Namespace) -> int:
    if sum(map(bool, (options.terminal, options.bundle, options.json))) > 1:
        raise Ended(USAGE, _("--terminal, --bundle og --json kan ikke brukes sammen."))
    if options.terminal:
        from akson_tui.cli.card import show

        return show()
    around = here(options)
    found = look(around)
    if options.bundle:
        from akson_tui.cli.bundle import write

        write(Path(options.bundle), found, around)
    if options.json:
        out.form({"version": out.VERSION, "findings": [_form(one) for one in found]})
    else:
        tell(found)
    return REFUSED if any(one.state is State.TROUBLE for one in found) else DONE


def here(options: argparse.Namespace) -> Surroundings:
    """What is around this process; settings that are wrong are a finding like others."""
    import os

    from akson_tui.cli.running import settings_of
    from akson_tui.config.load import SettingsWrong
    from akson_tui.config.paths import places

    try:
        settings: Settings | None = settings_of(options)
        wrong = ""
    except SettingsWrong as mistake:
        settings, wrong = None, str(mistake)
    where = settings.places if settings is not None else places(options.home or os.environ.get("AKSON_HOME", ""))
    return surroundings(settings, wrong, data_of(settings, where.data), where.run)


def data_of(settings: Settings | None, data: Path) -> Path:
    """The folder of this user's data, which is not made here."""
    from akson_tui.config.paths import folder_name
    from akson_tui.wiring import NOBODY

    if settings is None:
        return data
    return data / folder_name(settings.site.name) / folder_name(settings.user or NOBODY)


def look(around: Surroundings) -> list[Finding]:
    """All findings, in the order of the rows."""
    return [finding for _title, check in ROWS for finding in check(around)]


def tell(found: Sequence[Finding]) -> None:
    """A line for each, what to do about it below."""
    titles = {name: _(title) for name, title in TITLES.items()}
    wide = max(map(len, titles.values()))
    for one in found:
        out.row(f"{_(WORDS[one.state]):<8} {titles[one.name]:<{wide}}  {one.said}")
        if one.do:
            for line in out.wrapped(one.do, out.width() - wide - 12):
                out.row(" " * (wide + 11) + line)


def _form(one: Finding) -> dict[str, object]:
    return {"name": one.name, "state": one.state.value, "said": one.said, "do": one.do, "facts": dict(one.facts)}
