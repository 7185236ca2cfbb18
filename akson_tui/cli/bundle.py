"""`doctor --bundle`: one JSON file for support, which anybody can read before sending it.

That it holds nothing of a patient is by construction: the store is not opened, only facts that are listed here are
written, each in a form that a name, a number or a text of a record cannot have, and of a crash report only lines that
name a place in the code. The easy mistake: adding a fact that is free text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from akson_tui.cli import REFUSED, out
from akson_tui.cli.checks import Fact, Finding, Surroundings
from akson_tui.cli.ending import Ended
from akson_tui.i18n import _

_FLAG = re.compile(r"True|False")
_NUMBER = re.compile(r"-?\d{1,9}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{0,30}|")
_VERSION = re.compile(r"\d[\w.+-]{0,30}", re.ASCII)
_WORDS = re.compile(r"(?:[A-Za-z-]{1,20}(?:,[A-Za-z-]{1,20}){0,5})?")
SERVERS = ("akson-tui", "HAPI FHIR", "Firely", "Vonk", "Medplum", "Blaze", "Aidbox", "Smile CDR", "LinuxForHealth FHIR")
"""What a server calls itself is its own text: only names that are known beforehand are written."""
FACTS: Mapping[str, re.Pattern[str]] = {
    "version": _VERSION,
    "python": _VERSION,
    "sqlite": _VERSION,
    "system": _WORD,
    "machine": re.compile(r"[A-Za-z0-9_]{1,20}|"),
    "sandbox": _FLAG,
    "sources": _NUMBER,
    "language": re.compile(r"nb|nn|en"),
    "theme": _WORD,
    "user": _FLAG,
    "insecure": _FLAG,
    "term": _WORD,
    "known": _WORD,
    "terminal": _FLAG,
    "columns": _NUMBER,
    "lines": _NUMBER,
    "colours": _NUMBER,
    "within": _WORDS,
    "encoding": re.compile(r"[A-Za-z0-9_-]{0,30}"),
    "locale": re.compile(r"[A-Za-z]{1,10}(?:_[A-Z]{2})?(?:\.[A-Za-z0-9-]{1,12})?|"),
    "works": _FLAG,
    "ways": _WORDS,
    "network": _FLAG,
    "held": _FLAG,
    "file_system": _WORD,
    "private": _FLAG,
    "sessions": _NUMBER,
    "ours": _FLAG,
    "free_mb": _NUMBER,
    "writable": _FLAG,
    "lp": _FLAG,
    "origin": re.compile(r"https?://[A-Za-z0-9.\-:\[\]]{1,120}"),
    "status": _WORD,
    "trouble": _WORD,
    "software": re.compile(rf"(?:{'|'.join(SERVERS)})(?: [Ss]erver| sandbox)?(?: v?\d{{1,4}}(?:\.\d{{1,4}}){{1,3}})?|"),
    "token": _FLAG,
    "notes": _FLAG,
    "measurements": _FLAG,
    "compared": _FLAG,
    "seconds_ahead": _NUMBER,
}
"""Each fact that may be written, and the form that its text must have; anything else is left out, and counted."""
_PLACE = re.compile(
    r"python \d[\d.]{0,10}|…|[a-z_]\w*(?:\.\w+){1,8}|  [a-z_][\w.]{0,100}:\d{1,6} [\w<>]{1,60}", re.ASCII
)
"""A line of a crash report: a version, the kind of an error, or a place in the code."""
LINES_AT_MOST = 200
FILES = ("precious.db", "cache.db", "keys.json", "cache.db.damaged")


def write(path: Path, found: Sequence[Finding], around: Surroundings) -> None:
    """Make the file, readable by its owner. Raises Ended where it cannot be made."""
    text = out.dump(made(found, around), 2) + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Ended(REFUSED, _("{file} finnes fra før, og blir ikke skrevet over.").format(file=path)) from None
    except OSError as trouble:
        raise Ended(REFUSED, _("{file}: {why}").format(file=path, why=trouble.strerror)) from None
    out.remark(_("Skrevet til {file}, uten pasientopplysninger. Les den gjerne før du sender den.").format(file=path))


def made(found: Sequence[Finding], around: Surroundings) -> dict[str, object]:
    """What the file says."""
    return {
        "version": out.VERSION,
        "findings": [_finding(one) for one in found],
        "files": {name: _size(around.directory / name) for name in FILES},
        "crashes": [_crash(path) for path in sorted(around.run.glob("crash-*.txt"))[-5:]],
    }


def _finding(one: Finding) -> dict[str, object]:
    kept = {name: value for name, value in one.facts.items() if _may(name, value)}
    return {"name": one.name, "state": one.state.value, "facts": kept, "left_out": len(one.facts) - len(kept)}


def _may(name: str, value: Fact) -> bool:
    form = FACTS.get(name)
    return form is not None and form.fullmatch(str(value)) is not None


def _size(path: Path) -> int | None:
    """Bytes; None where there is no such file."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _crash(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8", "replace").splitlines()[:LINES_AT_MOST]
    except OSError:
        return []
    return [line for line in lines if _PLACE.fullmatch(line)]
