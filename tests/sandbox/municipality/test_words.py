"""Sentences: not the same again while another fits, and none that needs what is not there."""

from random import Random

from akson_tui.sandbox.municipality.words import assembled, fresh, phrase, pronouns, situation


def test_what_was_said_is_not_said_again_while_another_fits() -> None:
    rng, said = Random(1), list[str]()
    sentences = ["a", "b", "c", "d"]
    assert sorted(phrase(rng, sentences, {}, said) for _ in range(4)) == sentences
    # All have been said: one of them all the same.
    assert phrase(rng, sentences, {}, said) in sentences


def test_an_act_stands_only_where_its_slot_is_known() -> None:
    rng = Random(2)
    known = {"hun": "hun", "nrs": "3", "antall": "2", "kin": "Ida"}
    told = " ".join(situation(rng, "breath", known, acting=1.0) for _ in range(200))
    assert "orstøver" not in told
    assert "orstøver" in " ".join(situation(rng, "breath", {**known, "neb": ""}, acting=1.0) for _ in range(200))


def test_parts_come_in_order_and_one_without_a_fitting_sentence_is_left_out() -> None:
    assert assembled(Random(1), [["Først."], ["BT {bt}."], ["Sist."]], {}) == "Først. Sist."


def test_a_text_that_the_journal_holds_is_drawn_again() -> None:
    texts = iter(["a", "a", "b"])
    seen = {"a"}
    assert fresh(seen, lambda: next(texts)) == "b"
    assert seen == {"a", "b"}
    # Where nothing else can be said it is said again.
    assert fresh({"a"}, lambda: "a") == "a"


def test_nynorsk_has_its_own_pronouns() -> None:
    assert pronouns(True) == {"hun": "hun", "Hun": "Hun", "henne": "henne"}
    assert pronouns(True, "nn") == {"hun": "ho", "Hun": "Ho", "henne": "ho"}
    assert pronouns(False, "nn")["hun"] == "han"
