"""What is known of a field or a list never looks like something else."""

from __future__ import annotations

from datetime import UTC, datetime

from akson_tui.model.held import (
    NEVER,
    Absent,
    Fetched,
    FetchStatus,
    NotFetched,
    Present,
    Shelf,
    Unreadable,
    Withheld,
)


def test_the_five_states_of_a_field_are_never_equal() -> None:
    states = [Present(""), Absent(), Absent("unknown"), Withheld(), NotFetched(), Unreadable()]
    for number, one in enumerate(states):
        assert [other == one for other in states].count(True) == 1
        assert states.index(one) == number


def test_a_field_is_told_apart_by_its_kind() -> None:
    def told(field: Present[str] | Absent | Withheld | NotFetched | Unreadable) -> str:
        match field:
            case Present(value):
                return value
            case Absent(reason):
                return f"ingen {reason}"
            case Withheld():
                return "skjermet"
            case NotFetched():
                return "ikke hentet"
            case Unreadable():
                return "uleselig"

    fields = [Present("91"), Absent("asked-declined"), Withheld(), NotFetched(), Unreadable()]
    assert [told(field) for field in fields] == ["91", "ingen asked-declined", "skjermet", "ikke hentet", "uleselig"]


def test_an_empty_list_is_not_known_to_be_empty_until_it_was_fetched() -> None:
    shelf: Shelf[str] = Shelf()
    assert shelf.rows == () and shelf.fetched == NEVER
    assert shelf.fetched.status is FetchStatus.NEVER and shelf.fetched.at is None


def test_a_failed_list_is_told_from_one_that_is_whole() -> None:
    at = datetime(2026, 11, 5, 11, 0, tzinfo=UTC)
    whole, failed = Fetched(FetchStatus.COMPLETE, at), Fetched(FetchStatus.FAILED, at, trouble="no-line")
    assert Shelf(("a",), whole) != Shelf(("a",), failed)
    assert Shelf(("a",), whole, withheld=1) != Shelf(("a",), whole, unreadable=1)
