"""Opens every patient of a journal at the desks of a real workstation: banner, overview, timeline, each entry's text.

By hand, on any folder of FHIR R4: `python -m tests.hostile.open_all FOLDER` loads it into a sandbox of its own and
prints what could not be opened. The easy mistake is to count what the desks give without asking what was loaded: the
journal itself is asked for its patients.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from akson_tui import fhir
from akson_tui.config.load import Flags, load
from akson_tui.model.access import Ground
from akson_tui.model.entry import EVERYTHING
from akson_tui.model.held import FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.screens.parts import banner
from akson_tui.screens.patient import sections
from akson_tui.screens.timeline import acts, detail
from akson_tui.store.files import Store
from akson_tui.store.place import place
from akson_tui.sync.engine import Engine
from akson_tui.workspace import Workspace
from tests.journeys.people import NOW, Journal

PAGE = 100
LISTED = sorted(kind.type for kind in fhir.REGISTER.values() if kind.entry_kind is not None and kind.search_param)
"""Types that stand in the timeline."""
WIDTH = 80
PATIENCE = 60.0
"""Seconds for one record to come."""


@dataclass
class Opened:
    """One patient: how many entries by type, and what went wrong, in words without contents."""

    id: str
    entries: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    wrong: list[str] = field(default_factory=list)


def patients_of(journal: Journal) -> Iterator[str]:
    """The ids of all patients that the journal itself has."""
    page: dict[str, Any] = journal.get("Patient?_count=200")
    while True:
        for entry in page.get("entry", ()):
            yield entry["resource"]["id"]
        link = next((one["url"] for one in page.get("link", ()) if one["relation"] == "next"), "")
        if not link:
            return
        page = journal.get(link.removeprefix(f"{journal.base}/"))


def entries_of(journal: Journal, patient: str, types: Iterable[str]) -> Counter[str]:
    """What the journal itself has about a patient, by type."""
    found: Counter[str] = Counter()
    for type_ in types:
        page = journal.get(f"{type_}?patient={patient}&_count=1000")
        found[type_] = sum(entry["resource"]["resourceType"] == type_ for entry in page.get("entry", ()))
    return +found


async def open_all(journal: Journal, home: Path, ids: list[str]) -> list[Opened]:
    """Open each of `ids`, one after another, as somebody does who searched for them."""
    settings = load(Flags(home=str(home), journal=journal.base, user="demo", now=NOW), {})
    clock = _clock
    store = await Store.open(place(home / "data", home / "run"), b"k" * 32, clock, lambda: str(uuid4()))
    workspace = Workspace(store, settings, clock, lambda: str(uuid4()))
    engine = Engine(store, settings.site.sources, "demo", clock, lambda: str(uuid4()), os.environ.get, random.Random(1))
    errors: list[Exception] = []
    engine.on_error = errors.append
    await engine.start()
    workspace.attach(engine)
    try:
        source = settings.site.sources[0].id
        found = [await _one(workspace, store, engine, Ref(source, "Patient", id_)) for id_ in ids]
    finally:
        await engine.stop()
        await store.close()
    if errors:
        raise ExceptionGroup("the engine told of errors", errors)
    return found


async def _one(workspace: Workspace, store: Store, engine: Engine, ref: Ref) -> Opened:
    from akson_tui.store import patients
    from akson_tui.sync import intake
    from akson_tui.sync.page import only

    told = Opened(ref.id)
    answer = await engine.sources[0].rest.read("Patient", ref.id)
    rows, dropped = intake.patients(only(answer.raw, "Patient"), ref.source, asked=ref)
    if dropped or not rows:
        told.wrong.append("the record is not read")
        return told
    await intake.keep_patients(store, rows, workspace.now())
    opened = await workspace.record.open(await store.run(patients.person_of, ref), Ground.SEARCHED_FOR)
    workspace.record.refresh(opened, fresh=True)
    if not await _fetched(workspace, opened):
        told.wrong.append("it is never fetched to its end")
    now = workspace.now()
    told.lines += len(banner.lines(await workspace.record.banner(opened), now, WIDTH))
    told.lines += len(sections.page(await workspace.record.overview(opened), now, WIDTH))
    page = await workspace.record.page(opened, EVERYTHING, None, 0, PAGE)
    at = 0
    while at < page.total:
        page = await workspace.record.page(opened, EVERYTHING, page.snapshot, at, PAGE)
        for row in page.rows:
            told.entries[row.entry.type] += 1
            await _read(workspace, opened, row.entry.ref, told)
        at += PAGE
    return told


async def _read(workspace: Workspace, opened: Any, ref: Ref, told: Opened) -> None:
    from akson_tui.screens.case import Case

    case = Case(workspace, opened, await workspace.record.banner(opened))
    shown = await acts.opened(case, ref)
    lines = detail.lines(shown, WIDTH) if shown is not None else []
    told.lines += len(lines)
    if not any(line.plain.strip() for line in lines):
        told.wrong.append(f"{ref.relative} shows nothing")


async def _fetched(workspace: Workspace, opened: Any) -> bool:
    for _ in range(int(PATIENCE / 0.05)):
        held = await workspace.record.fetched(opened)
        if held.entries.status in (FetchStatus.COMPLETE, FetchStatus.FAILED):
            return held.entries.status is FetchStatus.COMPLETE
        await asyncio.sleep(0.05)
    return False


def _clock() -> datetime:
    return datetime.fromisoformat(NOW).astimezone(UTC)


def main() -> int:
    """Load the folder named on the command line, open everybody, and print what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with Journal(home / "journal", "--empty", "--load", sys.argv[1]) as journal:
            found = asyncio.run(open_all(journal, home, sorted(patients_of(journal))))
            for told in found:
                held = entries_of(journal, told.id, LISTED)
                told.wrong += [
                    f"{type_}: {told.entries[type_]} of {n}" for type_, n in held.items() if told.entries[type_] != n
                ]
    types: Counter[str] = Counter()
    for told in found:
        types += told.entries
        print(f"{told.id:40} {told.entries.total():5} entries {told.lines:6} lines  {'; '.join(told.wrong) or 'well'}")
    print(f"{len(found)} patients, {sum(bool(told.wrong) for told in found)} with something wrong, {dict(types)}")
    return 1 if any(told.wrong for told in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
