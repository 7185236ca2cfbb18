"""The text files: every slot is one that the code fills, every key is one that the code knows."""

import re
from random import Random

import pytest

from akson_tui.sandbox.municipality.measurements import KINDS
from akson_tui.sandbox.municipality.medication import medicine
from akson_tui.sandbox.municipality.people import LISTED
from akson_tui.sandbox.municipality.problems import PROBLEMS
from akson_tui.sandbox.municipality.staff import clinician
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
    "bag",
    "pcm",
    "insulin",
    "neb",
    "thin",
    "laxative",
    "diuretic",
    "daily",
    "ssri",
]


def sentences(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for value in node.values() for text in sentences(value)]
    return [text for value in node for text in sentences(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("name", ["home_care", "home_care_nn"])
def test_home_care_sentences_have_only_known_slots(name: str) -> None:
    assert {slot for text in sentences(load(name)) for slot in slots(text)} <= set(KNOWN)


def test_nynorsk_has_every_theme_and_no_bokmaal() -> None:
    nynorsk = load("home_care_nn")
    assert nynorsk["themes"].keys() == load("home_care")["themes"].keys()
    for text in sentences(nynorsk):
        words = set(re.findall(r"\w+", re.sub(r"{\w+}", "", text).lower()))
        assert not words & {"ikke", "jeg", "hun", "henne", "noe", "mye", "hvordan", "uke"}, text


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ulcer", {"size", "nrs", "f", "g"}),
        ("gp", {"bt", "spo2", "puls", "kg", "temp", "hun", "Hun", "henne", "work", "menses"}),
        ("children", {"barnet", "Barnet", "hans", "kg", "cm", "hode", "languages", "late", "fluent"}),
        ("pregnancy", {"bt", "kg", "sf", "fetal", "week"}),
        ("stays", {"reason", "help", "nights", "hun", "Hun", "henne"}),
        ("changes", {"hun", "Hun", "henne"}),
        *((name, set()) for name in ("fatima", "ingrid_vik", "aile", "johannes", "johannes_old")),
        ("odd_arne", set()),
        ("astrid", {"fev", "reason"}),
        ("astrid_recent", set()),
        ("legevakt", {"temp", "puls", "spo2", "rf", "bt", "hun", "Hun", "henne"}),
    ],
)
def test_other_texts_have_only_their_slots(name: str, known: set[str]) -> None:
    assert {slot for text in sentences(load(name)) for slot in slots(text)} <= known


_SLOT_OF = {"over": "bt", "spo2": "spo2", "pulse": "puls", "weight": "kg", "temperature": "temp"}


def test_every_profile_names_problems_and_medicines_that_exist_and_has_a_reason_to_see_the_doctor() -> None:
    for kind, rows in load("profiles").items():
        for row in rows:
            assert set(row["problems"]) <= PROBLEMS.keys()
            assert all(medicine(key).dosage for key in row["medicines"])
            if kind in ("home", "young", "gp"):
                assert any(key in load("gp")["problems"] for key in row["problems"])


def test_changes_and_stays_name_what_exists() -> None:
    for row in load("changes")["change"]:
        assert row["problem"] in PROBLEMS
        assert medicine(row["from"]).atc and medicine(row["to"]).atc
    for row in load("stays")["stay"]:
        assert row["problem"] in PROBLEMS
        assert row["values"].keys() <= KINDS.keys()


def test_gp_tells_a_figure_only_where_it_is_measured() -> None:
    for rows in load("gp")["problems"].values():
        for row in rows:
            others = {"hun", "Hun", "henne", "work", "menses"}
            asked = {slot for text in sentences(row["parts"]) for slot in slots(text)} - others
            assert asked <= {_SLOT_OF[kind] for kind in row.get("measured", ())}, row["reason"]
            # Each list must have a sentence for those who no longer work, too.
            assert all(any(not slots(text) & {"work", "menses"} for text in part) for part in row["parts"]), row[
                "reason"
            ]


def test_every_theme_can_be_written_without_a_measurement() -> None:
    known = dict.fromkeys(set(KNOWN) - {"spo2", "rf", "puls", "temp", "bt", "kg", "bs"}, "x")
    for theme in load("home_care")["themes"]:
        assert situation(Random(1), theme, known)
        assert situation(Random(1), theme, known, language="nn", said=[])


def test_a_sentence_with_an_unknown_slot_is_never_chosen() -> None:
    assert phrase(Random(1), ["SpO2 {spo2} %."], {}) == ""
    assert phrase(Random(1), ["SpO2 {spo2} %.", "Rolig."], {}) == "Rolig."


def test_people_name_problems_medicines_and_clinicians_that_exist() -> None:
    for person in LISTED:
        assert set(person.problems) <= PROBLEMS.keys()
        assert all(clinician(who).ident == who for who in (person.doctor, *person.team))
        for key in person.medicines:
            assert medicine(key).dosage
        for row in (PROBLEMS[key] for key in person.problems):
            assert set(row.themes) <= load("home_care")["themes"].keys()
