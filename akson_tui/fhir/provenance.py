"""Provenance: who did what to which resource, when, for whom. It is no entry; it stands behind one.

The easy mistake is to look for a patient in it: it points to targets, and those have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json, ref_of, reference, said_name
from akson_tui.fhir.practitioner import Signer
from akson_tui.model.ref import Ref
from akson_tui.model.when import OSLO, When

SHA256 = "urn:oid:2.16.840.1.101.3.4.2.1"
_HL7 = "http://terminology.hl7.org/CodeSystem/"


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done, and the part that the agent had in it."""

    system: str
    code: str
    display: str
    agent: str


SIGNED = Activity(f"{_HL7}v3-DocumentCompletion", "LA", "legally authenticated", "author")
NULLIFIED = Activity(f"{_HL7}v3-DataOperation", "NULLIFY", "nullify", "performer")


@dataclass(frozen=True, slots=True)
class Signature:
    """One Provenance: its targets, when it was recorded, what was done, by whom, for whom, digests of its sources."""

    ref: Ref
    targets: tuple[Ref, ...]
    recorded: When | None
    activity: str
    who: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    digests: tuple[str, ...]


def read(resource: Json, source: str) -> Signature:
    """What it says. Never raises."""
    targets = [reference(one, source) for one in pick.objs(resource.get("target"))]
    agents = pick.objs(resource.get("agent"))
    named = [pick.at(one, "what", "identifier") for one in pick.objs(resource.get("entity"))]
    return Signature(
        ref=ref_of(resource, source),
        targets=tuple(ref for ref in targets if ref is not None),
        recorded=pick.when(resource.get("recorded")),
        activity=pick.concept(resource.get("activity")),
        who=tuple(filter(None, (said_name(resource, one.get("who")) for one in agents))),
        on_behalf_of=tuple(filter(None, (said_name(resource, one.get("onBehalfOf")) for one in agents))),
        digests=tuple(
            pick.text(pick.obj(one).get("value")) for one in named if pick.text(pick.obj(one).get("system")) == SHA256
        ),
    )


def write(
    targets: Sequence[Json], by: Signer, at: datetime, activity: Activity, *, digest: str = "", reason: str = ""
) -> Json:
    """A Provenance on `targets` (References): who, for whom, when, what; the SHA-256 of the text that was shown."""
    made: Json = {"resourceType": "Provenance"}
    if by.contained:
        made["contained"] = list(by.contained)
    made |= {"target": list(targets), "recorded": at.astimezone(OSLO).isoformat(timespec="milliseconds")}
    if reason:
        made["reason"] = [{"text": reason}]
    coding = {"system": activity.system, "code": activity.code, "display": activity.display}
    made["activity"] = {"coding": [coding]}
    agent: Json = {
        "type": {"coding": [{"system": f"{_HL7}provenance-participant-type", "code": activity.agent}]},
        "who": by.reference,
    }
    if by.organisation:
        agent["onBehalfOf"] = by.organisation
    made["agent"] = [agent]
    if digest:
        made["entity"] = [{"role": "source", "what": {"identifier": {"system": SHA256, "value": digest}}}]
    return made
