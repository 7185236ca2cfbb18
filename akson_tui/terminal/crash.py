"""What is said and written when the program itself failed: where, never with what.

The easy mistake is the exception's text: it holds what was being worked on. A report has the kinds of the errors and
the places in the code, no message, no locals, no arguments.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

KEPT_AT_MOST = 20
"""Reports kept in a folder; older ones are removed."""
DEPTH = 10
FRAMES = 60


@dataclass(frozen=True)
class Words:
    """What the person is told, in their language; `{path}` in `report` is the report's file."""

    happened: str = "Programmet stoppet på grunn av en feil i programmet."
    kept: str = "Det du har skrevet, er lagret fram til siste sekund, og utkastet tilbys neste gang du starter."
    do: str = "Start programmet på nytt. Skjer det igjen, gi beskjed til brukerstøtte."
    report: str = "Teknisk rapport uten pasientopplysninger: {path}"
    no_report: str = "Den tekniske rapporten kunne ikke skrives."


def places(error: BaseException) -> list[str]:
    """The error, what caused it, and where: one line for each kind and for each place in the code, without texts."""
    found: list[str] = []
    for depth, each in enumerate(_causes(error)):
        if depth == DEPTH:
            found.append("…")
            break
        kind = type(each)
        found.append(f"{kind.__module__}.{kind.__qualname__}")
        found += [f"  {place}" for place in _frames(each.__traceback__)][-FRAMES:]
    return found


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            todo += each.exceptions
        todo.append(each.__cause__ or (None if each.__suppress_context__ else each.__context__))


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "?")
        yield f"{module}:{traceback.tb_lineno} {traceback.tb_frame.f_code.co_name}"
        traceback = traceback.tb_next


def write_report(error: BaseException, folder: Path | None, now: float | None = None) -> Path | None:
    """Write `folder`/crash-….txt, readable by its owner alone; None where there is no folder or it cannot be done.

    `now` is the time in seconds since 1970.
    """
    if folder is None:
        return None
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() if now is None else now))
    path = folder / f"crash-{stamp}-{os.getpid()}.txt"
    python = ".".join(map(str, sys.version_info[:3]))
    text = "\n".join([f"python {python}", *places(error), ""])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT_AT_MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        # Told to the person by `tell`: no_report.
        return None
    return path


def tell(path: Path | None, words: Words, error: BaseException | None = None) -> str:
    """The text for the person, after the terminal was restored; with the report itself where no file has it."""
    report = words.report.format(path=path) if path is not None else words.no_report
    if path is None and error is not None:
        report = "\n".join([report, *places(error)])
    return "\n".join(["", words.happened, words.kept, words.do, report, ""])


def install(folder: Path | None, words: Words, show: Callable[[str], object]) -> None:
    """Let errors that nobody caught, in any thread, be told this way: no traceback, no locals."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        show(tell(write_report(error, folder), words, error))

    sys.excepthook = hook
    _install_elsewhere(folder)


def _install_elsewhere(folder: Path | None) -> None:
    import threading

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            write_report(args.exc_value, folder)

    def nowhere(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            write_report(args.exc_value, folder)

    threading.excepthook = in_thread
    sys.unraisablehook = nowhere
