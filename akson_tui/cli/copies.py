"""A copy that leaves the journal, to a file or a printer: it carries who took it, when, "kopi" and the journal's name.

Easy to get wrong: a copy that nobody logged. The log is written first, once it is certain that the copy can be made.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING

from akson_tui.cli import REFUSED, USAGE, out
from akson_tui.cli.ending import Ended
from akson_tui.cli.lines import who
from akson_tui.i18n import _
from akson_tui.model.access import Opened
from akson_tui.screens import words
from akson_tui.terminal.safe import one_line

if TYPE_CHECKING:
    from akson_tui.wiring import Errand

WIDE = 78
"""Columns of a copy: what a printer's plain text has room for."""
TALL = 56
"""Lines of a printed page."""


def wanted(options: argparse.Namespace) -> bool:
    """Whether a copy was asked for. Raises Ended where what was asked for does not go together."""
    if not (options.output or options.lp):
        return False
    if options.json or (options.output and options.lp):
        raise Ended(USAGE, _("--output, --lp og --json kan ikke brukes sammen."))
    return True


def width(options: argparse.Namespace) -> int:
    """Columns that the answer is wrapped to."""
    return WIDE if options.output or options.lp else out.width()


async def take(errand: Errand, options: argparse.Namespace, opened: Opened, lines: Sequence[str]) -> None:
    """Log and make the copy. Raises Ended where it cannot be made."""
    head = await _head(errand, opened)
    if options.output:
        await _to_file(errand, opened, options.output, [*head, *lines])
    else:
        await _to_printer(errand, opened, options.lp, head, lines)


async def _head(errand: Errand, opened: Opened) -> list[str]:
    """What stands above each page."""
    workspace = errand.workspace
    now = workspace.now()
    clinician = await workspace.clinician()
    by = words.clinician(clinician) if clinician is not None else workspace.user or _("ukjent bruker")
    patient = (await workspace.record.banner(opened)).patient
    await workspace.lines()
    at = f"{words.date(now)} {words.clock(now)}"
    return [
        _("KOPI fra {journal}, tatt ut {at} av {who}").format(journal=workspace.environment.name, at=at, who=by),
        who(patient, now),
        "-" * WIDE,
    ]


async def _to_file(errand: Errand, opened: Opened, name: str, lines: Sequence[str]) -> None:
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise Ended(REFUSED, _("{file} finnes fra før, og blir ikke skrevet over.").format(file=name)) from None
    except OSError as trouble:
        raise Ended(REFUSED, _("{file}: {why}").format(file=name, why=trouble.strerror)) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            await errand.workspace.record.copied(opened, "exported")
            file.writelines(f"{one_line(line)}\n" for line in lines)
    except BaseException as trouble:
        with contextlib.suppress(OSError):
            os.unlink(name)  # half a copy is none
        if isinstance(trouble, OSError):
            raise Ended(REFUSED, _("{file}: {why}").format(file=name, why=trouble.strerror)) from None
        raise
    out.remark(_("Kopi skrevet til {file}. Den er ikke kryptert.").format(file=name))


async def _to_printer(errand: Errand, opened: Opened, printer: str, head: Sequence[str], lines: Sequence[str]) -> None:
    program = shutil.which("lp")
    if program is None:
        raise Ended(REFUSED, _("Programmet lp finnes ikke på denne maskinen (pakken cups-client)."))
    await errand.workspace.record.copied(opened, "printed")
    command = [program, "-t", "akson-tui", *([] if printer == "-" else ["-d", printer])]
    text = "\f".join(_pages(head, lines))
    ran = subprocess.run(
        command, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if ran.returncode:
        raise Ended(REFUSED, _("lp tok ikke imot utskriften (kode {code}).").format(code=ran.returncode))
    out.remark(_("Sendt til skriveren."))


def _run(command: list[str], text: bytes) -> int:
    nowhere = subprocess.DEVNULL
    return subprocess.run(command, input=text, stdout=nowhere, stderr=nowhere, check=False).returncode


def _pages(head: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Pages that each say whose they are, and which of how many."""
    room = TALL - len(head) - 1
    total = max((len(lines) + room - 1) // room, 1)
    made = []
    for at in range(total):
        foot = _("side {n} av {total}").format(n=at + 1, total=total)
        page = [*head, *lines[at * room : (at + 1) * room], foot]
        made.append("".join(f"{one_line(line)}\n" for line in page))
    return made
