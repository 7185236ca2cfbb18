"""How things are said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from akson_tui.model.act import ActKind, ActState
from akson_tui.model.entry import EntryKind, EntryState, TimelineFilter
from akson_tui.model.line import Lack, LineStatus, SourceState
from akson_tui.model.note import DraftKind
from akson_tui.model.people import Clinician, Protection, Sex
from akson_tui.model.trouble import Trouble
from akson_tui.model.when import When
from akson_tui.screens import crash, said, words
from akson_tui.screens.timeline import narrowing
from akson_tui.workspace import troubles
from tests.screens.people import NOW


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.KINDS, EntryKind),
        (words.STATES, EntryState),
        (words.SEXES, Sex),
        (words.PROTECTIONS, Protection),
        (words.TROUBLES, Trouble),
        (words.LACKS, Lack),
        (words.ACTS, ActKind),
        (words.ACT_STATES, ActState),
        (words.DRAFTS, DraftKind),
        (words._LINES, LineStatus),
    ],
)
def test_every_kind_has_its_word(table: dict[object, str], kinds: type) -> None:
    assert set(table) == set(kinds)


def test_no_two_troubles_are_said_alike() -> None:
    assert len(set(words.TROUBLES.values())) == len(Trouble)


@pytest.mark.parametrize(
    ("text", "day", "lately", "hour"),
    [
        ("1980", "1980", "1980", ""),
        ("1980-05", "05.1980", "05.1980", ""),
        ("2026-11-24", "24.11.2026", "24.11.2026", ""),
        ("2026-11-24T08:03:00+01:00", "24.11.2026", "i dag 08.03", "08.03"),
        ("2026-11-23T23:30:00Z", "24.11.2026", "i dag 00.30", "00.30"),
        ("2026-11-22T08:03:00+01:00", "22.11.2026", "22.11.2026", "08.03"),
    ],
)
def test_times_are_said_at_their_own_precision_in_oslo(text: str, day: str, lately: str, hour: str) -> None:
    value = When.parse(text)
    assert (words.day(value), words.lately(value, NOW), words.hour(value)) == (day, lately, hour)


def test_what_has_no_time_is_said_with_nothing() -> None:
    assert (words.day(None), words.lately(None, NOW), words.hour(None), words.when(None), words.year(None)) == ("",) * 5
    assert words.age(None, NOW) == ""
    assert words.age(When.parse("2030"), NOW) == ""


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (datetime(2026, 11, 24, 7, 5, tzinfo=UTC), "08.05"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "00.30"),
        (datetime(2026, 11, 23, 7, 5, tzinfo=UTC), "23.11.2026 08.05"),
    ],
)
def test_a_moment_of_today_is_a_time_and_an_older_one_has_its_date(at: datetime, moment: str) -> None:
    assert words.moment(at, NOW) == moment


def test_a_long_date_is_said_in_words() -> None:
    assert words.long_date(NOW) == "tirsdag 24. november 2026"


@pytest.mark.parametrize(
    ("value", "shown"), [("12044212345", "120442 12345"), ("1234", "1234"), ("", ""), ("A2345678901", "A2345678901")]
)
def test_a_national_id_is_written_in_two_groups(value: str, shown: str) -> None:
    assert words.national_id(value) == shown


@pytest.mark.parametrize(("octets", "shown"), [(None, ""), (12, "12 byte"), (284_000, "284 kB"), (1_250_000, "1,2 MB")])
def test_sizes(octets: int | None, shown: str) -> None:
    assert words.size(octets) == shown


@pytest.mark.parametrize(("parts", "shown"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b og c")])
def test_lists_of_words(parts: list[str], shown: str) -> None:
    assert words.listed(parts) == shown


def test_a_trouble_never_heard_of_is_shown_as_itself_and_none_as_nothing() -> None:
    assert words.trouble("teapot") == "teapot"
    assert words.trouble("") == ""
    assert words.trouble("no-line") == "ingen kontakt med journalen"


def test_the_worst_of_several_sources_is_told_by_name() -> None:
    up = SourceState("fastlege", LineStatus.UP, NOW)
    down = SourceState("kommune", LineStatus.DOWN, NOW)
    assert words.line((up, down), NOW) == "kommune: Ingen kontakt med journalen siden 12.03"
    assert words.line((up, up), NOW) == "Journalen svarer"
    assert words.line((), NOW) == "Ingen journal er satt opp"


def test_what_a_journal_does_without_stands_beside_its_line() -> None:
    less = SourceState("x", LineStatus.UP, known=True, lacks=(Lack.NOTES, Lack.NEWS))
    full = SourceState("y", LineStatus.UP, known=True, name="Helse Vest")
    assert words.line((less,), NOW) == "Journalen svarer · tar ikke imot notater (+1)"
    assert words.line((full,), NOW) == "Journalen svarer"
    assert words.line((full, less), NOW) == "Journalen svarer · x: tar ikke imot notater (+1)"
    down = SourceState("z", LineStatus.DOWN, name="Helse Nord", lacks=(Lack.NOTES,))
    assert words.line((less, down), NOW) == "Helse Nord: Ingen kontakt med journalen"


def test_a_clock_that_is_behind_is_told() -> None:
    state = SourceState("a", LineStatus.UP, NOW, clock_off=-130.0)
    assert words.line((state,), NOW).endswith("klokka her går 2 min etter")


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        (Clinician("Kari Nilsen", "9144900", "SP"), "Kari Nilsen, sykepleier, HPR 9144900"),
        (Clinician("Kari Nilsen", "", "XX"), "Kari Nilsen, XX"),
        (Clinician("Kari Nilsen"), "Kari Nilsen"),
    ],
)
def test_who_signs_is_said_with_profession_and_number(who: Clinician, shown: str) -> None:
    assert words.clinician(who) == shown


def test_units_and_reasons_for_no_value_in_words() -> None:
    assert words.unit("mm[Hg]") == "mmHg"
    assert words.unit("mmol/L") == "mmol/L"
    assert words.absent("not-performed") == "ikke målt"
    assert words.absent("odd") == "odd"
    assert words.absent("") == "uten verdi"


def test_a_filter_in_words() -> None:
    narrowed = TimelineFilter(
        frozenset({EntryKind.NOTE, EntryKind.MEASUREMENT}), "Hjemmesykepleie", "Kari", NOW, None, "sår", NOW
    )
    assert narrowing.in_words(narrowed) == "Måling og Notat; Hjemmesykepleie; Kari; fra 24.11.2026; bare nye; «sår»"
    assert narrowing.in_words(TimelineFilter()) == ""


def every_trouble() -> list[type[troubles.WorkspaceTrouble]]:
    return troubles.WorkspaceTrouble.__subclasses__()


@pytest.mark.parametrize("kind", every_trouble())
def test_every_trouble_of_a_desk_has_a_sentence_of_its_own(kind: type[troubles.WorkspaceTrouble]) -> None:
    trouble = troubles.NotTaken(known=True) if kind is troubles.NotTaken else kind()
    assert said.trouble(trouble) != said.trouble(troubles.WorkspaceTrouble())


def test_the_crash_text_names_no_one_and_keeps_the_place_of_the_report() -> None:
    sentences = crash.words()
    assert "{path}" in sentences.report
    assert "utkastet tilbys neste gang" in sentences.kept
