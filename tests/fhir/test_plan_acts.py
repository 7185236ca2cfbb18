"""What is written in a care plan: valid FHIR, in the bytes that came, refused where it would overwrite."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.clinical.vitals_text import recognise
from akson_tui.fhir import plan_acts
from akson_tui.fhir.common import FhirUnreadable, Label, load
from akson_tui.fhir.plan_activity import key
from akson_tui.fhir.plan_acts import Old, Pen
from akson_tui.fhir.plan_rebase import Clash, rebase
from akson_tui.fhir.plan_sheet import sheet, tick
from akson_tui.model.act import Part
from akson_tui.model.plan import Outcome, Step
from akson_tui.model.ref import Ref
from akson_tui.sandbox.validate import validate
from tests.fhir.given import ASTRID, KARI, SIGNED, SOURCE, STRANGER, counting

PLAN = Ref(SOURCE, "CarePlan", "plan", "3")
RAW = b"""{"resourceType":"CarePlan","id":"plan","meta":{"versionId":"3"},"status":"active","intent":"plan",
 "subject":{"reference":"Patient/astrid"},"title":"Plan",
 "activity":[
  {"detail":{"code":{"text":"Dusj"},"status":"in-progress","scheduledString":"tirsdag"}} ,
  {"reference":{"reference":"Task/t1"}},
  {"extension":[{"url":"http://x","valueDecimal":4.10}],
   "detail":{"description":"Vekt","status":"in-progress","scheduledTiming":{"repeat":{"frequency":1,"period":1.0,"periodUnit":"wk"}}}}
 ]}"""
TASK = b"""{"resourceType":"Task","id":"t1","meta":{"versionId":"7"},"status":"accepted","intent":"plan",
 "basedOn":[{"reference":"CarePlan/plan"}],"code":{"text":"Multidose"},"description":"Multidose, hver uke",
 "for":{"reference":"Patient/astrid"},"note":[{"text":"4.10"}]}"""
REQUEST = b"""{"resourceType":"ServiceRequest","id":"r1","meta":{"versionId":"2"},"status":"active","intent":"plan",
 "code":{"text":"Fysio"},"subject":{"reference":"Patient/astrid"},"occurrenceTiming":{"code":{"text":"hver uke"}}}"""
INLINE = Step(PLAN, "Dusj \N{MIDDLE DOT} tirsdag", "Dusj", "in-progress", "tirsdag", place=0)
TIMED = Step(PLAN, key(load(RAW)["activity"][2]), "Vekt", "in-progress", "hver uke", place=2)
AS_TASK = Step(PLAN, "Task/t1", "Multidose", "accepted", "hver uke", ref=Ref(SOURCE, "Task", "t1"), basis="Task/t1")
AS_REQUEST = Step(
    PLAN, "ServiceRequest/r1", "Fysio", "active", ref=Ref(SOURCE, "ServiceRequest", "r1"), basis="ServiceRequest/r1"
)
OLDS = {
    "plan": (INLINE, Old(PLAN, RAW)),
    "timed": (TIMED, Old(PLAN, RAW)),
    "task": (AS_TASK, Old(Ref(SOURCE, "Task", "t1"), TASK)),
    "request": (AS_REQUEST, Old(Ref(SOURCE, "ServiceRequest", "r1"), REQUEST)),
}


def pen(author: Any = KARI, takes: Any = lambda _type: True) -> Pen:
    return Pen(author, ASTRID, SIGNED, counting(), takes)


def assert_valid(parts: tuple[Part, ...]) -> None:
    """By fhir.resources for R4B, and by R4's own schema."""
    for part in parts:
        get_fhir_model_class(part.type).model_validate_json(part.body)
        assert validate(json.loads(part.body)) == []


@pytest.mark.parametrize("author", [KARI, STRANGER], ids=["known", "stranger"])
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("step", [INLINE, AS_TASK, AS_REQUEST], ids=lambda step: step.text)
def test_a_tick_is_a_task_of_its_own_that_reads_back(step: Step, outcome: Outcome, author: Any) -> None:
    note = "BT 142/88 sittende"
    parts = plan_acts.tick(pen(author), step, outcome, "Ikke hjemme", note, recognise(note))
    assert_valid(parts)
    assert [part.type for part in parts] == ["Task", "Observation", "Provenance"]
    assert all(part.method == "POST" for part in parts)
    read = tick(load(parts[0].body), SOURCE, lambda _ref: Label())
    assert read is not None
    assert (read.key, read.outcome, read.reason, read.note) == (step.key, outcome, "Ikke hjemme", note)
    assert PLAN.bare() in read.plans and read.who == author.name
    signed = load(parts[2].body)
    assert [one["reference"] for one in signed["target"]] == [part.full_url for part in parts[:2]]


def test_what_the_journal_does_not_take_is_not_sent() -> None:
    parts = plan_acts.tick(pen(takes=lambda _type: False), INLINE, Outcome.DONE, "", "p 91", recognise("p 91"))
    assert [part.type for part in parts] == ["Task"]
    assert [part.type for part in plan_acts.add(pen(takes=lambda _type: False), Old(PLAN, RAW), "Tur", "", "")] == [
        "Task"
    ]


def test_an_activity_is_added_and_every_other_byte_stays() -> None:
    parts = plan_acts.add(pen(), Old(PLAN, RAW), "Tur", "daglig kl. 12", "Ønsker det")
    assert_valid((parts[0], parts[2]))
    task, plan, signed = parts
    assert plan.target == PLAN and plan.base == RAW
    end = RAW.index(b"\n ]}")
    assert plan.body.startswith(RAW[:end]) and plan.body.endswith(RAW[end:])
    assert load(plan.body)["activity"][-1]["reference"]["reference"] == task.full_url
    read = sheet(load(plan.body), SOURCE, lambda _ref: None, lambda _ref: Label(), ())
    assert len(read.steps) == 4 and load(signed.body)["reason"][0]["text"] == "Ønsker det"
    first = plan_acts.add(pen(), Old(PLAN, b'{"resourceType":"CarePlan","id":"plan"}'), "Tur", "", "")
    assert len(load(first[1].body)["activity"]) == 1


@pytest.mark.parametrize("name", OLDS)
def test_a_change_says_what_is_to_be_done_now(name: str) -> None:
    step, old = OLDS[name]
    parts = plan_acts.change(pen(), step, old, "Noe annet", "hver mandag", "Passer bedre")
    assert_valid(parts)
    held = {"t1": load(parts[0].body), "r1": load(parts[0].body)}
    plan = load(parts[0].body if old.ref.type == "CarePlan" else RAW.replace(b"Task/t1", old.ref.relative.encode()))
    read = sheet(plan, SOURCE, lambda ref: held.get(ref.id), lambda _ref: Label(), ())
    at = 1 if step.place is None else step.place
    assert (read.steps[at].text, read.steps[at].timing) == ("Noe annet", "hver mandag")
    if old.ref.type == "CarePlan":
        others = [one for place, one in enumerate(load(parts[0].body)["activity"]) if place != at]
        assert others == [one for place, one in enumerate(load(RAW)["activity"]) if place != at]
    assert b"4.10" in parts[0].body or name == "request"


@pytest.mark.parametrize("reached", [True, False])
@pytest.mark.parametrize("name", OLDS)
def test_an_end_is_an_end(name: str, reached: bool) -> None:
    step, old = OLDS[name]
    parts = plan_acts.end(pen(), step, old, reached, "Trenger det ikke")
    assert_valid(parts)
    body = load(parts[0].body)
    detail = body["activity"][step.place]["detail"] if old.ref.type == "CarePlan" else body
    assert detail["status"] in (("completed",) if reached else ("stopped", "cancelled", "revoked"))
    assert load(parts[1].body)["reason"][0]["text"] == "Trenger det ikke"
    assert parts[0].target is not None and parts[0].target.version == load(old.raw)["meta"]["versionId"]


def test_a_tick_taken_back_is_marked_as_wrong_and_read_no_more() -> None:
    made = plan_acts.tick(pen(), INLINE, Outcome.DONE, "", "")[0]
    parts = plan_acts.take_back(pen(), Old(Ref(SOURCE, "Task", "t9", "1"), made.body), "Feil")
    assert_valid(parts)
    assert tick(load(parts[0].body), SOURCE, lambda _ref: Label()) is None


@pytest.mark.parametrize("raw", [b"{}", RAW.replace(b"Dusj", b"Bad"), b'{"activity":7}', b"["])
def test_an_activity_that_is_not_there_is_not_changed(raw: bytes) -> None:
    with pytest.raises(FhirUnreadable):
        plan_acts.end(pen(), INLINE, Old(PLAN, raw), True, "x")


def test_two_that_look_alike_are_not_guessed_between() -> None:
    raw = RAW.replace(b'"description":"Vekt"', b'"description":"Dusj"').replace(b'"scheduledTiming":{"repeat":{"frequency":1,"period":1.0,"periodUnit":"wk"}}', b'"scheduledString":"tirsdag"')  # fmt: skip  # noqa: E501
    with pytest.raises(FhirUnreadable):
        plan_acts.end(pen(), INLINE, Old(PLAN, raw), True, "x")


DID = st.lists(st.tuples(st.sampled_from(["end", "change", "add"]), st.integers(0, 3)), max_size=4)


def plan(texts: int) -> bytes:
    activities = [{"detail": {"code": {"text": f"T{at}"}, "status": "in-progress"}} for at in range(texts)]
    return json.dumps({"resourceType": "CarePlan", "id": "plan", "title": "P", "activity": activities}).encode()


def done(raw: bytes, did: list[tuple[str, int]], by: str) -> tuple[bytes, dict[int, tuple[str, str]], list[str]]:
    """`raw` after these changes; what became of each activity (its last change), and what was added."""
    changed: dict[int, tuple[str, str]] = {}
    added: list[str] = []
    for number, (what, at) in enumerate(did):
        if what == "add":
            added.append(f"{by}{number}")
            part = plan_acts.add(pen(), Old(PLAN, raw), added[-1], "", "")[1]
            raw = part.body.replace(part.body[part.body.index(b"urn:uuid:") :][:45], f"Task/{by}{number}".encode())
        elif at not in changed:
            held = load(raw)["activity"][at]
            step = Step(PLAN, key(held), f"T{at}", "in-progress", place=at)
            if what == "end":
                raw = plan_acts.end(pen(), step, Old(PLAN, raw), True, by)[0].body
            else:
                raw = plan_acts.change(pen(), step, Old(PLAN, raw), f"T{at}", by, "")[0].body
            changed[at] = (what, by)
    return raw, changed, added


@settings(max_examples=150, deadline=None)
@given(ours=DID, theirs=DID)
def test_two_changes_both_stand_or_are_refused(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> None:
    base = plan(4)
    mine, changed, added = done(base, ours, "vi")
    now, their_changed, their_added = done(base, theirs, "de")
    try:
        made = rebase(base, mine, now)
    except Clash:
        assert set(changed) & set(their_changed)
        return
    assert not set(changed) & set(their_changed)
    activities = load(made)["activity"]
    assert len(activities) == 4 + len(added) + len(their_added)
    for at in range(4):
        source = mine if at in changed else now
        assert activities[at] == load(source)["activity"][at]
    names = {one["reference"]["reference"] for one in activities if "reference" in one}
    assert names == {f"Task/{name}" for name in added + their_added}
    assert rebase(base, mine, made) == made  # an answer that was lost changes nothing twice
