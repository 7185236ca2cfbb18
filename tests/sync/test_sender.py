"""What was signed reaches the journal exactly once, in the order signed, whatever the line does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.ref import Ref
from akson_tui.store import fetches, outbox, records
from akson_tui.store.files import Store
from tests.sync.conftest import House, Street
from tests.sync.fake_journal import FakeJournal
from tests.sync.lacks import Lacks
from tests.sync.people import ASTRID, SOURCE, act, document, dumps, text_of

EVERY_SERVER = [
    Lacks(),
    Lacks(transaction=True),
    Lacks(conditional=True),
    Lacks(transaction=True, conditional=True),
    Lacks(transaction=True, conditional=True, representation=True, post_search=True, batch=True),
    Lacks(create=True),
    Lacks(create=True, transaction=True, representation=True),
]


def id_of(lacks: Lacks) -> str:
    return "lacks " + (" ".join(name for name, value in vars(lacks).items() if value) or "nothing")


async def sign(house: House, text: str = "Sov godt.", **more: object) -> Act:
    signed = act(house.new_id, await house.person(), text, **more)  # type: ignore[arg-type]
    await house.store.run(outbox.put, signed)
    return signed


async def state(store: Store, signed: Act) -> Act:
    held = await store.run(outbox.get, signed.id)
    assert held is not None
    return held


def texts(journal: FakeJournal) -> list[str]:
    return [text_of(one) for one in journal.all("DocumentReference")]


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
async def test_a_signed_note_is_sent_whole(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    signed = await sign(house)
    await house.quiet()
    (note,), (measured,), (provenance,) = map(house.journal.all, ("DocumentReference", "Observation", "Provenance"))
    assert text_of(note) == "Sov godt."
    assert measured["derivedFrom"] == [{"reference": f"DocumentReference/{note['id']}"}]
    assert provenance["target"] == [{"reference": f"DocumentReference/{note['id']}"}]
    assert (await state(house.store, signed)).state is ActState.SENT


async def test_a_sent_note_stands_in_the_store_with_the_journals_name(house: House) -> None:
    signed = await sign(house)
    await house.quiet()
    held = await house.store.run(records.versions_of_person, ASTRID)
    (note,) = house.journal.all("DocumentReference")
    assert held[Ref(SOURCE, "DocumentReference", note["id"])] == "1"
    assert (await state(house.store, signed)).parts[0].done == Ref(SOURCE, "DocumentReference", note["id"], "1")


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
@pytest.mark.parametrize("lost", range(1, 6))
async def test_a_signed_note_is_sent_once_when_the_answer_is_lost(house: House, lacks: Lacks, lost: int) -> None:
    house.journal.lacks = lacks
    house.journal.faults = nth_write(lost, "lost")
    signed = await sign(house)
    await until_sent(house, signed)
    assert [len(house.journal.all(type_)) for type_ in ("DocumentReference", "Observation", "Provenance")] == [1, 1, 1]


@pytest.mark.parametrize("fault", ["drop", "refuse", 500, 503, 429, 502])
@pytest.mark.parametrize("lacks", EVERY_SERVER[:2], ids=id_of)
async def test_what_passes_is_tried_again(house: House, lacks: Lacks, fault: str | int) -> None:
    house.journal.lacks = lacks
    house.journal.faults = nth_write(1, fault)
    signed = await sign(house)
    await house.quiet()
    assert (await state(house.store, signed)).state is not ActState.SENT
    await until_sent(house, signed)
    assert texts(house.journal) == ["Sov godt."]


async def test_a_note_that_never_left_can_be_taken_back(house: House) -> None:
    house.journal.down = True
    signed = await sign(house)
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble) == (ActState.WAITING, "no-line") and held.due is not None
    assert await house.store.run(outbox.take_back, signed.id) is not None


async def test_a_note_whose_answer_was_lost_cannot_be_taken_back(house: House) -> None:
    house.journal.faults = nth_write(1, "lost")
    signed = await sign(house)
    await house.quiet()
    assert (await state(house.store, signed)).state is ActState.SENDING
    assert await house.store.run(outbox.take_back, signed.id) is None


@pytest.mark.parametrize("lacks", EVERY_SERVER[:2], ids=id_of)
async def test_notes_arrive_in_the_order_signed(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    house.journal.down = True
    said = [f"Notat {number}" for number in range(5)]
    for text in said:
        await sign(house, text)
        await house.quiet()
    house.journal.down = False
    house.journal.faults = nth_write(3, 503)
    for _ in range(20):
        house.time.next()
        await house.quiet()
    assert texts(house.journal) == said


async def test_the_outbox_is_sent_at_once_when_anything_else_gets_through(house: House) -> None:
    house.journal.down = True
    signed = await sign(house)
    for _ in range(5):
        await house.quiet()
        house.time.next()
    await house.quiet()
    house.journal.down = False
    before = house.time.now
    await house.fetch("person", await house.person())
    assert (await state(house.store, signed)).state is ActState.SENT and house.time.now == before


async def test_what_the_journal_does_not_accept_is_refused_in_its_own_words(house: House) -> None:
    signed = act(house.new_id, await house.person())
    note = json.loads(signed.parts[0].body)
    parts = (replace(signed.parts[0], body=dumps({**note, "status": "wrong"})), *signed.parts[1:])
    await house.store.run(outbox.put, replace(signed, parts=parts))
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble, held.said) == (ActState.REFUSED, "invalid", "status is not in the value set")
    assert house.journal.all("Observation") == []


async def test_a_refused_note_does_not_hold_up_the_next(house: House) -> None:
    house.journal.faults = nth_write(1, 422)
    refused = await sign(house, "Første")
    await house.quiet()
    sent = await sign(house, "Andre")
    await house.quiet()
    assert (await state(house.store, refused)).state is ActState.REFUSED
    assert (await state(house.store, sent)).state is ActState.SENT
    await house.store.run(outbox.retry_now, refused.id)
    await house.quiet()
    assert texts(house.journal) == ["Andre", "Første"]


@pytest.mark.parametrize(("status", "trouble"), [(401, "sign-in"), (403, "forbidden")])
async def test_where_we_are_not_let_in_it_waits_and_says_so(house: House, status: int, trouble: str) -> None:
    house.journal.faults = lambda method, path: status
    signed = await sign(house)
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble) == (ActState.WAITING, trouble)
    assert (await house.store.run(fetches.source, SOURCE)).status.value == "refused"
    asked = len(house.journal.log)
    house.engine.send()
    await house.quiet()
    assert len(house.journal.log) == asked
    house.journal.faults = lambda method, path: ""
    await house.store.run(outbox.retry_now, signed.id)
    await house.quiet()
    assert (await state(house.store, signed)).state is ActState.SENT


async def old_note(house: House) -> tuple[Ref, bytes]:
    house.journal.put(document(3, "Gammelt", id="old"))
    await house.fetch("person", await house.person())
    ref = Ref(SOURCE, "DocumentReference", "old", "1")
    raw = await house.store.run(records.raw, ref)
    assert raw is not None
    return ref, raw.replace(b'"status": "current"', b'"status": "superseded"')


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
async def test_a_correction_marks_the_old_note_and_keeps_its_text(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    signed = await sign(house, "Rettet", kind=ActKind.CORRECTION, old=await old_note(house))
    await house.quiet()
    assert (await state(house.store, signed)).state is ActState.SENT
    old, new = house.journal.all("DocumentReference")
    assert (old["status"], text_of(old), new["status"], text_of(new)) == ("superseded", "Gammelt", "current", "Rettet")
    held = await house.store.run(records.versions_of_person, ASTRID)
    assert held[Ref(SOURCE, "DocumentReference", "old")] == "2"


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
@pytest.mark.parametrize("lost", range(1, 5))
async def test_a_correction_is_made_once_when_an_answer_is_lost(house: House, lacks: Lacks, lost: int) -> None:
    house.journal.lacks = lacks
    old = await old_note(house)
    house.journal.faults = nth_write(lost, "lost")
    signed = await sign(house, "Rettet", kind=ActKind.CORRECTION, old=old)
    await until_sent(house, signed)
    assert [one["meta"]["versionId"] for one in house.journal.all("DocumentReference")] == ["2", "1"]
    assert len(house.journal.all("Provenance")) == 1


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
async def test_what_somebody_else_changed_meanwhile_is_not_written_over(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    old = await old_note(house)
    house.journal.put(document(3, "Endret av en annen", id="old"))
    signed = await sign(house, "Rettet", kind=ActKind.CORRECTION, old=old)
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble) == (ActState.REFUSED, "conflict")
    assert texts(house.journal) == ["Endret av en annen"]


async def test_an_act_that_waits_for_a_journal_we_no_longer_have_stays(house: House) -> None:
    signed = await sign(house, about=Ref("elsewhere", "Patient", "astrid"))
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble) == (ActState.WAITING, "no-line")


async def test_after_a_crash_the_next_session_looks_before_it_sends(street: Street) -> None:
    first = await street.house()
    signed = await sign(first)
    street.journal.faults = nth_write(1, "lost")
    await first.quiet()
    await first.engine.stop()
    await first.store.close()
    second = await street.house()
    await until_sent(second, signed)
    assert texts(street.journal) == ["Sov godt."]
    posts = [path for method, path, _ in street.journal.log if method == "POST" and path == ""]
    assert len(posts) == 1


async def test_only_one_session_sends_and_the_other_takes_over(street: Street) -> None:
    first, second = await street.house(), await street.house()
    await first.quiet()
    street.journal.down = True
    signed = await sign(second)
    await second.quiet()
    assert (await state(second.store, signed)).tries <= 1
    street.journal.down = False
    await first.engine.stop()
    await until_sent(second, signed)
    assert texts(street.journal) == ["Sov godt."]


def nth_write(number: int, fault: str | int) -> Callable[[str, str], str | int]:
    """`fault` at the so-manyeth request that changes something, once."""
    seen = 0

    def faults(method: str, path: str) -> str | int:
        nonlocal seen
        if method in ("POST", "PUT") and not path.endswith("_search"):
            seen += 1
            return fault if seen == number else ""
        return ""

    return faults


async def until_sent(house: House, signed: Act) -> None:
    for _ in range(30):
        await house.quiet()
        if (await state(house.store, signed)).state is ActState.SENT:
            return
        house.time.next()
    raise AssertionError((await state(house.store, signed)).trouble)


async def test_a_change_between_our_look_and_our_change_is_not_written_over(house: House) -> None:
    """If-Match says what our own look cannot: somebody was faster by a moment."""
    old = await old_note(house)

    def faster(method: str, path: str) -> str:
        if method == "POST" and path == "":
            house.journal.faults = lambda method, path: ""
            house.journal.put(document(3, "Endret av en annen", id="old"))
        return ""

    house.journal.faults = faster
    signed = await sign(house, "Rettet", kind=ActKind.CORRECTION, old=old)
    await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble, held.said) == (ActState.REFUSED, "conflict", "changed meanwhile")
    assert texts(house.journal) == ["Endret av en annen"]


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
async def test_the_same_correction_by_somebody_else_is_not_taken_for_ours(house: House, lacks: Lacks) -> None:
    """Two correct one note: the old one is superseded by the other's, and the line hides whether ours arrived."""
    house.journal.lacks = lacks
    old = await old_note(house)
    house.journal.faults = nth_write(1, "drop")
    signed = await sign(house, "Rettet", kind=ActKind.CORRECTION, old=old)
    await house.quiet()
    house.journal.put(json.loads(old[1]))
    for _ in range(5):
        house.time.next()
        await house.quiet()
    held = await state(house.store, signed)
    assert (held.state, held.trouble) == (ActState.REFUSED, "conflict")
    assert texts(house.journal) == ["Gammelt"]


@pytest.mark.parametrize("lacks", EVERY_SERVER, ids=id_of)
@pytest.mark.parametrize("lost", [0, 1, 2])
async def test_a_note_on_the_wrong_patient_is_marked_once(house: House, lacks: Lacks, lost: int) -> None:
    house.journal.lacks = lacks
    ref, raw = await old_note(house)
    marked = raw.replace(b'"superseded"', b'"entered-in-error"')
    made = act(house.new_id, await house.person(), kind=ActKind.WRONG_PATIENT, measurements=0, old=(ref, marked))
    about = dumps({**json.loads(made.parts[2].body), "target": [{"reference": ref.relative}]})
    house.journal.faults = nth_write(lost, "lost")
    signed = replace(made, parts=(made.parts[1], replace(made.parts[2], body=about)))
    await house.store.run(outbox.put, signed)
    await until_sent(house, signed)
    (note,) = house.journal.all("DocumentReference")
    assert (note["status"], note["meta"]["versionId"], text_of(note)) == ("entered-in-error", "2", "Gammelt")
    assert len(house.journal.all("Provenance")) == 1


async def test_an_addendum_to_a_note_that_waits_gets_its_name(house: House) -> None:
    house.journal.down = True
    first = await sign(house, "Notat")
    addendum = act(house.new_id, await house.person(), "Tillegg", kind=ActKind.ADDENDUM, measurements=0)
    note = json.loads(addendum.parts[0].body)
    note["relatesTo"] = [{"code": "appends", "target": {"reference": first.parts[0].full_url}}]
    later = replace(addendum, parts=(replace(addendum.parts[0], body=dumps(note)), *addendum.parts[1:]))
    await house.store.run(outbox.put, later)
    await house.quiet()
    house.journal.down = False
    await until_sent(house, later)
    original, added = house.journal.all("DocumentReference")
    assert added["relatesTo"][0]["target"] == {"reference": f"DocumentReference/{original['id']}"}


async def test_an_answer_that_cannot_be_read_back_is_still_an_answer(house: House) -> None:
    """A journal that takes notes and does not show them: sent is sent."""
    house.journal.lacks = Lacks(representation=True)
    house.journal.faults = lambda method, path: 403 if method == "GET" and path.startswith("DocumentReference/") else ""
    signed = await sign(house)
    await until_sent(house, signed)
    assert texts(house.journal) == ["Sov godt."]


async def test_a_mistake_of_ours_holds_up_one_act_and_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: object) -> None:
        raise KeyError("x")

    with monkeypatch.context() as patch:
        patch.setattr("akson_tui.sync.errand.Errand.run", broken)
        signed = await sign(house)
        while not house.errors:
            await house.store.run(lambda _files: None)
    house.errors.clear()
    await until_sent(house, signed)
    assert texts(house.journal) == ["Sov godt."]
