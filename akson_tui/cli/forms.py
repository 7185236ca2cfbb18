"""Nouns as JSON, version 1: the forms that docs/schemas describes. Texts stand as they were sent, in any language.

Easy to get wrong: an empty list that means "not fetched". Each list carries how fresh it is and what is left out of it.
Times are FHIR's text at its own precision (1980-05); our own instants are UTC to the second.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from akson_tui.clinical.vitals import BY_KEY
from akson_tui.model.act import Act
from akson_tui.model.entry import Detail, TimelineRow
from akson_tui.model.health import Alert, Allergy, Measurement, Medicine, Problem
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.note import Recognised
from akson_tui.model.people import Patient
from akson_tui.model.plan import CarePlan
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment
from akson_tui.workspace.views import Banner, Overview

T = TypeVar("T")
Form = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """2026-11-24T08:30:00Z."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def when(at: When | None) -> str | None:
    """As it was sent."""
    return None if at is None else at.text


def name(ref: Ref) -> str:
    """What an entry is called on the command line: source/Type/id."""
    return f"{ref.source}/{ref.type}/{ref.id}"


def patient(who: Patient) -> Form:
    """Who it is."""
    return {
        "name": who.name.text,
        "born": when(who.born),
        "sex": who.sex.value,
        "national_id": who.national_id,
        "deceased": who.deceased if isinstance(who.deceased, bool) else who.deceased.text,
        "protection": who.protection.value,
        "city": who.city,
    }


def fetched(state: Fetched) -> Form:
    """How fresh a list is. `reaches_back_to` null: all of it, where status is complete.

    A fetch that was cut short because enough had come is *partial*: nobody fetches once the command has ended.
    """
    status = FetchStatus.PARTIAL if state.status is FetchStatus.FETCHING else state.status
    return {
        "status": status.value,
        "at": instant(state.at),
        "reaches_back_to": instant(state.horizon),
        "trouble": state.trouble,
    }


def shelf(held: Shelf[T], row: Callable[[T], Form]) -> Form:
    """A list with how fresh it is and how much of it is not shown."""
    return {
        "rows": [row(each) for each in held.rows],
        "withheld": held.withheld,
        "unreadable": held.unreadable,
        "fetched": fetched(held.fetched),
    }


def allergy(one: Allergy) -> Form:
    return {
        "substance": one.substance.text,
        "reaction": one.reaction,
        "critical": one.critical,
        "certainty": one.certainty.value,
        "nothing_known": one.nothing_known,
    }


def alert(one: Alert) -> Form:
    return {"text": one.text, "category": one.category}


def problem(one: Problem) -> Form:
    return {
        "text": one.code.text,
        "code": one.code.code,
        "system": one.code.system,
        "active": one.active,
        "certainty": one.certainty.value,
        "onset": when(one.onset),
    }


def medicine(one: Medicine) -> Form:
    return {
        "name": one.name.text,
        "dosage": one.dosage,
        "reason": one.reason,
        "active": one.active,
        "multidose": one.multidose,
        "requested": one.requested,
        "since": when(one.since),
    }


def measurement(one: Measurement) -> Form:
    """`value` is a string: 4.10 stays 4.10."""
    return {
        "text": one.code.text,
        "code": one.code.code,
        "when": when(one.when),
        "value": None if one.value is None else format(one.value, "f"),
        "unit": one.unit,
        "said": one.text,
        "absent": one.absent,
        "parts": [
            {
                "text": part.code.text,
                "code": part.code.code,
                "value": None if part.value is None else format(part.value, "f"),
                "unit": part.unit,
                "said": part.text,
            }
            for part in one.components
        ],
    }


def plan(one: CarePlan, goals: dict[Ref, str]) -> Form:
    return {
        "entry": name(one.ref),
        "title": one.title,
        "status": one.status,
        "since": when(one.since),
        "until": when(one.until),
        "goals": [{"entry": name(ref), "text": goals.get(ref)} for ref in one.goals],
        "activities": [
            {
                "text": each.text,
                "status": each.status,
                "timing": each.timing,
                "responsible": each.responsible,
                "held": each.held,
            }
            for each in one.activities
        ],
    }


def appointment(one: Appointment) -> Form:
    return {
        "start": when(one.start),
        "end": when(one.end),
        "status": one.status,
        "reason": one.reason,
        "place": one.place,
        "cancelled": one.cancelled,
    }


def entry(row: TimelineRow) -> Form:
    """One row of the timeline; of a withheld one only kind and time."""
    one = row.entry
    return {
        "entry": name(one.ref),
        "version": one.ref.version,
        "kind": one.kind.value,
        "type": one.type or one.ref.type,
        "when": when(one.when),
        "title": one.title,
        "summary": one.summary,
        "service": one.service,
        "author": one.author,
        "role": one.role,
        "state": one.state.value,
        "new": row.new,
        "replaced": row.replaced,
        "addenda": row.addenda,
        "replaces": None if one.replaces is None else name(one.replaces),
        "appends": None if one.appends is None else name(one.appends),
        "withheld": one.withheld,
        "withheld_from_patient": one.withheld_from_patient,
    }


def detail(one: Detail) -> Form:
    """An entry's text."""
    return {
        "paragraphs": [{"heading": each.heading, "body": each.body} for each in one.paragraphs],
        "fields": [{"name": label, "value": value} for label, value in one.fields],
        "attachments": [
            {"title": each.title, "media_type": each.media_type, "size": each.size} for each in one.attachments
        ],
        "unreadable": one.unreadable,
        "replaced_by": [name(ref) for ref in one.replaced_by],
        "appended_by": [name(ref) for ref in one.appended_by],
    }


def overview(banner: Banner, seen: Overview, goals: dict[Ref, str]) -> Form:
    """All that `show` shows."""
    return {
        "patient": patient(banner.patient),
        "other_records": len(banner.others),
        "allergies": shelf(banner.allergies, allergy),
        "alerts": shelf(banner.alerts, alert),
        "problems": shelf(seen.problems, problem),
        "medicines": shelf(seen.medicines, medicine),
        "measurements": shelf(seen.measurements, measurement),
        "plans": shelf(seen.plans, lambda one: plan(one, goals)),
        "appointments": shelf(seen.appointments, appointment),
        "latest": {
            "entries": [entry(row) for row in seen.latest],
            "total": seen.total,
            "fetched": fetched(seen.fetched),
        },
    }


def recognised(one: Recognised) -> Form:
    """A measurement found in a text."""
    return {"kind": one.kind, "code": BY_KEY[one.kind].loinc, "values": list(one.values), "unit": one.unit}


def act(one: Act) -> Form:
    """An act in the outbox; what was written is not repeated here."""
    return {
        "act": one.id,
        "kind": one.kind.value,
        "state": one.state.value,
        "signed": instant(one.signed),
        "tries": one.tries,
        "due": instant(one.due),
        "trouble": one.trouble,
        "said": one.said,
        "label": one.label,
    }
