"""What commands understand: times back from now, measurements in a line, whom a handle may mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui import cli
from akson_tui.cli.ending import Ended
from akson_tui.cli.measure import said, understood
from akson_tui.cli.timeline import since

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("7d", timedelta(days=7)),
        ("12t", timedelta(hours=12)),
        ("3u", timedelta(weeks=3)),
        ("2026-11-24T08:30:00Z", timedelta()),
        ("24.11.2026", timedelta(hours=9, minutes=30)),
        ("2026-11-24", timedelta(hours=9, minutes=30)),
        ("i dag", timedelta(hours=9, minutes=30)),
        ("2026-11", timedelta(days=23, hours=9, minutes=30)),
    ],
)
def test_since(text: str, back: timedelta) -> None:
    assert since(text, NOW) == NOW - back


@given(st.text(max_size=12))
def test_since_says_what_it_takes(text: str) -> None:
    try:
        assert since(text, NOW).tzinfo is not None
    except Ended as ended:
        assert ended.code == cli.USAGE and "--since" in str(ended)


def test_a_line_of_measurements() -> None:
    found = understood("BT 142/88, p 91; SpO2 89 t 37,9", False)
    assert [said(one) for one in found] == [
        "Blodtrykk 142/88 mmHg",
        "Puls 91 /min",
        "Oksygenmetning 89 %",
        "Temperatur 37,9 °C",
    ]


@pytest.mark.parametrize("line", ["", "vet ikke", "p 91 men svak", "ring 91 12 34 56", "BT 142/88 / 90"])
def test_half_a_line_is_no_measurement(line: str) -> None:
    with pytest.raises(Ended) as ended:
        understood(line, True)
    assert ended.value.code == cli.REFUSED


def test_what_is_not_likely_must_be_confirmed() -> None:
    with pytest.raises(Ended):
        understood("p 250", False)
    assert understood("p 250", True)[0].doubtful


@given(st.text(max_size=60))
def test_no_line_of_measurements_breaks_it(line: str) -> None:
    try:
        assert understood(line, False)
    except Ended as ended:
        assert ended.code == cli.REFUSED


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["find", "12044212345"], True),
        (["find", "120442", "12345"], True),
        (["find", "120442-12345"], True),
        (["--passphrase-file", "/run/12044212345/x", "outbox"], False),
        (["find", "12.04.1942"], False),
        (["--as", "9144900", "find", "bakken"], False),
        (["measure", "p7k2", "BT 142/88 p 91"], False),
    ],
)
def test_who_is_named_by_number_on_the_command_line(words: list[str], named: bool) -> None:
    assert cli._names_somebody(words) is named
