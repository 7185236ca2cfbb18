"""Two clients change one plan at once, in 200 interleavings: nothing is lost, nobody is overwritten."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from akson_tui.fhir import plan_acts
from akson_tui.fhir.common import load
from akson_tui.fhir.plan_activity import key
from akson_tui.fhir.plan_acts import Old, Pen
from akson_tui.model.act import Act, ActKind, ActState, Part
from akson_tui.model.people import Clinician
from akson_tui.model.plan import Outcome, Step
from akson_tui.model.ref import Ref
from akson_tui.store import outbox
from tests.sync.conftest import House, Street
from tests.sync.fake_journal import FakeJournal
from tests.sync.lacks import Lacks
from tests.sync.people import ASTRID, NOW, SOURCE

PLAN = Ref(SOURCE, "CarePlan", "plan", "1")
TEXTS = ("Stell", "Medisiner", "Dusj", "Vekt")


def care_plan() -> dict[str, Any]:
    detail = {"status": "in-progress", "scheduledString": "daglig"}
    return {
        "resourceType": "CarePlan",
        "id": "plan",
        "status": "active",
        "intent": "plan",
        "title": "Plan",
        "subject": {"reference": ASTRID.relative},
        "activity": [{"detail": {"code": {"text": text}, **detail}} for text in TEXTS],
    }


class Client:
    """A home with a plan as it read it, whose user changes it."""

    def __init__(self, house: House, name: str, raw: bytes) -> None:
        self.house, self.name, self.raw = house, name, raw
        self.acts: list[str] = []
        self.said: list[tuple[str, str]] = []

    def pen(self) -> Pen:
        who = Clinician(self.name, "123456789", organisation_name=self.name)
        return Pen(who, ASTRID, NOW, self.house.new_id, lambda _type: True)

    def step(self, text: str) -> Step:
        for place, one in enumerate(load(self.raw)["activity"]):
            if key(one).startswith(text):
                return Step(PLAN, key(one), text, "in-progress", "daglig", place=place)
        raise AssertionError(text)

    async def does(self, what: str, text: str) -> None:
        """Sign a change of what this client has on its screen."""
        old = Old(PLAN, self.raw)
        if what == "tick":
            parts = plan_acts.tick(self.pen(), self.step(text), Outcome.DONE, "", self.name)
        elif what == "add":
            parts = plan_acts.add(self.pen(), old, f"{text} av {self.name}", "daglig", "")
        elif what == "end":
            parts = plan_acts.end(self.pen(), self.step(text), old, True, self.name)
        else:
            parts = plan_acts.change(self.pen(), self.step(text), old, text, f"når {self.name} vil", "")
        self.raw = next((part.body for part in parts if part.type == "CarePlan"), self.raw)
        self.said.append((what, text))
        await self.put(parts)

    async def put(self, parts: tuple[Part, ...]) -> None:
        person = await self.house.person()
        act = Act(parts[0].full_url, ActKind.PLAN, SOURCE, person, ASTRID, "endring", NOW, parts)
        self.acts.append(act.id)
        await self.house.store.run(outbox.put, act)

    async def states(self) -> list[Act]:
        found = [await self.house.store.run(outbox.get, id_) for id_ in self.acts]
        return [act for act in found if act is not None]


async def settle(*clients: Client) -> None:
    """Until each act is sent or refused."""
    for _ in range(60):
        for client in clients:
            await client.house.quiet()
        if all([await at_an_end(client) for client in clients]):
            return
        clients[0].house.time.next()
    raise AssertionError([act.state for client in clients for act in await client.states()])


async def at_an_end(client: Client) -> bool:
    """Whether all is sent or refused, or builds on what was refused and waits for a person."""
    states = [act.state for act in await client.states()]
    unsent = [state for state in states if state is not ActState.SENT]
    return not unsent or (unsent[0] is ActState.REFUSED and ActState.SENDING not in unsent)


def plan_of(journal: FakeJournal) -> dict[str, Any]:
    (found,) = journal.all("CarePlan")
    return found


async def two(tmp_path: Path, street: Street) -> tuple[Client, Client]:
    street.journal.put(care_plan())
    raw = json.dumps(plan_of(street.journal), ensure_ascii=False).encode()
    other = Street(tmp_path / "other", street.journal, street.time, street.new_id, street.stack)
    return Client(await street.house(), "hjem", raw), Client(await other.house(), "fysio", raw)


def holds(journal: FakeJournal, client: Client, act: Act, said: tuple[str, str]) -> bool:
    """Whether what was said stands in the journal."""
    what, text = said
    plan = plan_of(journal)
    tasks = journal.all("Task")
    if what == "tick":
        noted = [one for one in tasks if one["code"]["text"] == text and one.get("note")]
        return client.name in [one["note"][0]["text"] for one in noted]
    if what == "add":
        ids = [f"Task/{one['id']}" for one in tasks if one["code"]["text"] == f"{text} av {client.name}"]
        named = [one["reference"]["reference"] for one in plan["activity"] if "reference" in one]
        return bool(ids) and all(named.count(id_) == 1 for id_ in ids)
    (detail,) = [one["detail"] for one in plan["activity"] if one.get("detail", {}).get("code", {}).get("text") == text]
    if what == "end":
        return bool(detail["status"] == "completed" and detail["statusReason"]["text"] == client.name)
    return bool(detail["scheduledString"] == f"når {client.name} vil")


INTERLEAVINGS = list(range(200))
SERVERS = (Lacks(), Lacks(transaction=True), Lacks(conditional=True, transaction=True), Lacks(representation=True))


@pytest.mark.parametrize("part", range(8))
async def test_nothing_is_lost_and_nobody_is_overwritten(tmp_path: Path, part: int) -> None:
    from contextlib import AsyncExitStack

    from tests.sync.conftest import Time
    from tests.sync.people import ids, organization, patient, practitioner, role

    refused = kept = 0
    for seed in INTERLEAVINGS[part::8]:
        rng = Random(seed)
        journal = FakeJournal(lacks=SERVERS[seed % len(SERVERS)])
        for body in (patient(), practitioner(), role(), organization()):
            journal.put(body)
        async with AsyncExitStack() as stack:
            street = Street(tmp_path / str(seed) / "one", journal, Time(), ids(), stack)
            clients = await two(tmp_path / str(seed), street)
            todo = [
                (rng.randrange(2), rng.choice(("tick", "add", "end", "change")), rng.choice(TEXTS)) for _ in range(4)
            ]
            if seed % 3 == 0:
                lost = itertools.count()
                at = rng.randrange(1, 6)
                journal.faults = lambda method, _path: "lost" if method != "GET" and next(lost) == at else ""  # noqa: B023
            for who, what, text in todo:
                client = clients[who]
                if what in ("end", "change") and any(said[1] == text for said in client.said if said[0] != "tick"):
                    what = "tick"
                await client.does(what, text)
                if rng.random() < 0.5:
                    await clients[rng.randrange(2)].house.quiet()
            await settle(*clients)
            for client in clients:
                for act, said in zip(await client.states(), client.said, strict=True):
                    if act.state is ActState.SENT:
                        assert holds(journal, client, act, said), (seed, client.name, said)
                        kept += 1
                    else:
                        # refused and told: the other had changed the very same activity
                        assert act.trouble == "conflict" or act.state is ActState.WAITING, (seed, act.trouble, act.said)
                        refused += 1
            names = [key(one) for one in plan_of(journal)["activity"]]
            assert len(names) == len(set(names)), seed
    assert kept > 60 and refused < kept / 3, (kept, refused)


async def test_what_both_changed_is_refused_and_told(tmp_path: Path, street: Street) -> None:
    one, other = await two(tmp_path, street)
    street.journal.down = True
    await one.does("change", "Dusj")
    await other.does("end", "Dusj")
    street.journal.down = False
    await settle(one, other)
    states = [(await client.states())[0] for client in (one, other)]
    assert sorted(act.state for act in states) == [ActState.REFUSED, ActState.SENT]
    (refused,) = [act for act in states if act.state is ActState.REFUSED]
    assert refused.trouble == "conflict"


async def test_both_stand_where_they_changed_different_activities(tmp_path: Path, street: Street) -> None:
    one, other = await two(tmp_path, street)
    street.journal.down = True
    await one.does("end", "Dusj")
    await one.does("add", "Lufting")
    await one.does("end", "Vekt")
    await other.does("change", "Stell")
    await other.does("add", "Trening")
    street.journal.down = False
    await settle(one, other)
    for client in (one, other):
        for act, said in zip(await client.states(), client.said, strict=True):
            assert act.state is ActState.SENT, (said, act.trouble)
            assert holds(street.journal, client, act, said), said
    assert len(plan_of(street.journal)["activity"]) == len(TEXTS) + 2


async def test_a_change_between_our_look_and_our_writing_is_taken_in(tmp_path: Path, street: Street) -> None:
    one, other = await two(tmp_path, street)
    once = iter([True])

    def faults(method: str, _path: str) -> str:
        if method != "GET" and next(once, False):
            body = plan_of(street.journal)
            body["activity"][1]["detail"]["status"] = "on-hold"
            street.journal.put(body)
        return ""

    street.journal.faults = faults
    await one.does("end", "Dusj")
    await settle(one, other)
    assert (await one.states())[0].state is ActState.SENT
    statuses = [each["detail"]["status"] for each in plan_of(street.journal)["activity"]]
    assert statuses == ["in-progress", "on-hold", "completed", "in-progress"]
