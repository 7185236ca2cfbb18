"""How a command ends: an exit code and one sentence, in the user's language, on stderr.

0 done or kept, 1 not found or refused, 2 usage, 3 locked or no user, 4 no line and nothing kept. The easy mistake is an
exception's text: it may hold what was being worked on. Only sentences of ours are said.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from akson_tui.cli import DONE, LOCKED, NO_LINE, REFUSED, USAGE
from akson_tui.i18n import _
from akson_tui.model.trouble import WORTH_RETRYING, Trouble

INTERRUPTED = 130
"""As shells have it: 128 + SIGINT."""


class Ended(Exception):
    """The command can go no further: `code`, and what is said about it ('' for nothing)."""

    def __init__(self, code: int, said: str = "") -> None:
        super().__init__(said)
        self.code = code


def say(text: str) -> None:
    """One sentence on stderr, safe to show."""
    from akson_tui.terminal.safe import one_line

    print(f"akson-tui: {one_line(text, 2000)}", file=sys.stderr)


def not_held(trouble: str) -> Ended:
    """Nothing is held, and asking gave `trouble` (a Trouble, '' where nobody said why)."""
    from akson_tui.screens import words

    why = words.trouble(trouble) or _("finnes ikke i journalen")
    line = trouble in {each.value for each in WORTH_RETRYING} or trouble == Trouble.NO_LINE
    return Ended(NO_LINE if line else REFUSED, _("Ikke hentet: {trouble}.").format(trouble=why))


def ending(work: Callable[[], int], run: Path | None = None) -> int:
    """Do `work` and end as it says; troubles become sentences, anything unforeseen a report in `run` without data."""
    from akson_tui.config.load import SettingsWrong

    try:
        code = work()
        sys.stdout.flush()
        return code
    except Ended as ended:
        if str(ended):
            say(str(ended))
        return ended.code
    except SettingsWrong as wrong:
        print(f"akson-tui: {wrong}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read has seen enough; nothing to flush to
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _unhappy(error, run)


def _unhappy(error: Exception, run: Path | None) -> int:
    from akson_tui.cli.opening import said as of_store
    from akson_tui.cli.unlock import Locked
    from akson_tui.screens import said as of_desk
    from akson_tui.store.troubles import StoreTrouble
    from akson_tui.workspace.troubles import WorkspaceTrouble

    if isinstance(error, Locked):
        say(str(error))
        return LOCKED
    if isinstance(error, WorkspaceTrouble):
        say(of_desk.trouble(error))
        return REFUSED
    if isinstance(error, StoreTrouble):
        say(of_store(error))
        return REFUSED
    from akson_tui.screens.crash import words
    from akson_tui.terminal import crash

    print(crash.tell(crash.write_report(error, run), words(), error), file=sys.stderr)
    return REFUSED
