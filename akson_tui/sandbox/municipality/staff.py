"""The clinicians who write in the journals, where they work, and their registrations.

A journal names its author as PractitionerRole: one person at one workplace; the same person elsewhere is another
role. Those named here always exist; all others come from `districts` and are made when they are asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .ids import HER, HPR, ORG, hpr_number, organisation_number
from .resources import PERSONNEL, SERVICE, Resource, coding, concept, ref


@dataclass(frozen=True)
class Workplace:
    """An organisation with the one service it offers here; `service` is Volven 8663 where there is a code.

    `kind` says which journals are written there: `home-care`, `gp`, `legevakt`, `health-station`, `hospital`, `rehab`
    or `pharmacy`. `number` makes its HER-id.
    """

    ident: str
    name: str
    city: str
    service: str | None
    service_text: str
    kind: str
    number: int = 0


@dataclass(frozen=True)
class Clinician:
    """One health worker; `code` is Volven 9060; `language` is what the notes are written in."""

    ident: str
    given: str
    family: str
    female: bool
    code: str
    title: str
    place: str
    suffix: str
    language: str = "nb"
    number: int = 0
    """The place in the register: HPR numbers come of it."""

    @property
    def name(self) -> str:
        """As it is read: given name first."""
        return f"{self.given} {self.family}"

    @property
    def role(self) -> str:
        """The PractitionerRole's id."""
        return f"{self.ident}-{self.suffix}"


_WORKPLACES = (
    Workplace(
        "kristiansand-home-care", "Hjemmetjenesten Kristiansand", "Kristiansand", "KP02", "Sykepleietjeneste",
        "home-care", 0,
    ),
    Workplace("kristiansand-gp", "Odderøya legekontor", "Kristiansand", None, "Fastlege", "gp", 1),
    Workplace(
        "kristiansand-rehab", "Fysio- og ergoterapi Kristiansand", "Kristiansand", None, "Fysioterapitjeneste",
        "rehab", 2,
    ),
    Workplace("kristiansand-pharmacy", "Apoteket ved Otra", "Kristiansand", None, "Apotek", "pharmacy", 3),
    Workplace(
        "sorlandet-hospital", "Sørlandet sykehus", "Kristiansand", None, "Spesialisthelsetjeneste", "hospital", 4
    ),
    Workplace(
        "bergen-home-care", "Hjemmesykepleien Bergen vest", "Bergen", "KP02", "Sykepleietjeneste", "home-care", 5
    ),
    Workplace("bergen-gp", "Nordnes legesenter", "Bergen", None, "Fastlege", "gp", 6),
    Workplace("bergen-hospital", "Sykehuset i Bergen", "Bergen", None, "Spesialisthelsetjeneste", "hospital", 7),
    Workplace("oslo-legevakt", "Legevakten i Oslo", "Oslo", "KA02", "Legevakttjeneste", "legevakt", 8),
    Workplace(
        "bodo-health-station", "Helsestasjonen Bodø sentrum", "Bodø", "KF01", "Helsestasjons- og skolehelsetjeneste",
        "health-station", 9,
    ),
)  # fmt: skip
WORKPLACES = {workplace.ident: workplace for workplace in _WORKPLACES}

_CLINICIANS = (
    Clinician("kari-nilsen", "Kari", "Nilsen", True, "SP", "Sykepleier", "kristiansand-home-care", "home-care"),
    Clinician("marte-haugland", "Marte", "Haugland", True, "SP", "Sykepleier", "kristiansand-home-care", "night"),
    Clinician("ahmed-yusuf", "Ahmed", "Yusuf", False, "HF", "Helsefagarbeider", "kristiansand-home-care", "home-care"),
    Clinician("tone-fidje", "Tone", "Fidje", True, "HF", "Helsefagarbeider", "kristiansand-home-care", "home-care"),
    Clinician("jens-ropstad", "Jens", "Ropstad", False, "SP", "Sykepleier", "kristiansand-home-care", "home-care"),
    Clinician("ingrid-aanensen", "Ingrid", "Aanensen", True, "LE", "Fastlege", "kristiansand-gp", "gp"),
    Clinician("siv-mollestad", "Siv", "Mollestad", True, "FT", "Fysioterapeut", "kristiansand-rehab", "rehab"),
    Clinician("nadia-rahimi", "Nadia", "Rahimi", True, "FA1", "Farmasøyt", "kristiansand-pharmacy", "pharmacy"),
    Clinician("henrik-falck", "Henrik", "Falck", False, "LE", "Overlege", "sorlandet-hospital", "lung"),
    Clinician("per-dahl", "Per", "Dahl", False, "LE", "Fastlege", "bergen-gp", "gp"),
    Clinician("solveig-vinje", "Solveig", "Vinje", True, "SP", "Sjukepleiar", "bergen-home-care", "home-care", "nn"),
    Clinician(
        "kjetil-askeland", "Kjetil", "Askeland", False, "HF", "Helsefagarbeider", "bergen-home-care", "home-care"
    ),
    Clinician("berit-lonning", "Berit", "Lønning", True, "SP", "Sykepleier", "bergen-home-care", "home-care"),
    Clinician("maria-holmas", "Maria", "Holmås", True, "LE", "Overlege", "bergen-hospital", "skin"),
    Clinician("leila-said", "Leila", "Said", True, "LE", "Legevaktlege", "oslo-legevakt", "legevakt"),
    Clinician("mina-fossum", "Mina", "Fossum", True, "SP", "Sykepleier", "oslo-legevakt", "legevakt"),
    Clinician("anne-moen", "Anne", "Moen", True, "SP", "Helsesykepleier", "bodo-health-station", "health-station"),
    Clinician(
        "eirik-saltnes", "Eirik", "Saltnes", False, "LE", "Helsestasjonslege", "bodo-health-station", "health-station"
    ),
)
CLINICIANS = {clinician.ident: replace(clinician, number=number) for number, clinician in enumerate(_CLINICIANS)}


def clinician(who: str) -> Clinician:
    """The clinician of that id: one of those above, or one of a district. Raises KeyError for nobody."""
    found = CLINICIANS.get(who)
    if found is not None:
        return found
    # Only now: the first worklists name nobody of the districts.
    from .districts import member

    return member(who)


def workplace(ident: str) -> Workplace:
    """The workplace of that id, likewise."""
    found = WORKPLACES.get(ident)
    if found is not None:
        return found
    from .districts import place

    return place(ident)


def author(who: str) -> Resource:
    """A reference to the role in which this clinician writes."""
    found = clinician(who)
    return ref("PractitionerRole", found.role, f"{found.name}, {found.title.lower()}")


def employer(who: str) -> Resource:
    """A reference to the organisation for which this clinician writes."""
    return organisation(clinician(who).place)


def organisation(ident: str) -> Resource:
    """A reference to an organisation."""
    return ref("Organization", ident, workplace(ident).name)


def service(ident: str) -> Resource:
    """A reference to the one service of a workplace."""
    return ref("HealthcareService", f"{ident}-service")


def service_concept(ident: str) -> Resource:
    """The service as Volven 8663 has it, or in words."""
    place = workplace(ident)
    if place.service is None:
        return {"text": place.service_text}
    return concept(SERVICE, place.service, place.service_text)


def place_resources(place: Workplace) -> list[Resource]:
    """The organisation and its service."""
    return [
        {
            "resourceType": "Organization",
            "id": place.ident,
            "identifier": [
                {"use": "official", "system": ORG, "value": organisation_number(place.ident)},
                {"use": "secondary", "system": HER, "value": str(8_140_000 + place.number)},
            ],
            "active": True,
            "name": place.name,
            "address": [{"use": "work", "city": place.city, "country": "NO"}],
        },
        {
            "resourceType": "HealthcareService",
            "id": f"{place.ident}-service",
            "active": True,
            "providedBy": organisation(place.ident),
            "type": [service_concept(place.ident)],
            "name": f"{place.service_text}, {place.name}",
        },
    ]


def clinician_resources(clinicians: Iterable[Clinician]) -> list[Resource]:
    """Practitioners, then their roles."""
    people = tuple(clinicians)
    made: list[Resource] = [
        {
            "resourceType": "Practitioner",
            "id": one.ident,
            "identifier": [{"use": "official", "system": HPR, "value": hpr_number(one.number)}],
            "active": True,
            "name": [{"use": "official", "family": one.family, "given": one.given.split(" ")}],
            "gender": "female" if one.female else "male",
        }
        for one in people
    ]
    made += [
        {
            "resourceType": "PractitionerRole",
            "id": one.role,
            "active": True,
            "practitioner": ref("Practitioner", one.ident, one.name),
            "organization": organisation(one.place),
            "code": [{"coding": [coding(PERSONNEL, one.code)], "text": one.title}],
            "healthcareService": [service(one.place)],
        }
        for one in people
    ]
    return made


def team(ident: str, place: Workplace, name: str, members: Iterable[Clinician]) -> Resource:
    """Those who work together at a workplace: a CareTeam without a patient."""
    return {
        "resourceType": "CareTeam",
        "id": ident,
        "status": "active",
        "name": name,
        "participant": [{"role": [{"text": one.title}], "member": author(one.ident)} for one in members],
        "managingOrganization": [organisation(place.ident)],
    }


def resources() -> list[Resource]:
    """Organisations, services, practitioners and their roles, in an order in which each reference is already there."""
    made = [resource for place in _WORKPLACES for resource in place_resources(place)]
    made += clinician_resources(CLINICIANS.values())
    made += [
        team(f"{place.ident}-team", place, f"Team {place.name}", staff)
        for place in _WORKPLACES
        if len(staff := [one for one in CLINICIANS.values() if one.place == place.ident]) > 1
    ]
    return made
