"""A user's appointments of one day, and who the user is.

Easy to get wrong: an appointment may come before its patient's record. The row is shown then, with the name that the
appointment gives and no person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from akson_tui.model.people import Clinician, Patient
from akson_tui.model.when import OSLO
from akson_tui.model.work import Appointment, RoundRow
from akson_tui.store import news
from akson_tui.store.coding import decode, encode, micros
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def today(files: Files) -> date:
    """The day it is in Oslo."""
    return files.clock().astimezone(OSLO).date()


def put(files: Files, user_key: str, day: date, rows: Sequence[tuple[Appointment, bytes]], fetched: datetime) -> None:
    """The whole list of that day, in place of what was held. Older days go. Tells `worklist` where it changed."""
    with files.tx("cache") as cache:
        new = [_row(user_key, day, place, appointment, raw) for place, (appointment, raw) in enumerate(rows)]
        held = select(
            cache,
            "SELECT user, day, place, noun, raw, patient_source, patient_id FROM round"
            " WHERE user = ? AND day = ? ORDER BY place",
            (user_key, day.isoformat()),
        )
        if held == new:
            return
        cache.execute(
            "DELETE FROM round WHERE (user = ?1 AND day = ?2) OR day < ?3",
            (user_key, day.isoformat(), min(day, today(files)).isoformat()),
        )
        for row in new:
            cache.execute(
                "INSERT INTO round (user, day, place, noun, raw, patient_source, patient_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        files.tell("worklist", user_key)


def _row(
    user: str, day: date, place: int, appointment: Appointment, raw: bytes
) -> tuple[str, str, int, str, bytes, str, str]:
    patient = appointment.patient
    about = (patient.source, patient.id) if patient is not None else ("", "")
    return (user, day.isoformat(), place, encode(appointment), raw, *about)


def round(files: Files, user_key: str, day: date) -> list[RoundRow]:
    """The day's rows by time, those without a time last."""
    found = select(
        files.cache,
        "SELECT round.noun, coalesce(person.name, ''), coalesce(patient.noun, ''), coalesce(person.pid, 0) FROM round"
        " LEFT JOIN patient ON patient.source = round.patient_source AND patient.id = round.patient_id"
        " LEFT JOIN person ON person.pid = patient.pid WHERE round.user = ? AND round.day = ? ORDER BY round.place",
        (user_key, day.isoformat()),
    )
    rows = []
    for noun, person, patient_noun, pid in found:
        appointment = decode(Appointment, noun)
        patient = decode(Patient, patient_noun) if patient_noun else None
        rows.append(
            RoundRow(
                appointment,
                person if patient is not None else "",
                appointment.patient_name if patient is None else patient.name.text,
                None if patient is None else patient.born,
                news.count(files, pid) if patient is not None else None,
            )
        )
    rows.sort(key=lambda row: (row.appointment.start is None, _start(row.appointment)))
    return rows


def _start(appointment: Appointment) -> int:
    return 0 if appointment.start is None else micros(appointment.start.earliest)


def pids_today(files: Files) -> set[int]:
    """Rows of the people on today's list of any user of these files."""
    found = select(
        files.cache,
        "SELECT patient.pid FROM round JOIN patient ON patient.source = round.patient_source"
        " AND patient.id = round.patient_id WHERE round.day = ?",
        (today(files).isoformat(),),
    )
    return {int(pid) for (pid,) in found}


def user(files: Files, user_key: str = "") -> Clinician | None:
    """Who `user_key` is, without it whoever was set last; None before anybody was."""
    for (noun,) in select(
        files.cache, "SELECT noun FROM clinician WHERE ?1 = '' OR user = ?1 ORDER BY at DESC LIMIT 1", (user_key,)
    ):
        return decode(Clinician, noun)
    return None


def set_user(files: Files, user_key: str, clinician: Clinician) -> None:
    """What the source said of the user. Tells `worklist` where it changed."""
    noun = encode(clinician)
    with files.tx("cache") as cache:
        held = select(cache, "SELECT noun FROM clinician WHERE user = ?", (user_key,))
        cache.execute(
            "INSERT OR REPLACE INTO clinician (user, at, noun) VALUES (?, ?, ?)",
            (user_key, micros(files.clock()), noun),
        )
        if held != [(noun,)]:
            files.tell("worklist", user_key)
