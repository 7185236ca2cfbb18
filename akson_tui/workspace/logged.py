"""Rows of the log: who did what to whose record, on which ground (pjl § 22; journal regulation § 14)."""

from __future__ import annotations

from datetime import datetime

from akson_tui.model.access import AccessEvent
from akson_tui.model.people import Clinician
from akson_tui.model.ref import PersonId, Ref


def event(
    who: Clinician | None, user: str, at: datetime, person: PersonId, patient: Ref, act: str, ground: str
) -> AccessEvent:
    """One row; `user` (as named at start) stands in for a clinician whom the journal does not know."""
    return AccessEvent(
        at=at,
        who=who.name if who else user,
        hpr=who.hpr if who else "",
        role=who.profession if who else "",
        organisation=who.organisation_name if who else "",
        person=person,
        patient=patient,
        act=act,
        ground=ground,
    )
