"""Reads R4 resources from files into the store: single ones, Bundles, NDJSON, folders of them, also as .gz.

What is bad is named with its reason and left out; the rest of a file is stored. References within a Bundle are
resolved, and ids are kept, so that loading the same again changes nothing.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from akson_tui.sandbox import instants, rest, spans
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.rest import Sent
from akson_tui.sandbox.search import find_one
from akson_tui.sandbox.store import Store, Writer
from akson_tui.sandbox.transaction import CONDITIONAL, entry_texts
from akson_tui.sandbox.validate import stored_types

MAX_FILE = 256_000_000
BATCH = 100
SUFFIXES = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
LINES = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")


@dataclass(slots=True)
class Tally:
    """What came of it: counts by type, and each refusal with its place and reason."""

    read: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=list)

    def refuse(self, place: str, reason: str, type_: str = "") -> None:
        """Notes a file, line or resource that was not stored."""
        if type_:
            self.refused[type_] += 1
        self.reasons.append(f"{place}: {reason}")

    def report(self, out: TextIO) -> None:
        """Read, stored and refused by type, then every refusal."""
        out.write(f"{'type':32}{'read':>8}{'stored':>8}{'refused':>8}\n")
        for type_ in sorted(self.read):
            out.write(f"{type_:32}{self.read[type_]:8}{self.stored[type_]:8}{self.refused[type_]:8}\n")
        for reason in self.reasons:
            out.write(f"refused: {reason}\n")
        out.flush()


@dataclass(slots=True)
class _Found:
    """A resource of a file: where it stands, its text, and the fullUrl under which its Bundle knows it."""

    place: str
    given: Sent
    full_url: str = ""
    target: str = ""


def load(store: Store, paths: list[Path], new_id: Callable[[], str]) -> Tally:
    """Stores what the paths hold."""
    tally = Tally()
    for path in paths:
        for file in _files(path, tally):
            for group in _groups(file, tally):
                _store(store, group, tally, new_id)
    return tally


def _files(path: Path, tally: Tally) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(inner for inner in path.rglob("*") if inner.is_file() and inner.name.endswith(SUFFIXES))
    elif path.is_file():
        yield path
    else:
        tally.refuse(str(path), "there is no such file or folder")


def _bytes(file: Path) -> bytes:
    """The file's content, unpacked. Raises ValueError where it is too large or not what it says."""
    try:
        if file.name.endswith(".gz"):
            with gzip.open(file) as packed:
                raw = packed.read(MAX_FILE + 1)
        else:
            with file.open("rb") as plain:
                raw = plain.read(MAX_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"cannot be read: {error}") from None
    if len(raw) > MAX_FILE:
        raise ValueError(f"more than {MAX_FILE} bytes")
    return raw


def _groups(file: Path, tally: Tally) -> Iterator[list[_Found]]:
    """The file's resources, those of one Bundle together: they may refer to each other by fullUrl."""
    try:
        raw = _bytes(file)
    except ValueError as error:
        tally.refuse(str(file), str(error))
        return
    if not file.name.endswith(LINES):
        yield _group(str(file), raw, tally)
        return
    group: list[_Found] = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        found = _group(f"{file}:{number}", line, tally)
        group += found
        if len(group) >= BATCH or len(found) > 1:
            yield group
            group = []
    yield group


def _group(place: str, raw: bytes, tally: Tally) -> list[_Found]:
    try:
        given = rest.sent(raw)
    except Trouble as trouble:
        tally.refuse(place, str(trouble))
        return []
    return (
        list(_unpacked(place, given, tally)) if given.resource["resourceType"] == "Bundle" else [_Found(place, given)]
    )


def _unpacked(place: str, given: Sent, tally: Tally) -> Iterator[_Found]:
    entries = given.resource.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        tally.refuse(place, "Bundle.entry is no list of objects")
        return
    if not any("resource" in entry for entry in entries):
        tally.refuse(place, "a Bundle without resources")
    for number, (entry, text) in enumerate(zip(entries, entry_texts(given.text), strict=True)):
        here = f"{place} entry {number}"
        resource = entry.get("resource")
        if text is None or _mode(entry) == "outcome":
            continue
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            tally.refuse(here, "no resource")
        elif resource["resourceType"] == "Bundle":
            yield from _unpacked(here, Sent(text, resource), tally)
        else:
            url = entry.get("fullUrl")
            yield _Found(here, Sent(text, resource), url if isinstance(url, str) else "")


def _mode(entry: dict[str, Any]) -> Any:
    search = entry.get("search")
    return search.get("mode") if isinstance(search, dict) else None


def _store(store: Store, group: list[_Found], tally: Tally, new_id: Callable[[], str]) -> None:
    known: dict[str, str] = {}
    sound = []
    for found in group:
        type_ = found.given.resource["resourceType"]
        tally.read[type_] += 1
        try:
            if type_ == "Parameters":
                raise Trouble(400, "Parameters have no place on a server")
            rest.checked(found.given)
        except Trouble as trouble:
            name = f"{type_}/{found.given.resource.get('id', '?')}"
            tally.refuse(f"{found.place}: {name}", str(trouble), type_)
            continue
        found.target = f"{type_}/{found.given.resource.get('id') or _id_of(found.full_url) or new_id()}"
        if found.full_url:
            known[found.full_url] = found.target
        sound.append(found)
    for start in range(0, len(sound), BATCH):
        with store.writing() as writer:
            for found in sound[start : start + BATCH]:
                _put(writer, found, known)
                tally.stored[found.given.resource["resourceType"]] += 1


def _id_of(full_url: str) -> str:
    """The id that a urn:uuid gives a resource that has none of its own."""
    ident = full_url.removeprefix("urn:uuid:")
    return ident if ident != full_url and rest.ID.fullmatch(ident) else ""


def _put(writer: Writer, found: _Found, known: dict[str, str]) -> None:
    def target(reference: str) -> str | None:
        conditional = CONDITIONAL.fullmatch(reference)
        if conditional and conditional[1] in stored_types():
            try:
                there = find_one(writer, conditional[1], conditional[2], "")
            except Trouble:
                # Not this file's fault alone: the reference stays as it was written.
                return None
            return f"{there.type}/{there.id}" if there else None
        return known.get(reference)

    type_, _, ident = found.target.partition("/")
    text = spans.relink(found.given.text, target)
    before = writer.current(type_, ident)
    if before and not before.deleted:
        same = spans.stamp(text, ident, str(before.number), instants.text(before.updated)).encode()
        if same == before.body:
            return
    writer.put(type_, ident, text, "PUT")
