"""FHIR's own codes in words, for the fields of an entry. A code that is not listed is shown as it was sent.

The easy mistake is to translate when the module is loaded: the language is chosen later, so words pass `_` when shown.
"""

from __future__ import annotations

from akson_tui.i18n import _, later

_STATUS = {
    "active": later("aktiv"),
    "inactive": later("ikke aktiv"),
    "recurrence": later("tilbakevendt"),
    "relapse": later("tilbakefall"),
    "remission": later("i bedring"),
    "resolved": later("over"),
    "completed": later("fullført"),
    "finished": later("avsluttet"),
    "in-progress": later("pågår"),
    "on-hold": later("satt på vent"),
    "onhold": later("satt på vent"),
    "stopped": later("stoppet"),
    "suspended": later("satt på vent"),
    "cancelled": later("avlyst"),
    "entered-in-error": later("feilført"),
    "draft": later("utkast"),
    "proposed": later("foreslått"),
    "planned": later("planlagt"),
    "accepted": later("godtatt"),
    "rejected": later("avvist"),
    "declined": later("avslått"),
    "requested": later("bedt om"),
    "received": later("mottatt"),
    "ready": later("klar"),
    "failed": later("mislyktes"),
    "revoked": later("trukket tilbake"),
    "unknown": later("ukjent"),
    "current": later("gjeldende"),
    "superseded": later("erstattet"),
    "preliminary": later("foreløpig"),
    "final": later("endelig"),
    "amended": later("endret"),
    "corrected": later("rettet"),
    "appended": later("utvidet"),
    "registered": later("registrert"),
    "partial": later("delvis"),
    "preparation": later("forberedes"),
    "not-done": later("ikke gjort"),
    "not-taken": later("ikke tatt"),
    "intended": later("skal tas"),
    "ended": later("avsluttet"),
    "scheduled": later("satt opp"),
    "not-started": later("ikke begynt"),
    "arrived": later("kommet"),
    "triaged": later("vurdert"),
    "onleave": later("på permisjon"),
    "pending": later("venter"),
    "booked": later("avtalt"),
    "fulfilled": later("gjennomført"),
    "noshow": later("ikke møtt"),
    "checked-in": later("meldt ankommet"),
    "waitlist": later("på venteliste"),
    "waiting": later("venter"),
    "on-track": later("i rute"),
    "achieved": later("nådd"),
    "improving": later("går bedre"),
    "worsening": later("går dårligere"),
    "no-change": later("uendret"),
    "sustaining": later("holdes"),
    "not-achieved": later("ikke nådd"),
    "no-progress": later("ingen framgang"),
    "not-attainable": later("kan ikke nås"),
    "unconfirmed": later("ubekreftet"),
    "provisional": later("antatt"),
    "presumed": later("antatt"),
    "differential": later("mulig"),
    "confirmed": later("bekreftet"),
    "refuted": later("avkreftet"),
    "routine": later("vanlig"),
    "urgent": later("haster"),
    "asap": later("snarest"),
    "stat": later("øyeblikkelig"),
    "low": later("lav"),
    "high": later("høy"),
    "unable-to-assess": later("kan ikke vurderes"),
    "mild": later("mild"),
    "moderate": later("moderat"),
    "severe": later("alvorlig"),
    "allergy": later("allergi"),
    "intolerance": later("intoleranse"),
    "food": later("mat"),
    "medication": later("legemiddel"),
    "environment": later("miljø"),
    "biologic": later("biologisk"),
    "proposal": later("forslag"),
    "plan": later("plan"),
    "order": later("bestilling"),
}
_PER = {
    "s": (later("hvert sekund"), later("hvert {n}. sekund")),
    "min": (later("hvert minutt"), later("hvert {n}. minutt")),
    "h": (later("hver time"), later("hver {n}. time")),
    "d": (later("daglig"), later("hver {n}. dag")),
    "wk": (later("hver uke"), later("hver {n}. uke")),
    "mo": (later("hver måned"), later("hver {n}. måned")),
    "a": (later("hvert år"), later("hvert {n}. år")),
}
_DAYS = {
    "mon": later("mandag"),
    "tue": later("tirsdag"),
    "wed": later("onsdag"),
    "thu": later("torsdag"),
    "fri": later("fredag"),
    "sat": later("lørdag"),
    "sun": later("søndag"),
}
_MOMENTS = {
    "MORN": later("morgen"),
    "MORN.early": later("tidlig morgen"),
    "MORN.late": later("formiddag"),
    "NOON": later("midt på dagen"),
    "AFT": later("ettermiddag"),
    "EVE": later("kveld"),
    "NIGHT": later("natt"),
    "HS": later("før sengetid"),
    "WAKE": later("ved oppvåkning"),
    "C": later("til måltid"),
    "CM": later("til frokost"),
    "CD": later("til lunsj"),
    "CV": later("til middag"),
    "AC": later("før måltid"),
    "ACM": later("før frokost"),
    "ACD": later("før lunsj"),
    "ACV": later("før middag"),
    "PC": later("etter måltid"),
    "PCM": later("etter frokost"),
    "PCD": later("etter lunsj"),
    "PCV": later("etter middag"),
}


def status(code: str) -> str:
    """A status, urgency or criticality in words."""
    return _(_STATUS[code]) if code in _STATUS else code


def day(code: str) -> str:
    """A day of the week."""
    return _(_DAYS[code]) if code in _DAYS else code


def moment(code: str) -> str:
    """A moment of the day (EventTiming)."""
    return _(_MOMENTS[code]) if code in _MOMENTS else code


def every(unit: str, n: str) -> str:
    """How often: `every("d", "1")` daily, `every("h", "6")` each sixth hour; '' for a unit that is none."""
    if unit not in _PER:
        return ""
    one, many = _PER[unit]
    return _(one) if n in ("", "1") else _(many).format(n=n)
