"""Nouns as JSON: nothing more exact, and nothing less, than what was sent; nothing that acts on a terminal."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from akson_tui.cli import forms, out
from akson_tui.model.entry import Entry, EntryKind, TimelineRow
from akson_tui.model.health import Certainty, Code, Measurement, Problem
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.ref import Ref
from akson_tui.model.when import When

REF = Ref("kommune", "Observation", "1", "2")


def test_a_number_keeps_its_zeros() -> None:
    measured = Measurement(REF, Code("Kalium"), When.parse("2026-11-24"), Decimal("4.10"), "mmol/L")
    assert forms.measurement(measured)["value"] == "4.10"
    tiny = Measurement(REF, Code("x"), None, Decimal("1E-7"), "")
    assert forms.measurement(tiny)["value"] == "0.0000001"


def test_a_month_stays_a_month() -> None:
    problem = Problem(REF, Code("KOLS"), True, Certainty.CONFIRMED, When.parse("1980-05"))
    assert forms.problem(problem)["onset"] == "1980-05"


def test_our_own_instants_are_utc_to_the_second() -> None:
    assert forms.instant(datetime(2026, 11, 24, 8, 30, 1, 999, tzinfo=UTC)) == "2026-11-24T08:30:01Z"
    assert forms.instant(None) is None


def test_an_empty_list_says_whether_anybody_asked() -> None:
    nobody: Shelf[Problem] = Shelf()
    there_are_none: Shelf[Problem] = Shelf((), Fetched(FetchStatus.COMPLETE, datetime.now(UTC)))
    never, asked = forms.shelf(nobody, forms.problem), forms.shelf(there_are_none, forms.problem)
    assert (never["fetched"]["status"], asked["fetched"]["status"]) == ("never", "complete")


def test_a_fetch_that_was_cut_short_is_not_going_on() -> None:
    assert forms.fetched(Fetched(FetchStatus.FETCHING, datetime.now(UTC)))["status"] == "partial"


def test_an_entry_is_called_what_show_takes() -> None:
    entry = Entry(REF, Ref("kommune", "Patient", "p"), EntryKind.MEASUREMENT, None, "Kalium")
    assert forms.entry(TimelineRow(entry))["entry"] == "kommune/Observation/1"


@given(st.text())
def test_json_means_the_same_and_acts_on_no_terminal(text: str) -> None:
    dumped = out.dump({"text": text})
    assert json.loads(dumped)["text"] == text
    bad = [letter for letter in dumped if unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029"]
    assert bad == []
    assert dumped.encode()


@given(st.lists(st.tuples(st.text(), st.text(), st.text())))
def test_a_table_is_a_line_for_each_row(rows: list[tuple[str, str, str]]) -> None:
    lines = out.table(rows)
    assert len(lines) == len(rows)
    assert all("\n" not in line and "\x1b" not in line for line in lines)
