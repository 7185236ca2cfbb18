"""Timings and dosages in words."""

from __future__ import annotations

from typing import Any

import pytest

from akson_tui.fhir.timing import dosage, quantity, range_text, timing
from tests.fhir.given import tree


def said(value: dict[str, Any]) -> Any:
    return tree({"v": value})["v"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"value": 37.9, "unit": "°C"}, "37,9 °C"),
        ({"value": 5, "comparator": "<", "unit": "mg/L"}, "< 5 mg/L"),
        ({"value": 7, "unit": "{score}"}, "7"),
        ({"value": 7, "code": "kg"}, "7 kg"),
        ({"value": "71.20", "unit": "kg"}, "71,20 kg"),
        ({"unit": "kg"}, ""),
        ({"value": "NaN"}, "NaN"),
    ],
)
def test_a_quantity(value: dict[str, Any], shown: str) -> None:
    assert quantity(said(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"low": {"value": 1, "unit": "g"}, "high": {"value": 2, "unit": "g"}}, "1–2 g"),
        ({"low": {"value": 1, "unit": "g"}}, "≥ 1 g"),
        ({"high": {"value": 2, "unit": "g"}}, "≤ 2 g"),
        ({}, ""),
    ],
)
def test_a_range(value: dict[str, Any], shown: str) -> None:
    assert range_text(said(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "daglig"),
        ({"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "3 ganger daglig"),
        ({"repeat": {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "wk"}}, "1–2 ganger hver uke"),
        ({"repeat": {"period": 6, "periodUnit": "h"}}, "hver 6. time"),
        ({"repeat": {"period": 4, "periodUnit": "wk", "dayOfWeek": ["mon"]}}, "hver 4. uke, mandag"),
        ({"repeat": {"when": ["MORN", "HS"]}}, "morgen, før sengetid"),
        ({"repeat": {"timeOfDay": ["08:00:00", "20:30:00"]}}, "kl. 08.00, 20.30"),
        ({"code": {"text": "BID"}, "repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "BID"),
        ({"event": ["2026-11-05"]}, "05.11.2026"),
        ({"repeat": {"boundsPeriod": {"start": "2026-11-05", "end": "2026-11-12"}}}, "05.11.2026 – 12.11.2026"),
        ({"repeat": {"period": 1, "periodUnit": "fortnight"}}, ""),
        ({}, ""),
    ],
)
def test_a_timing(value: dict[str, Any], shown: str) -> None:
    assert timing(said(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"text": "1 tablett kl. 8"}, "1 tablett kl. 8"),
        ({"text": "2,5 ml på forstøver", "asNeededBoolean": True}, "2,5 ml på forstøver, ved behov"),
        ({"text": "1 tablett ved behov", "asNeededBoolean": True}, "1 tablett ved behov"),
        ({"asNeededCodeableConcept": {"text": "smerter"}}, "ved behov: smerter"),
        (
            {
                "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablett"}}],
                "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                "route": {"text": "oralt"},
                "maxDosePerPeriod": {
                    "numerator": {"value": 4, "unit": "tablett"},
                    "denominator": {"value": 24, "unit": "h"},
                },
                "patientInstruction": "med mat",
            },
            "1 tablett, 2 ganger daglig, oralt, høyst 4 tablett / 24 h, med mat",
        ),
        ({}, ""),
    ],
)
def test_a_dosage_loses_no_part(value: dict[str, Any], shown: str) -> None:
    assert dosage(said(value)) == shown
