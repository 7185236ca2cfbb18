"""All entries of all years in one list."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.entry import Detail, Entry, EntryKind, EntryState, Paragraph, TimelineRow
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.screens.parts.entry_line import entry_words
from akson_tui.screens.timeline import detail
from tests.screens.people import NOW, SOURCE, FakeWorkspace, patient
from tests.screens.seeing import User, workstation

WHO = patient(0).ref


async def until(user: User, said: str) -> None:
    for _ in range(300):
        if user.sees(said):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(said + "\n" + user.screen)


async def test_entries_stand_newest_first_grouped_by_day_with_kind_and_who(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2")
        assert user.lines[3] == "Tidslinje  600 oppføringer  hentet 12.03"
        assert user.lines[4] == "24.11.2026 10.03 Notat    * Tung pust i natt, roet seg etter in… Per Dahl"
        assert user.lines[5].startswith("           05.03 Måling   * Blodtrykk: 142/88 mmHg")
        assert user.lines[7].startswith("23.11.2026 19.03")
        assert user.sees("sperret")
        assert user.sees("erstattet Paracetamol")
        assert user.cursor == (0, 4)


async def test_only_what_is_visible_is_built_whatever_the_journals_length(tmp_path: Path) -> None:
    counts = []
    for size in (50, 10_000):
        workspace = FakeWorkspace(size=size)
        async with workstation(workspace, tmp_path) as user:
            await user.press("enter", "2", "end", "pageup", "home", "pagedown")
            counts.append(len(list(user.app.screen.query("*"))))
            entries = user.place.entries  # type: ignore[attr-defined]
            assert sum(len(page) for page in entries._pages.values()) <= 6 * 80
    assert counts[0] == counts[1]


async def test_a_step_within_the_page_paints_nothing_and_the_top_row_always_says_its_day(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2")
        before = user.lines
        await user.press("j", "j", "k")
        assert user.lines == before
        await user.press(*["down"] * 30)
        assert user.lines[4][:10].count(".") == 2


async def test_the_ends_of_the_list_are_reached_and_not_passed(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "end", "down", "pagedown")
        last = user.lines[22]
        assert user.cursor == (0, 22)
        await user.press("up", "down")
        assert user.lines[22] == last
        await user.press("home", "up", "pageup")
        assert user.cursor == (0, 4)


async def test_enter_shows_the_text_below_the_list_and_esc_takes_it_away_before_it_leaves(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2")
        before = user.lines
        await user.press("enter")
        assert user.sees("Tung pust i natt, roet seg etter inhalasjon. Satt oppe i senga til kl. 4. Tung"), user.screen
        assert user.lines[3].endswith("4 tekstlinjer til (Enter)")
        assert user.lines[4].startswith("24.11.2026 10.03 Notat")
        await user.press("escape")
        assert user.lines == before
        await user.press("escape")
        assert user.place.called == "worklist"


async def test_enter_twice_reads_the_text_with_the_keys_of_moving_about(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    first = workspace.journals["astrid-bakken"].entries[0]
    workspace.journals["astrid-bakken"].entries[0] = replace(first, summary="lang tekst " * 300)
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "enter", "enter", "end")
        assert user.sees("Vedlegg: Bilde av sår")
        await user.press("escape", "down", "escape")
        assert user.place.called == "timeline"
        assert user.cursor == (0, 5)


async def test_the_text_follows_when_the_mark_has_rested(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path, (120, 40)) as user:
        await user.press("enter", "2")
        assert user.sees("Per Dahl, sykepleier  Hjemmesykepleie")
        await user.press("down")
        assert user.sees("24.11.2026 10.03  Per Dahl")
        await until(user, "24.11.2026 05.03  Kari Nilsen")


async def test_narrowed_by_kind_the_heading_says_so_until_all_is_shown_again(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "f", "enter", "f")
        assert user.sees("filter: Notat")
        assert user.sees("171 oppføringer")
        await user.press("v")
        assert user.lines[3] == "Tidslinje  600 oppføringer  hentet 12.03"


async def test_kinds_add_up_and_a_second_author_takes_the_firsts_place(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press(
            "enter", "2", "f", "enter", "down", "enter", "end", *["up"] * 6, "enter", "down", "enter", "f9"
        )
        assert user.sees("filter: Kontakt og Notat; Per Dahl")


async def test_a_period_narrows_and_is_unset_by_the_same_key(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "f", "end", "enter", "f")
        assert user.sees("filter: fra 24.11.2021")
        await user.press("f", "end", "enter", "f")
        assert not user.sees("filter:")


async def test_words_are_sought_in_the_journal_and_esc_leaves_the_field_first(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "s")
        await user.type("sår")
        assert user.cursor == (len("Søk i journalen  sår"), 3)
        await user.press("escape")
        assert user.lines[3].startswith("Tidslinje  600")
        await user.press("s")
        await user.type("leggsår")
        await user.press("enter")
        assert user.sees("«leggsår»")
        assert user.lines[4].startswith("23.11.2026 09.03 Notat    * Leggsår renset")


async def test_a_filter_that_nothing_fits_says_so(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "s")
        await user.type("finnesikke")
        await user.press("enter")
        assert user.sees("Ingen oppføringer passer til filteret.")
        await user.press("enter", "a")
        assert user.place.called == "timeline"


async def test_one_comes_back_to_the_same_entry_and_filter(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "f", "enter", "f", *["down"] * 25)
        line = user.line_at_cursor
        await user.press("1", "2")
        assert user.line_at_cursor[11:] == line[11:]
        assert user.sees("filter: Notat")


async def test_entries_that_arrive_are_announced_and_shown_at_f5_with_the_mark_on_its_entry(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    journal = workspace.journals["astrid-bakken"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "down", "down")
        line = user.line_at_cursor
        fresh = replace(
            journal.entries[0], ref=Ref(SOURCE, "DocumentReference", "ny"), when=When.at(NOW), title="Epikrise"
        )
        journal.entries.insert(0, fresh)
        workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert user.sees("1 ny, F5 viser")
        assert user.line_at_cursor == line
        assert user.cursor == (0, 6)
        await user.press("f5")
        assert user.line_at_cursor[11:20] == line[11:20]
        assert user.cursor == (0, 7)
        assert user.sees("Epikrise")
        assert not user.sees("F5 viser")


async def test_an_empty_list_is_filled_and_older_entries_are_added_below(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    journal = workspace.journals["astrid-bakken"]
    held, journal.entries = journal.entries, []
    journal.fetched = Fetched(FetchStatus.FETCHING)
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2")
        assert user.sees("Oppføringer: hentes …")
        journal.entries = held[:30]
        workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert user.sees("30 oppføringer")
        journal.entries = held
        workspace.tell("person", "astrid-bakken")
        await until(user, "600 oppføringer")


async def test_how_far_back_it_reaches_is_told(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.journals["astrid-bakken"].fetched = Fetched(FetchStatus.PARTIAL, NOW, NOW, "timeout")
    async with workstation(workspace, tmp_path, (120, 24)) as user:
        await user.press("enter", "2")
        assert user.sees("delvis hentet 12.03: journalen svarte ikke i tide")
        assert user.sees("tilbake til 24.11.2026")


async def test_a_waiting_note_that_is_sent_changes_in_its_place(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    act = Act("urn:uuid:1", ActKind.NOTE, SOURCE, "astrid-bakken", WHO, "I dag", NOW, ())
    workspace.acts[act.id] = act
    journal = workspace.journals["astrid-bakken"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "down")
        assert user.sees("venter I dag")
        workspace.acts[act.id] = replace(act, state=ActState.SENT)
        note = replace(
            journal.entries[0],
            ref=Ref(SOURCE, "DocumentReference", "n1", "1"),
            when=When.at(NOW),
            summary="I dag",
        )
        journal.entries.insert(0, note)
        workspace.tell("outbox", act.id)
        await user.rest()
        assert not user.sees("venter")
        assert "I dag" in user.lines[4]
        assert user.cursor == (0, 5)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("note", "Journalnotat: Rolig natt"),
        ("withheld", "sperret"),
        ("error", "feilført Journalnotat: Rolig natt"),
        ("refused", "avvist Journalnotat: Rolig natt"),
        ("replaced", "erstattet Journalnotat: Rolig natt"),
        ("correction", "Journalnotat: Rolig natt (retting)"),
        ("addendum", "Journalnotat: Rolig natt (tillegg)"),
        ("addenda", "Journalnotat: Rolig natt (+2 tillegg)"),
        ("bare", "Notat"),
    ],
)
def test_the_state_of_an_entry_is_a_word(row: str, said: str) -> None:
    note = Entry(Ref(SOURCE, "DocumentReference", "1"), WHO, EntryKind.NOTE, None, "Journalnotat", "Rolig natt")
    other = Ref(SOURCE, "DocumentReference", "0")
    rows = {
        "note": TimelineRow(note),
        "withheld": TimelineRow(replace(note, withheld=True)),
        "error": TimelineRow(replace(note, state=EntryState.ERROR)),
        "refused": TimelineRow(replace(note, state=EntryState.REFUSED)),
        "replaced": TimelineRow(note, replaced=True),
        "correction": TimelineRow(replace(note, replaces=other)),
        "addendum": TimelineRow(replace(note, appends=other)),
        "addenda": TimelineRow(note, addenda=2),
        "bare": TimelineRow(replace(note, title="", summary="")),
    }
    assert entry_words(rows[row]).plain == said


def plain(opened: detail.Opened, width: int = 60) -> str:
    return "\n".join(line.plain for line in detail.lines(opened, width))


def test_a_correction_is_shown_with_what_it_replaces_and_a_note_with_its_addenda() -> None:
    old = Entry(Ref(SOURCE, "DocumentReference", "0"), WHO, EntryKind.NOTE, When.parse("2026-11-20"), "Journalnotat")
    new = replace(old, ref=Ref(SOURCE, "DocumentReference", "1"), replaces=old.ref, author="Kari Nilsen")
    shown = plain(
        detail.Opened(
            Detail(new, (Paragraph("", "Venstre legg"),)),
            Detail(old, (Paragraph("", "Høyre legg"),)),
            (Detail(replace(old, author="Per Dahl"), (Paragraph("", "Også kløe"),)),),
        )
    )
    assert "Venstre legg" in shown
    assert "Erstatter:  Journalnotat  20.11.2026\nHøyre legg" in shown
    assert "Tillegg:  Journalnotat  20.11.2026  Per Dahl\nOgså kløe" in shown
    added = plain(detail.Opened(Detail(replace(new, replaces=None, appends=old.ref)), Detail(old)))
    assert "Tillegg til:  Journalnotat" in added


def test_what_cannot_be_shown_is_named() -> None:
    entry = Entry(Ref(SOURCE, "DocumentReference", "1"), WHO, EntryKind.NOTE, None, "Journalnotat")
    assert "Innholdet kan ikke leses" in plain(detail.Opened(Detail(entry, unreadable=True)))
    assert "Sperret." in plain(detail.Opened(Detail(replace(entry, withheld=True))))
    assert "Ingen tekst." in plain(detail.Opened(Detail(entry)))
    assert "Skjult for pasientens eget innsyn." in plain(
        detail.Opened(Detail(replace(entry, withheld_from_patient=True)))
    )
    assert "Erstattet av en nyere utgave." in plain(detail.Opened(Detail(entry, replaced_by=(entry.ref,))))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["down", "a"], "Dette er ikke et notat"),
        (["down", "c"], "Dette er ikke et notat"),
        (["p"], "Bare den som skrev notatet, kan flytte det"),
    ],
)
async def test_what_the_selected_entry_does_not_bear_is_told(keys: list[str], said: str, tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", *keys)
        assert user.sees(said)
        assert user.place.called == "timeline"


async def test_a_note_that_waits_is_taken_back_in_the_outbox_and_not_corrected(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.acts["a"] = Act("a", ActKind.NOTE, SOURCE, "astrid-bakken", WHO, "I dag", NOW, ())
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "c")
        assert user.sees("ta det tilbake i utboksen")


async def test_replaced_and_erroneous_notes_are_not_corrected_again(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    held = workspace.journals["astrid-bakken"].entries
    held[0] = replace(held[0], state=EntryState.SUPERSEDED)
    held[5] = replace(held[5], state=EntryState.ERROR)
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "c")
        assert user.sees("velg den nyeste utgaven")
        await user.press(*["down"] * 5, "a")
        assert user.sees("Notatet er ført opp som feil")


async def test_what_f5_brings_is_shown_when_it_comes_with_the_mark_on_its_entry(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    journal = workspace.journals["astrid-bakken"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "down", "f5")
        fresh = replace(
            journal.entries[0], ref=Ref(SOURCE, "DocumentReference", "ny"), when=When.at(NOW), title="Epikrise"
        )
        journal.entries.insert(0, fresh)
        workspace.tell("person", "astrid-bakken")
        await until(user, "Epikrise")
        assert "05.03 Måling" in user.line_at_cursor
        assert not user.sees("F5 viser")
