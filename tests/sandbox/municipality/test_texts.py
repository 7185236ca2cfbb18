"""The text files: every slot is one that the code fills, every key is one that the code knows."""

from random import Random

import pytest

from akson_tui.sandbox.municipality.medication import medicine
from akson_tui.sandbox.municipality.people import LISTED
from akson_tui.sandbox.municipality.problems import PROBLEMS
from akson_tui.sandbox.municipality.staff import CLINICIANS
from akson_tui.sandbox.municipality.texts import load
from akson_tui.sandbox.municipality.words import phrase, situation, slots

KNOWN = [
    "spo2",
    "rf",
    "puls",
    "temp",
    "bt",
    "kg",
    "bs",
    "kin",
    "hun",
    "Hun",
    "henne",
    "kl",
    "antall",
    "dager",
    "timer",
    "m",
    "nrs",
    "ml",
    "eats",
]


def sentences(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for value in node.values() for text in sentences(value)]
    return [text for value in node for text in sentences(value)] if isinstance(node, list) else []


def test_home_care_sentences_have_only_known_slots() -> None:
    assert {slot for text in sentences(load("home_care")) for slot in slots(text)} <= set(KNOWN)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ulcer", {"size", "nrs", "f", "g"}),
        ("gp", {"bt", "spo2"}),
        ("children", {"barnet", "Barnet"}),
        ("odd_arne", set()),
        ("astrid", {"fev", "reason"}),
        ("astrid_recent", set()),
        ("legevakt", set()),
    ],
)
def test_other_texts_have_only_their_slots(name: str, known: set[str]) -> None:
    assert {slot for text in sentences(load(name)) for slot in slots(text)} <= known


def test_gp_tells_a_figure_only_where_it_is_measured() -> None:
    for rows in load("gp")["problems"].values():
        for row in rows:
            measured = row.get("measured", ())
            assert "{bt}" not in row["text"] or "over" in measured
            assert "{spo2}" not in row["text"] or "spo2" in measured


def test_every_theme_can_be_written_without_a_measurement() -> None:
    known = dict.fromkeys(set(KNOWN) - {"spo2", "rf", "puls", "temp", "bt", "kg", "bs"}, "x")
    for theme in load("home_care")["themes"]:
        assert situation(Random(1), theme, known)


def test_a_sentence_with_an_unknown_slot_is_never_chosen() -> None:
    assert phrase(Random(1), ["SpO2 {spo2} %."], {}) == ""
    assert phrase(Random(1), ["SpO2 {spo2} %.", "Rolig."], {}) == "Rolig."


def test_people_name_problems_medicines_and_clinicians_that_exist() -> None:
    for person in LISTED:
        assert set(person.problems) <= PROBLEMS.keys()
        assert {person.doctor, *person.team} <= CLINICIANS.keys()
        for key in person.medicines:
            assert medicine(key).dosage
        for row in (PROBLEMS[key] for key in person.problems):
            assert set(row.themes) <= load("home_care")["themes"].keys()
