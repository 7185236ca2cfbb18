"""Whatever line, journal and machine do, in any order: each signed act arrives once, in the order signed."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.ref import Ref
from akson_tui.store import outbox, patients, records
from tests.sync.conftest import House, Street, Time
from tests.sync.fake_journal import FakeJournal
from tests.sync.lacks import Lacks
from tests.sync.people import ASTRID, SOURCE, act, document, ids, patient, text_of

FAULTS = st.lists(st.sampled_from(["", "", "drop", "lost", "refuse", 503, 500, 502]), max_size=6)


class Sending(RuleBasedStateMachine):
    """A nurse signs, the line comes and goes, the workstation is left, killed and started again."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.stack = AsyncExitStack()
        self.signed: list[Act] = []
        self.plan: list[str | int] = []
        self.journal = FakeJournal()

    def do(self, work):  # type: ignore[no-untyped-def]
        return self.runner.run(work)

    @initialize(
        transaction=st.booleans(), conditional=st.booleans(), representation=st.booleans(), post_search=st.booleans()
    )
    def begin(self, **lacks: bool) -> None:
        self.journal.lacks = Lacks(**lacks)
        self.journal.put(patient())
        self.journal.put(document(9, "Gammelt", id="old"))
        self.journal.faults = self.fault
        self.street = Street(Path(self.folder.name), self.journal, Time(), ids(), self.stack)
        self.house: House = self.do(self.street.house())
        self.do(self.read_old())

    async def read_old(self) -> None:
        person = await self.house.store.run(patients.person_of, ASTRID)
        await self.house.fetch("person", person)
        raw = await self.house.store.run(records.raw, Ref(SOURCE, "DocumentReference", "old"))
        assert raw is not None
        self.old = raw.replace(b'"status": "current"', b'"status": "superseded"')

    def fault(self, method: str, path: str) -> str | int:
        return self.plan.pop(0) if self.plan else ""

    @rule(measurements=st.integers(0, 2), provenance=st.booleans(), quiet=st.booleans())
    def sign(self, measurements: int, provenance: bool, quiet: bool) -> None:
        self.do(self.put(ActKind.NOTE, measurements, provenance, quiet))

    @precondition(lambda self: not any(one.kind is ActKind.CORRECTION for one in self.signed))
    @rule(quiet=st.booleans())
    def correct(self, quiet: bool) -> None:
        self.do(self.put(ActKind.CORRECTION, 0, True, quiet))

    async def put(self, kind: ActKind, measurements: int, provenance: bool, quiet: bool) -> None:
        person = await self.house.store.run(patients.person_of, ASTRID)
        old = (Ref(SOURCE, "DocumentReference", "old", "1"), self.old) if kind is ActKind.CORRECTION else None
        one = act(
            self.house.new_id,
            person,
            f"Notat {len(self.signed)}",
            kind=kind,
            measurements=measurements,
            provenance=provenance,
            old=old,
        )
        await self.house.store.run(outbox.put, one)
        self.signed.append(one)
        if quiet:
            await self.house.quiet()

    @rule(plan=FAULTS)
    def disturb(self, plan: list[str | int]) -> None:
        self.plan = plan

    @rule(down=st.booleans())
    def line(self, down: bool) -> None:
        self.journal.down = down

    @rule()
    def time_passes(self) -> None:
        self.house.time.next()
        self.do(self.house.quiet())

    @rule()
    def fetch(self) -> None:
        self.do(self.refetch())

    async def refetch(self) -> None:
        await self.house.fetch("person", await self.house.store.run(patients.person_of, ASTRID))

    @rule(turns=st.integers(0, 12))
    def kill_and_start_again(self, turns: int) -> None:
        self.do(self.restart(turns))

    async def restart(self, turns: int) -> None:
        for _ in range(turns):  # somewhere in the middle of what it does
            await self.house.store.run(lambda _files: None)
        await self.house.engine.stop()
        await self.house.store.close()
        self.house = await self.street.house()

    @invariant()
    def nothing_arrived_twice_or_out_of_order(self) -> None:
        texts = [text_of(one) for one in self.journal.all("DocumentReference")]
        assert texts == ["Gammelt", *(f"Notat {number}" for number in range(len(texts) - 1))]
        for type_ in ("Observation", "Provenance"):
            made = [one.get("identifier") or one["entity"] for one in self.journal.all(type_)]
            assert len(made) == len({str(one) for one in made})

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self.do(self.settle())
        finally:
            self.runner.run(self.stack.aclose())
            self.runner.close()
            self.folder.cleanup()

    async def settle(self) -> None:
        self.journal.down = False
        self.plan = []
        for _ in range(40):
            await self.house.quiet()
            if not any(one.state in (ActState.WAITING, ActState.SENDING) for one in await self.acts()):
                break
            self.house.time.next()
        assert {one.state for one in await self.acts()} <= {ActState.SENT}, await self.acts()
        self.nothing_arrived_twice_or_out_of_order()
        assert len(self.journal.all("DocumentReference")) == 1 + len(self.signed)
        for type_ in ("Observation", "Provenance"):
            parts = sum(part.type == type_ for one in self.signed for part in one.parts)
            assert len(self.journal.all(type_)) == parts
        corrected = any(one.kind is ActKind.CORRECTION for one in self.signed)
        old = self.journal.all("DocumentReference")[0]
        assert (old["status"], old["meta"]["versionId"]) == (("superseded", "2") if corrected else ("current", "1"))

    async def acts(self) -> list[Act]:
        return await self.house.store.run(outbox.acts)


EVERY = list(HealthCheck)


class TestExactlyOnce(Sending.TestCase):
    settings = settings(max_examples=40, stateful_step_count=15, deadline=None, suppress_health_check=EVERY)


@pytest.mark.long
class TestExactlyOnceAtLength(Sending.TestCase):
    settings = settings(max_examples=400, stateful_step_count=40, deadline=None, suppress_health_check=EVERY)
