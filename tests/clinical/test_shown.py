"""Numbers and times as one reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from akson_tui.clinical.shown import number_text, span_text, when_text
from akson_tui.model.when import When


def when(text: str) -> When | None:
    return When.parse(text) if text else None


@pytest.mark.parametrize(
    ("number", "shown"), [("4.10", "4,10"), ("37", "37"), ("1E+3", "1000"), ("-0.5", "-0,5"), ("0.00", "0,00")]
)
def test_a_number_keeps_its_digits(number: str, shown: str) -> None:
    assert number_text(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1980", "1980"),
        ("1980-05", "05.1980"),
        ("1980-05-17", "17.05.1980"),
        ("2026-11-05T07:15:00Z", "05.11.2026 08.15"),
        ("2026-07-05T07:15+02:00", "05.07.2026 07.15"),
        ("0999-01-01", "0999-01-01"),
    ],
)
def test_a_time_is_shown_as_precisely_as_it_was_sent(text: str, shown: str) -> None:
    assert when_text(When.parse(text)) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-11-05T08:10:00+01:00", "2026-11-05T08:35:00+01:00", "05.11.2026 08.10–08.35"),
        ("2026-11-05T23:10:00+01:00", "2026-11-06T08:35:00+01:00", "05.11.2026 23.10 – 06.11.2026 08.35"),
        ("2026-01", "2026-02", "01.2026 – 02.2026"),
        ("2026-01", "", "01.2026 –"),
        ("2026-01", "9999-12-31", "01.2026 –"),
        ("", "2026-02", "– 02.2026"),
        ("", "", ""),
    ],
)
def test_a_period(start: str, end: str, shown: str) -> None:
    assert span_text(when(start), when(end)) == shown
