"""How things are said: times at their own precision, ages, states, troubles, kinds. All of it through the catalogue.

The easy mistake is to show more than was said: a month is shown as a month, and a list that was never fetched is not
called empty (`parts/held` has those words).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from akson_tui.clinical import age as ages
from akson_tui.clinical.shown import when_text
from akson_tui.i18n import _, later
from akson_tui.model.act import ActKind, ActState
from akson_tui.model.entry import EntryKind, EntryState
from akson_tui.model.line import Lack, LineStatus, SourceState
from akson_tui.model.note import DraftKind
from akson_tui.model.people import Clinician, Protection, Sex
from akson_tui.model.trouble import Trouble
from akson_tui.model.when import OSLO, Precision, When

DAYS = (
    later("mandag"),
    later("tirsdag"),
    later("onsdag"),
    later("torsdag"),
    later("fredag"),
    later("lørdag"),
    later("søndag"),
)
MONTHS = (
    later("januar"),
    later("februar"),
    later("mars"),
    later("april"),
    later("mai"),
    later("juni"),
    later("juli"),
    later("august"),
    later("september"),
    later("oktober"),
    later("november"),
    later("desember"),
)
KINDS: dict[EntryKind, str] = {
    EntryKind.NOTE: later("Notat"),
    EntryKind.CONTACT: later("Kontakt"),
    EntryKind.MEASUREMENT: later("Måling"),
    EntryKind.PROBLEM: later("Problem"),
    EntryKind.ALLERGY: later("Allergi"),
    EntryKind.ALERT: later("Varsel"),
    EntryKind.MEDICATION: later("Medisin"),
    EntryKind.APPOINTMENT: later("Avtale"),
    EntryKind.PLAN: later("Plan"),
    EntryKind.GOAL: later("Mål"),
    EntryKind.TASK: later("Oppgave"),
    EntryKind.MESSAGE: later("Melding"),
    EntryKind.PROCEDURE: later("Tiltak"),
    EntryKind.IMMUNIZATION: later("Vaksine"),
    EntryKind.REPORT: later("Svar"),
    EntryKind.REFERRAL: later("Henvist"),
    EntryKind.OTHER: later("Annet"),
}
STATES: dict[EntryState, str] = {
    EntryState.CURRENT: "",
    EntryState.PRELIMINARY: later("foreløpig"),
    EntryState.SUPERSEDED: later("erstattet"),
    EntryState.ERROR: later("feilført"),
    EntryState.WAITING: later("venter"),
    EntryState.REFUSED: later("avvist"),
}
SEXES: dict[Sex, str] = {
    Sex.FEMALE: later("kvinne"),
    Sex.MALE: later("mann"),
    Sex.OTHER: later("annet kjønn"),
    Sex.UNKNOWN: later("kjønn ukjent"),
}
PROTECTIONS: dict[Protection, str] = {
    Protection.NONE: "",
    Protection.CLIENT: later("klientadresse"),
    Protection.CONFIDENTIAL: later("fortrolig adresse"),
    Protection.STRICT: later("strengt fortrolig adresse"),
}
TROUBLES: dict[Trouble, str] = {
    Trouble.NO_LINE: later("ingen kontakt med journalen"),
    Trouble.TIMEOUT: later("journalen svarte ikke i tide"),
    Trouble.SIGN_IN: later("innloggingen gjelder ikke lenger"),
    Trouble.FORBIDDEN: later("journalen gir ikke tilgang"),
    Trouble.NOT_FOUND: later("finnes ikke i journalen"),
    Trouble.GONE: later("er fjernet fra journalen"),
    Trouble.CONFLICT: later("noen andre har endret det først"),
    Trouble.INVALID: later("journalen godtar ikke innholdet"),
    Trouble.BUSY: later("journalen er opptatt"),
    Trouble.SERVER: later("feil i journalen"),
    Trouble.NOT_SUPPORTED: later("journalen har ikke denne tjenesten"),
    Trouble.TOO_LARGE: later("svaret var for stort"),
    Trouble.NOT_FHIR: later("svaret var ikke FHIR R4"),
    Trouble.WRONG_PATIENT: later("svaret gjaldt en annen pasient og ble kastet"),
    Trouble.FULL_DISK: later("disken er full"),
}
ACTS: dict[ActKind, str] = {
    ActKind.NOTE: later("Notat"),
    ActKind.ADDENDUM: later("Tillegg"),
    ActKind.CORRECTION: later("Retting"),
    ActKind.WRONG_PATIENT: later("Feil pasient"),
    ActKind.PLAN: later("Plan"),
}
ACT_STATES: dict[ActState, str] = {
    ActState.WAITING: later("venter"),
    ActState.SENDING: later("sendes"),
    ActState.SENT: later("sendt"),
    ActState.REFUSED: later("avvist"),
}
DRAFTS: dict[DraftKind, str] = {
    DraftKind.NEW: later("Notat"),
    DraftKind.ADDENDUM: later("Tillegg"),
    DraftKind.CORRECTION: later("Retting"),
}
PROFESSIONS = {
    "LE": later("lege"),
    "SP": later("sykepleier"),
    "HF": later("helsefagarbeider"),
    "HP": later("hjelpepleier"),
    "VP": later("vernepleier"),
    "JO": later("jordmor"),
    "FT": later("fysioterapeut"),
    "ET": later("ergoterapeut"),
}
"""Volven 9060."""
_LINES: dict[LineStatus, str] = {
    LineStatus.UNTRIED: later("Journalen er ikke kontaktet ennå"),
    LineStatus.UP: later("Journalen svarer"),
    LineStatus.DOWN: later("Ingen kontakt med journalen siden {at}"),
    LineStatus.REFUSED: later("Journalen gir ikke tilgang"),
    LineStatus.ODD: later("Det som svarer, er ikke en FHIR R4-journal"),
}
LACKS: dict[Lack, str] = {
    Lack.NOTES: later("tar ikke imot notater"),
    Lack.SEARCH: later("kan ikke søkes i etter navn og nummer"),
    Lack.STRANGERS: later("sender andres rader også: de kastes"),
    Lack.GUARD: later("samtidige endringer sjekkes her"),
    Lack.PIECEMEAL: later("notat og målinger sendes hver for seg"),
    Lack.TWICE: later("dobbeltsending hindres her"),
    Lack.ADDRESS: later("navn og nummer går i adressen"),
    Lack.PAGES: later("sender bare én side av lange lister"),
    Lack.ORDER: later("sender ikke det nyeste først"),
    Lack.NEWS: later("kan ikke spørres om hva som er nytt"),
}
"""What a journal does without, after its name or "Journalen svarer ·"."""
_WORST = (LineStatus.ODD, LineStatus.REFUSED, LineStatus.DOWN, LineStatus.UNTRIED, LineStatus.UP)
CLOCK_OFF = 60.0
"""Seconds by which this machine's clock may differ from the journal's before it is told."""


def clock(at: datetime) -> str:
    """12.03, in Oslo."""
    local = at.astimezone(OSLO)
    return f"{local.hour:02}.{local.minute:02}"


def date(at: datetime) -> str:
    """24.11.2026, in Oslo."""
    local = at.astimezone(OSLO)
    return f"{local.day:02}.{local.month:02}.{local.year}"


def long_date(at: datetime) -> str:
    """tirsdag 24. november 2026, in Oslo."""
    local = at.astimezone(OSLO)
    return f"{_(DAYS[local.weekday()])} {local.day}. {_(MONTHS[local.month - 1])} {local.year}"


def moment(at: datetime, now: datetime) -> str:
    """12.03 where it is today, else 24.11.2026 12.03."""
    if at.astimezone(OSLO).date() == now.astimezone(OSLO).date():
        return clock(at)
    return f"{date(at)} {clock(at)}"


def when(value: When | None) -> str:
    """At its own precision: 1980, 05.1980, 12.05.1980, 12.05.1980 10.32; '' where there is none."""
    return when_text(value) if value is not None else ""


def day(value: When | None) -> str:
    """The day, or the month or year where no more was said; '' where there is none."""
    if value is None:
        return ""
    return date(value.earliest) if value.precision >= Precision.DAY else when_text(value)


def lately(value: When | None, now: datetime) -> str:
    """i dag 10.32; before today the day alone."""
    if value is None:
        return ""
    if value.precision >= Precision.MINUTE and value.local.date() == now.astimezone(OSLO).date():
        return _("i dag {time}").format(time=clock(value.earliest))
    return day(value)


def year(value: When | None) -> str:
    """The year alone; '' where there is none."""
    return str(value.local.year) if value is not None else ""


def hour(value: When | None) -> str:
    """The time of day, '' where only a day or less was said."""
    return clock(value.earliest) if value is not None and value.precision >= Precision.MINUTE else ""


def age(born: When | None, at: datetime) -> str:
    """84 år, 14 md., 3 uker at the instant `at`; '' where the birth is unknown or to come."""
    if born is None:
        return ""
    found = ages.age(born, at.astimezone(OSLO).date())
    return str(found) if found is not None else ""


def number(value: str) -> str:
    """A decimal number as sent, with a comma."""
    return value.replace(".", ",")


def national_id(value: str) -> str:
    """Eleven digits as 120442 12345; anything else as it is."""
    return f"{value[:6]} {value[6:]}" if len(value) == 11 and value.isdigit() else value


def trouble(value: str) -> str:
    """A trouble in words; '' for none; a name never heard of as itself."""
    if not value:
        return ""
    try:
        return _(TROUBLES[Trouble(value)])
    except (ValueError, KeyError):
        return value


def line(states: Sequence[SourceState], now: datetime) -> str:
    """The state of the line in one sentence: the worst of all sources, named where there are several."""
    if not states:
        return _("Ingen journal er satt opp")
    worst = min(states, key=lambda state: _WORST.index(state.status))
    said = _line_of(worst, now)
    if len(states) > 1 and worst.status is not LineStatus.UP:
        said = f"{worst.called}: {said}"
    elif worst.status is LineStatus.UP and (lacks := lacking(states)):
        said = f"{said} · {lacks[0]}" if len(lacks) == 1 else f"{said} · {lacks[0]} (+{len(lacks) - 1})"
    off = max((state.clock_off for state in states), key=abs)
    if abs(off) > CLOCK_OFF:
        minutes = round(abs(off) / 60)
        template = _("klokka her går {n} min foran") if off > 0 else _("klokka her går {n} min etter")
        said = f"{said} · {template.format(n=minutes)}"
    return said


def lacking(states: Sequence[SourceState]) -> tuple[str, ...]:
    """What journals do without, in the order in which it matters; each named where there are several."""
    order = list(Lack)
    found = sorted(
        (order.index(lack), place) for place, state in enumerate(states) for lack in state.lacks if state.known
    )
    several = len(states) > 1
    said = [(f"{states[place].called}: " if several else "") + _(LACKS[order[index]]) for index, place in found]
    return tuple(said)


def _line_of(state: SourceState, now: datetime) -> str:
    if state.status is LineStatus.DOWN and state.at is None:
        return _("Ingen kontakt med journalen")
    at = moment(state.at, now) if state.at is not None else ""
    return _(_LINES[state.status]).format(at=at)


def clinician(who: Clinician) -> str:
    """Kari Nilsen, sykepleier, HPR 9144900."""
    profession = _(PROFESSIONS[who.profession]) if who.profession in PROFESSIONS else who.profession
    number = _("HPR {number}").format(number=who.hpr) if who.hpr else ""
    return ", ".join(part for part in (who.name, profession, number) if part)


def size(octets: int | None) -> str:
    """12 kB; '' where it is not known."""
    if octets is None:
        return ""
    if octets < 1_000:
        return _("{n} byte").format(n=octets)
    if octets < 1_000_000:
        return _("{n} kB").format(n=round(octets / 1_000))
    return _("{n} MB").format(n=number(f"{octets / 1_000_000:.1f}"))


def listed(parts: Sequence[str]) -> str:
    """a, b og c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{before} og {last}").format(before=", ".join(parts[:-1]), last=parts[-1])


UNITS = {"mm[Hg]": "mmHg", "Cel": "°C", "/min": "/min", "{beats}/min": "/min", "[IU]": "IE"}
"""UCUM codes that are not how a unit is written."""
ABSENT = {
    "unknown": later("ukjent"),
    "asked-unknown": later("spurt, ukjent"),
    "asked-declined": later("ville ikke svare"),
    "temporarily-unknown": later("ukjent foreløpig"),
    "not-asked": later("ikke spurt"),
    "masked": later("sperret"),
    "not-applicable": later("ikke aktuelt"),
    "not-performed": later("ikke målt"),
    "error": later("målefeil"),
    "unsupported": later("støttes ikke"),
}
"""Codes of data-absent-reason."""


def unit(code: str) -> str:
    """A unit as it is written in Norway."""
    return UNITS.get(code, code)


def absent(reason: str) -> str:
    """Why there is no value."""
    return _(ABSENT[reason]) if reason in ABSENT else reason or _("uten verdi")
