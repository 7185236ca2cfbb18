"""What is written in a care plan, each as one act: a tick, an activity added, changed, ended, a tick taken back.

The easy mistake is to write a tick into the plan: then two services always touch one version. A tick is a Task of its
own that is based on the plan; the plan itself is written only where its list or an activity in it changes, and then in
the bytes that were received.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from akson_tui.fhir import observation, pick, practitioner, provenance
from akson_tui.fhir.common import FhirUnreadable, Json, load, ref_of
from akson_tui.fhir.document_reference import URI, Takes, instant, urn
from akson_tui.fhir.plan_activity import key as key_of
from akson_tui.fhir.plan_sheet import ACTIVITY
from akson_tui.fhir.splice import drop, put
from akson_tui.fhir.syntax import dump
from akson_tui.model.act import Part
from akson_tui.model.note import Recognised
from akson_tui.model.people import Clinician
from akson_tui.model.plan import Outcome, Step
from akson_tui.model.ref import Ref

_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
CREATED = provenance.Activity(_OPERATION, "CREATE", "create", "author")
CHANGED = provenance.Activity(_OPERATION, "UPDATE", "revise", "author")
_STATUS = {Outcome.DONE: "completed", Outcome.PARTLY: "in-progress", Outcome.NOT_DONE: "rejected"}
_ENDS = {
    "CarePlan": ("completed", "stopped"),
    "Task": ("completed", "cancelled"),
    "ServiceRequest": ("completed", "revoked"),
}
"""How an activity ends: it is done for good, or it is not to be done any more."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, about whom, when; `takes` tells which types the journal takes beside what the act is about."""

    author: Clinician
    patient: Ref
    at: datetime
    new_id: Callable[[], str]
    takes: Takes

    @property
    def signer(self) -> practitioner.Signer:
        """As the journal of the patient knows them."""
        return practitioner.signer(self.author, self.patient.source)


@dataclass(frozen=True, slots=True)
class Old:
    """A resource that is changed: its name with the version that was read, and its bytes as they came."""

    ref: Ref
    raw: bytes


def tick(
    pen: Pen, step: Step, outcome: Outcome, reason: str, note: str, measured: tuple[Recognised, ...] = ()
) -> tuple[Part, ...]:
    """`step` was done, partly done, or not done for a `reason`; with what was measured on the way."""
    url = urn(pen.new_id())
    task = _task(pen, url, _STATUS[outcome], "order", step.plan, step.text)
    if reason:
        task["statusReason"] = {"text": reason}
    if step.ref is not None and step.basis and step.ref.type == "Task":
        task["partOf"] = [{"reference": step.basis}]
    elif step.ref is not None and step.basis:
        task["basedOn"].append({"reference": step.basis})
    task["executionPeriod"] = {"start": instant(pen.at), "end": instant(pen.at)}
    if outcome is Outcome.PARTLY:
        del task["executionPeriod"]["end"]
    if note:
        task["note"] = [{"authorReference": pen.signer.reference, "time": instant(pen.at), "text": note}]
    task["input"] = [{"type": {"text": ACTIVITY}, "valueString": step.key}]
    parts = [_made(url, "Task", task)]
    for one in measured if pen.takes("Observation") else ():
        name = urn(pen.new_id())
        made = observation.write(one, pen.patient, pen.signer, pen.at, url)
        made.pop("derivedFrom")  # a Task is no source that an Observation may name
        made["basedOn"] = [{"reference": step.plan.relative}]
        type_, *rest = made.items()
        parts.append(_made(name, "Observation", dict([type_, ("identifier", [{"system": URI, "value": name}]), *rest])))
    return (*parts, *_signed(pen, parts, CREATED, reason))


def add(pen: Pen, plan: Old, text: str, when: str, reason: str) -> tuple[Part, ...]:
    """A new activity: a Task of ours, and the plan with one more reference. Raises FhirUnreadable."""
    url = urn(pen.new_id())
    task = _task(pen, url, "accepted", "plan", plan.ref, text)
    task["description"] = f"{text}, {when}" if when else text
    task["requester"] = pen.signer.reference
    if when:
        task["input"] = [_timed(when)]
    parts = [_made(url, "Task", task)]
    if pen.takes("CarePlan"):
        held = pick.objs(load(plan.raw).get("activity"))
        entry = {"reference": {"reference": url, "display": text}}
        path: tuple[str | int, ...] = ("activity", len(held)) if held else ("activity",)
        parts.append(_changed(pen, plan, put(plan.raw, path, entry if held else [entry])))
    return (*parts, *_signed(pen, parts, CREATED, reason))


def change(pen: Pen, step: Step, old: Old, text: str, when: str, reason: str) -> tuple[Part, ...]:
    """An activity is to be done otherwise: in the plan itself, or in what it points to. Raises FhirUnreadable."""
    raw = old.raw
    if old.ref.type == "CarePlan":
        at = _place(raw, step)
        raw = _renamed(raw, ("activity", at, "detail"), text, "description")
        raw = _rescheduled(raw, ("activity", at, "detail"), when, ("scheduledTiming", "scheduledPeriod"), step.timing)
    elif old.ref.type == "Task":
        raw = put(_renamed(raw, (), text, "description"), ("description",), f"{text}, {when}" if when else text)
        timed = [one for one in pick.objs(load(raw).get("input")) if "valueTiming" not in one]
        if when:
            raw = put(raw, ("input",), [*timed, _timed(when)])
    else:
        raw = _renamed(raw, (), text, "")
        if when != step.timing:
            for name in ("occurrenceDateTime", "occurrencePeriod"):
                raw = drop(raw, (name,))
            raw = (
                put(raw, ("occurrenceTiming",), {"code": {"text": when}}) if when else drop(raw, ("occurrenceTiming",))
            )
    parts = [_changed(pen, old, raw)]
    return (*parts, *_signed(pen, parts, CHANGED, reason))


def end(pen: Pen, step: Step, old: Old, reached: bool, reason: str) -> tuple[Part, ...]:
    """An activity is over: `reached`, or not to be done any more. Raises FhirUnreadable."""
    status = _ENDS[old.ref.type][0 if reached else 1]
    path: tuple[str | int, ...] = ()
    if old.ref.type == "CarePlan":
        path = ("activity", _place(old.raw, step), "detail")
    raw = put(old.raw, (*path, "status"), status)
    if reason and old.ref.type != "ServiceRequest":  # that has no reason for its status: the Provenance has it
        raw = put(raw, (*path, "statusReason"), {"text": reason})
    parts = [_changed(pen, old, raw)]
    return (*parts, *_signed(pen, parts, CHANGED, reason))


def take_back(pen: Pen, old: Old, reason: str) -> tuple[Part, ...]:
    """A tick that the journal has already was wrong. Raises FhirUnreadable."""
    parts = [_changed(pen, old, put(old.raw, ("status",), "entered-in-error"))]
    return (*parts, *_signed(pen, parts, provenance.NULLIFIED, reason))


# -- the parts --------------------------------------------------------------------------------------------------------


def _task(pen: Pen, url: str, status: str, intent: str, plan: Ref, text: str) -> Json:
    by = pen.signer
    made: Json = {"resourceType": "Task", "identifier": [{"system": URI, "value": url}]}
    if by.contained:
        made["contained"] = list(by.contained)
    return made | {
        "basedOn": [{"reference": plan.relative}],
        "status": status,
        "intent": intent,
        "code": {"text": text},
        "description": text,
        "for": {"reference": pen.patient.relative},
        "authoredOn": instant(pen.at),
        "lastModified": instant(pen.at),
        "owner": by.reference,
    }


def _timed(when: str) -> Json:
    return {"type": {"text": "Timing"}, "valueTiming": {"code": {"text": when}}}


def _renamed(raw: bytes, path: tuple[str | int, ...], text: str, described: str) -> bytes:
    """With another text where its name stands: in its code, and in a description that it has."""
    held: object = load(raw)
    for name in path:
        held = held[name]  # type: ignore[index]
    named = pick.obj(held)
    if described and described in named:
        raw = put(raw, (*path, described), text)
    if "code" in named and pick.concept(named["code"]) != text:
        raw = put(raw, (*path, "code"), {"text": text})  # the codings said something else
    elif "code" not in named and not (described and described in named):
        raw = put(raw, (*path, described or "code"), text if described else {"text": text})
    return raw


def _rescheduled(raw: bytes, path: tuple[str | int, ...], when: str, others: tuple[str, ...], before: str) -> bytes:
    if when == before:
        return raw
    for name in others:
        raw = drop(raw, (*path, name))
    return put(raw, (*path, "scheduledString"), when) if when else drop(raw, (*path, "scheduledString"))


def _place(raw: bytes, step: Step) -> int:
    """Where the activity stands in these bytes. Raises FhirUnreadable where it does not, or not alone."""
    keys = [key_of(one) for one in pick.objs(load(raw).get("activity"))]
    if keys.count(step.key) != 1:
        raise FhirUnreadable("no such activity")
    return keys.index(step.key)


def _made(url: str, type_: str, body: Json) -> Part:
    return Part(url, type_, "POST", dump(body), (URI, url))


def _changed(pen: Pen, old: Old, raw: bytes) -> Part:
    version = ref_of(load(old.raw), old.ref.source).version or old.ref.version
    base = old.raw if old.ref.type == "CarePlan" else b""  # whoever else changed one Task changed this very activity
    return Part(urn(pen.new_id()), old.ref.type, "PUT", raw, target=replace(old.ref, version=version), base=base)


def _signed(pen: Pen, parts: list[Part], activity: provenance.Activity, reason: str) -> tuple[Part, ...]:
    """Who did it, for whom, why; where the journal takes it."""
    if not pen.takes("Provenance"):
        return ()
    targets = [{"reference": part.target.relative if part.target is not None else part.full_url} for part in parts]
    digest = sha256(b"\n".join(part.body for part in parts)).hexdigest()
    made = provenance.write(targets, pen.signer, pen.at, activity, digest=digest, reason=reason)
    return (Part(urn(pen.new_id()), "Provenance", "POST", dump(made)),)
