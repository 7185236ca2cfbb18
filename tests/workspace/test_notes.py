"""Writing, signing and putting right, as desks do it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from akson_tui.model.act import ActKind, ActState
from akson_tui.model.entry import EVERYTHING, EntryKind, EntryState, TimelineFilter
from akson_tui.model.note import DraftKind
from akson_tui.model.ref import Ref
from akson_tui.store import audit
from akson_tui.workspace import templates
from akson_tui.workspace.line import NoLine
from akson_tui.workspace.troubles import EmptyNote, Gone, NoAuthor, NotTaken, TargetNotHeld, TooLate
from tests.workspace.conftest import Office, opened_office

TEXT = "BT 142/88 p 91. Rolig natt."


async def own_note(office: Office) -> tuple[object, Ref]:
    """Astrid opened, and a note of ours that the journal has."""
    opened = await office.astrid()
    draft = await office.workspace.notes.begin(opened, templates.FREE)
    await office.workspace.notes.keep(draft.id, TEXT, len(TEXT))
    act = await office.workspace.notes.sign(await office.workspace.notes.summary(draft.id), ())

    async def sent() -> bool:
        return (await office.workspace.outbox.get(act.id)).state is ActState.SENT

    await office.until(sent)
    done = (await office.workspace.outbox.get(act.id)).parts[0].done
    assert done is not None
    return opened, done


async def test_a_draft_is_kept_listed_and_thrown_away(office: Office) -> None:
    opened = await office.astrid()
    notes = office.workspace.notes
    draft = await notes.begin(opened, "home_visit")
    assert draft.text.startswith("Observasjoner:\n") and draft.cursor == len("Observasjoner:\n")
    await notes.keep(draft.id, "a", 1)
    assert (await notes.get(draft.id)).text == "a"
    (row,) = await notes.all()
    assert row.patient_name == "Astrid Bakken"
    await notes.discard(draft.id)
    with pytest.raises(Gone):
        await notes.get(draft.id)
    with pytest.raises(Gone):
        await notes.keep(draft.id, "b", 1)


async def test_nothing_written_is_nothing_to_sign(office: Office) -> None:
    opened = await office.astrid()
    for template in (templates.FREE, "home_visit"):
        draft = await office.workspace.notes.begin(opened, template)
        with pytest.raises(EmptyNote):
            await office.workspace.notes.summary(draft.id)


async def test_the_summary_is_what_will_be_sent(office: Office) -> None:
    opened = await office.astrid()
    draft = await office.workspace.notes.begin(opened, templates.FREE)
    await office.workspace.notes.keep(draft.id, f"\n{TEXT}\n\n", 3)
    summary = await office.workspace.notes.summary(draft.id)
    assert summary.text == TEXT and summary.digest == sha256(TEXT.encode()).hexdigest()
    assert [found.kind for found in summary.measurements] == ["bp", "pulse"]
    assert summary.author.name == "Kari Nilsen" and not summary.author.signed_in
    assert summary.measurements_taken and summary.patient_name == "Astrid Bakken"


async def test_a_signed_note_stands_in_the_timeline_at_once_and_is_sent(office: Office) -> None:
    opened = await office.astrid()
    office.workspace.attach(NoLine())
    await office.engine.stop()
    draft = await office.workspace.notes.begin(opened, templates.FREE)
    await office.workspace.notes.keep(draft.id, TEXT, 0)
    summary = await office.workspace.notes.summary(draft.id)
    act = await office.workspace.notes.sign(summary, summary.measurements)
    assert act.kind is ActKind.NOTE and await office.workspace.notes.all() == ()
    assert {part.type for part in act.parts} == {"DocumentReference", "Observation", "Provenance"}
    page = await office.workspace.record.page(opened, EVERYTHING, None, 0, 20)
    (mine,) = [row.entry for row in page.rows if row.entry.state is EntryState.WAITING]
    assert mine.ref.type == "Act" and TEXT.startswith(mine.summary[:10])
    read = await office.workspace.record.detail(opened, mine.ref)
    assert read is not None and read.paragraphs[0].body == TEXT
    assert (await office.workspace.worklist.today()).waiting == 1
    (logged, *_) = await office.store.run(audit.rows, 1, opened.person)
    assert logged.act == "signed"


async def test_until_it_was_sent_a_note_can_be_taken_back(office: Office) -> None:
    opened = await office.astrid()
    office.workspace.attach(NoLine())
    await office.engine.stop()
    draft = await office.workspace.notes.begin(opened, templates.FREE)
    await office.workspace.notes.keep(draft.id, TEXT, 4)
    act = await office.workspace.notes.sign(await office.workspace.notes.summary(draft.id), ())
    (row,) = await office.workspace.outbox.all()
    assert row.patient_name == "Astrid Bakken" and row.act.label == TEXT
    with pytest.raises(TooLate):
        await office.workspace.outbox.remove(act.id)
    back = await office.workspace.outbox.take_back(act.id)
    assert (back.id, back.text, back.cursor) == (draft.id, TEXT, 4)
    assert await office.workspace.outbox.all() == () and len(await office.workspace.notes.all()) == 1
    with pytest.raises(Gone):
        await office.workspace.outbox.take_back(act.id)


async def test_what_was_sent_cannot_be_taken_back(office: Office) -> None:
    await own_note(office)
    (row, *_) = await office.workspace.outbox.all()
    with pytest.raises(TooLate):
        await office.workspace.outbox.take_back(row.act.id)


async def test_a_correction_replaces_and_an_addendum_adds(office: Office) -> None:
    opened, note = await own_note(office)
    notes = office.workspace.notes
    correction = await notes.correct(opened, note)  # type: ignore[arg-type]
    assert correction.kind is DraftKind.CORRECTION and correction.text == TEXT and correction.target is not None
    assert correction.target.version
    addendum = await notes.addendum(opened, note)  # type: ignore[arg-type]
    assert addendum.kind is DraftKind.ADDENDUM and addendum.text == ""
    await notes.keep(correction.id, "Rettet tekst", 0)
    act = await notes.sign(await notes.summary(correction.id), ())
    put = [part for part in act.parts if part.method == "PUT"]
    assert len(put) == 1 and json.loads(put[0].body)["status"] == "superseded" and put[0].target is not None

    async def replaced() -> bool:
        page = await office.workspace.record.page(opened, EVERYTHING, None, 0, 30)  # type: ignore[arg-type]
        return any(row.entry.ref.bare() == note.bare() and row.replaced for row in page.rows)

    await office.until(replaced)


async def test_a_note_on_the_wrong_patient_is_marked_and_moved(office: Office) -> None:
    opened, note = await own_note(office)
    other = (await office.workspace.find.register("haraldsen")).hits[0]
    draft = await office.workspace.notes.wrong_patient(opened, note, "Feil pasient", other.person)  # type: ignore[arg-type]
    assert draft.person == other.person and draft.text == TEXT

    async def marked() -> bool:
        page = await office.workspace.record.page(opened, EVERYTHING, None, 0, 30)  # type: ignore[arg-type]
        return any(row.entry.ref.bare() == note.bare() and row.entry.state is EntryState.ERROR for row in page.rows)

    await office.until(marked)


async def test_only_a_note_that_is_held_can_be_corrected(office: Office) -> None:
    opened = await office.astrid()
    measured = await office.workspace.record.page(
        opened, TimelineFilter(kinds=frozenset({EntryKind.MEASUREMENT})), None, 0, 1
    )
    for target in (measured.rows[0].entry.ref, Ref("demo", "DocumentReference", "not-there")):
        with pytest.raises(TargetNotHeld):
            await office.workspace.notes.correct(opened, target)


async def test_where_nobody_is_named_the_author_is_asked_for(journal: str, tmp_path: Path) -> None:
    async with opened_office(journal, tmp_path, user="") as office:
        opened = await office.astrid()
        draft = await office.workspace.notes.begin(opened, templates.FREE)
        await office.workspace.notes.keep(draft.id, TEXT, 0)
        with pytest.raises(NoAuthor):
            await office.workspace.notes.summary(draft.id)
        office.workspace.notes.name_author("Ola Vikar", "565999999")
        assert (await office.workspace.notes.summary(draft.id)).author.name == "Ola Vikar"


async def test_a_journal_that_takes_no_notes_gets_none(journal: str, tmp_path: Path) -> None:
    async with opened_office(journal, tmp_path, notes=False) as office:
        opened = await office.astrid()
        assert not await office.workspace.notes.offered(opened.patients[0])
        with pytest.raises(NotTaken) as taken:
            await office.workspace.notes.begin(opened, templates.FREE)
        assert taken.value.known


def test_a_sites_templates_add_and_replace_and_a_broken_one_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "telefon.toml").write_text('name = "Telefonkontakt"\ncode = "B02-2"\norder = 3\n')
    (tmp_path / "home_visit.toml").write_text('name = "Vårt hjemmebesøk"\ncode = "B02-2"\n')
    (tmp_path / "broken.toml").write_text("name = \n")
    (tmp_path / "odd.toml").write_text('name = "Uten kode"\n')
    names = [template.name for template in templates.load(tmp_path)]
    ours = [template.name for template in templates.load()]
    assert names[:2] == ["Fritt notat", "Telefonkontakt"] and names[-1] == "Vårt hjemmebesøk"
    assert set(names) - {"Telefonkontakt", "Vårt hjemmebesøk"} == set(ours) - {"Hjemmebesøk"}
