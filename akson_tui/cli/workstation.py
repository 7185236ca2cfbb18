"""`akson-tui`: the workstation on a site or on one journal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from akson_tui.cli import LOCKED, REFUSED, USAGE
from akson_tui.config.load import Flags, load
from akson_tui.config.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Load settings, unlock, run; returns the exit code."""
    return start(load(flags(options), os.environ))


def flags(options: argparse.Namespace) -> Flags:
    """What was said before a command's name."""
    return Flags(
        home=options.home,
        site=options.site,
        journal=options.journal,
        user=options.user,
        language=options.lang,
        theme=options.theme,
        mouse=options.mouse,
        insecure=options.insecure,
        token_env=options.token_env,
        passphrase_file=options.passphrase_file,
        now=options.now,
    )


def start(settings: Settings, ready: Callable[[], bool] | None = None) -> int:
    """Unlock the user's files and show the first screen; `ready` blocks until the journal may be asked."""
    from akson_tui import i18n, wiring
    from akson_tui.cli.opening import said
    from akson_tui.cli.unlock import Locked, data_key
    from akson_tui.i18n import _
    from akson_tui.screens.crash import words
    from akson_tui.screens.theme import ThemeUnreadable
    from akson_tui.store.troubles import StoreTrouble
    from akson_tui.terminal import crash

    i18n.use(settings.language)
    terminal = _terminal_trouble()
    if terminal:
        print(f"akson-tui: {terminal}", file=sys.stderr)
        return USAGE
    folder = None if settings.clean else settings.places.run
    crash.install(folder, words(), lambda text: print(text, file=sys.stderr))
    directory = wiring.data_folder(settings)
    try:
        key = data_key(settings, directory)
        return wiring.run(settings, directory, key, ready)
    except ThemeUnreadable as wrong:
        print(f"akson-tui: {_('Fargene kan ikke brukes: {why}').format(why=wrong)}", file=sys.stderr)
        return USAGE
    except Locked as locked:
        print(f"akson-tui: {locked}", file=sys.stderr)
        return LOCKED
    except StoreTrouble as trouble:
        print(f"akson-tui: {said(trouble)}", file=sys.stderr)
        return REFUSED


def _terminal_trouble() -> str:
    """Why this terminal cannot show the workstation; '' where it can."""
    from akson_tui.i18n import _

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _("trenger en terminal (både inn og ut)")
    if os.environ.get("TERM", "") in ("", "dumb"):
        return _("TERM er ikke satt til en terminal som kan flytte markøren; sett for eksempel TERM=xterm-256color")
    return ""
