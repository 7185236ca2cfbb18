"""Working in a care plan, as the desk does it, against the sandbox."""

from __future__ import annotations

from uuid import uuid4

import pytest

from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.entry import EntryState
from akson_tui.model.plan import Outcome, Sheet, Step
from akson_tui.store import audit, records
from akson_tui.workspace.line import NoLine
from tests.workspace.conftest import Office


@pytest.fixture(autouse=True)
def _own_names(office: Office) -> None:
    """The sandbox outlives a test, and what has the same identifier is the same."""
    office.workspace._room.ids = lambda: str(uuid4())


async def sheet(office: Office, opened: Opened) -> Sheet:
    view = await office.workspace.plan.read(opened)
    return view.sheets.rows[0]


def step_of(found: Sheet, text: str) -> Step:
    named = [step for step in found.steps if step.text.startswith(text)]
    assert len(named) == 1, [one.text for one in found.steps]
    return named[0]


async def sent(office: Office, act: Act) -> None:
    async def is_sent() -> bool:
        held = await office.workspace.outbox.get(act.id)
        assert held.state is not ActState.REFUSED, (held.trouble, held.said)
        return held.state is ActState.SENT

    await office.until(is_sent)


async def test_the_plan_is_read_whole(office: Office) -> None:
    opened = await office.astrid()
    found = await sheet(office, opened)
    assert (found.title, found.author) == ("Tiltaksplan hjemmetjenesten", "Kari Nilsen")
    assert len(found.aims) == 4 and len(found.problems) == 3 and len(found.steps) >= 20
    assert all(step.held and step.text for step in found.steps)
    medicine = step_of(found, "Medisiner fra multidose")
    assert medicine.timing == "daglig kl. 8 og 20" and medicine.due is not None and medicine.service
    ordering = step_of(found, "Bestille og fylle")
    assert ordering.ref is not None and ordering.ref.type == "Task" and ordering.timing == "hver 14. dag"
    assert step_of(found, "Fysioterapi").timing == "hver 14. dag"


async def test_a_tick_stands_at_once_and_comes_back_from_the_journal(office: Office) -> None:
    opened = await office.astrid()
    line, office.workspace._room.line = office.workspace._room.line, NoLine()
    await office.engine.stop()
    for text in ("Morgenstell", "Bestille og fylle", "Fysioterapi"):
        step = step_of(await sheet(office, opened), text)
        act = await office.workspace.plan.tick(opened, step, Outcome.NOT_DONE, "Ikke hjemme", "BT 142/88 målt før")
        assert act.kind is ActKind.PLAN and [part.type for part in act.parts] == ["Task", "Observation", "Provenance"]
        (tick,) = step_of(await sheet(office, opened), text).ticks
        assert (tick.outcome, tick.reason, tick.who) == (Outcome.NOT_DONE, "Ikke hjemme", "Kari Nilsen")
        assert tick.note == "BT 142/88 målt før" and tick.state is EntryState.WAITING
        assert (await office.store.run(audit.rows))[0].act == "signed"
    await office.engine.start()
    office.workspace._room.line = line
    line.send()
    await sent(office, act)
    for text in ("Morgenstell", "Bestille og fylle", "Fysioterapi"):
        (tick,) = step_of(await sheet(office, opened), text).ticks
        assert tick.state is EntryState.CURRENT and tick.ref.type == "Task" and tick.service
        assert (await office.store.run(records.body, opened, tick.ref)) is not None


async def test_an_activity_is_added_ticked_before_it_is_sent_changed_and_ended(office: Office) -> None:
    opened = await office.astrid()
    plan = office.workspace.plan
    line, office.workspace._room.line = office.workspace._room.line, NoLine()
    await office.engine.stop()
    await plan.add(opened, await sheet(office, opened), "Lufteturer", "daglig kl. 12", "Ønsker å komme ut")
    mine = step_of(await sheet(office, opened), "Lufteturer")
    assert (mine.state, mine.timing, mine.responsible) == (EntryState.WAITING, "daglig kl. 12", "Kari Nilsen")
    act = await plan.tick(opened, mine, Outcome.PARTLY)
    await office.engine.start()
    office.workspace._room.line = line
    line.send()
    await sent(office, act)
    mine = step_of(await sheet(office, opened), "Lufteturer")
    assert mine.state is EntryState.CURRENT and mine.place is not None
    assert [tick.outcome for tick in mine.ticks] == [Outcome.PARTLY]
    await sent(office, await plan.change(opened, mine, "Luftetur i rullestol", "hver mandag", "Orker ikke å gå"))
    mine = step_of(await sheet(office, opened), "Luftetur i rullestol")
    assert mine.timing == "hver mandag" and len(mine.ticks) == 1
    await sent(office, await plan.end(opened, mine, False, "Vil ikke mer"))
    mine = step_of(await sheet(office, opened), "Luftetur i rullestol")
    assert mine.ended and mine.reason == "Vil ikke mer"


async def test_an_activity_in_the_plan_itself_is_changed_and_ended(office: Office) -> None:
    opened = await office.astrid()
    plan = office.workspace.plan
    shower = step_of(await sheet(office, opened), "Dusj")
    await sent(office, await plan.change(opened, shower, "Dusj", "mandag og torsdag", "Annen dag passer bedre"))
    shower = step_of(await sheet(office, opened), "Dusj")
    assert shower.timing == "mandag og torsdag"
    await sent(office, await plan.end(opened, shower, True, "Klarer det selv"))
    assert step_of(await sheet(office, opened), "Dusj").ended


async def test_ones_own_tick_is_taken_back_before_and_after_it_was_sent(office: Office) -> None:
    opened = await office.astrid()
    plan = office.workspace.plan
    step = step_of(await sheet(office, opened), "Støttestrømper")
    await sent(office, await plan.tick(opened, step, Outcome.DONE))
    step = step_of(await sheet(office, opened), "Støttestrømper")
    assert [tick.who for tick in step.ticks] == ["Kari Nilsen"], step.ticks
    await plan.undo(opened, step, "Feil pasient")
    assert not step_of(await sheet(office, opened), "Støttestrømper").ticks
    office.workspace._room.line = NoLine()
    await office.engine.stop()
    step = step_of(await sheet(office, opened), "Støttestrømper")
    await plan.tick(opened, step, Outcome.DONE)
    before = len(await office.workspace.outbox.all())
    await plan.undo(opened, step_of(await sheet(office, opened), "Støttestrømper"), "Feil")
    assert len(await office.workspace.outbox.all()) == before - 1
    assert not step_of(await sheet(office, opened), "Støttestrømper").ticks
