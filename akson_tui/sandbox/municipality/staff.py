"""The clinicians who write in the journals, where they work, and their registrations.

A journal names its author as PractitionerRole: one person at one workplace; the same person elsewhere is another
role.
"""

from dataclasses import dataclass

from .ids import HER, HPR, ORG, hpr_number, organisation_number
from .resources import PERSONNEL, SERVICE, Resource, coding, concept, ref


@dataclass(frozen=True)
class Workplace:
    """An organisation with the one service it offers here; `service` is Volven 8663 where there is a code."""

    ident: str
    name: str
    city: str
    service: str | None
    service_text: str


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

    @property
    def name(self) -> str:
        """As it is read: given name first."""
        return f"{self.given} {self.family}"

    @property
    def role(self) -> str:
        """The PractitionerRole's id."""
        return f"{self.ident}-{self.suffix}"


_WORKPLACES = (
    Workplace("kristiansand-home-care", "Hjemmetjenesten Kristiansand", "Kristiansand", "KP02", "Sykepleietjeneste"),
    Workplace("kristiansand-gp", "Odderøya legekontor", "Kristiansand", None, "Fastlege"),
    Workplace("kristiansand-rehab", "Fysio- og ergoterapi Kristiansand", "Kristiansand", None, "Fysioterapitjeneste"),
    Workplace("kristiansand-pharmacy", "Apoteket ved Otra", "Kristiansand", None, "Apotek"),
    Workplace("sorlandet-hospital", "Sørlandet sykehus", "Kristiansand", None, "Spesialisthelsetjeneste"),
    Workplace("bergen-home-care", "Hjemmesykepleien Bergen vest", "Bergen", "KP02", "Sykepleietjeneste"),
    Workplace("bergen-gp", "Nordnes legesenter", "Bergen", None, "Fastlege"),
    Workplace("bergen-hospital", "Sykehuset i Bergen", "Bergen", None, "Spesialisthelsetjeneste"),
    Workplace("oslo-legevakt", "Legevakten i Oslo", "Oslo", "KA02", "Legevakttjeneste"),
    Workplace(
        "bodo-health-station", "Helsestasjonen Bodø sentrum", "Bodø", "KF01", "Helsestasjons- og skolehelsetjeneste"
    ),
)
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
CLINICIANS = {clinician.ident: clinician for clinician in _CLINICIANS}


def author(who: str) -> Resource:
    """A reference to the role in which this clinician writes."""
    clinician = CLINICIANS[who]
    return ref("PractitionerRole", clinician.role, f"{clinician.name}, {clinician.title.lower()}")


def employer(who: str) -> Resource:
    """A reference to the organisation for which this clinician writes."""
    return organisation(CLINICIANS[who].place)


def organisation(workplace: str) -> Resource:
    """A reference to an organisation."""
    return ref("Organization", workplace, WORKPLACES[workplace].name)


def service_concept(workplace: str) -> Resource:
    """The service as Volven 8663 has it, or in words."""
    place = WORKPLACES[workplace]
    if place.service is None:
        return {"text": place.service_text}
    return concept(SERVICE, place.service, place.service_text)


def resources() -> list[Resource]:
    """Organisations, services, practitioners and their roles, in an order in which each reference is already there."""
    made: list[Resource] = []
    for number, place in enumerate(_WORKPLACES):
        made.append(
            {
                "resourceType": "Organization",
                "id": place.ident,
                "identifier": [
                    {"use": "official", "system": ORG, "value": organisation_number(place.ident)},
                    {"use": "secondary", "system": HER, "value": str(8_140_000 + number)},
                ],
                "active": True,
                "name": place.name,
                "address": [{"use": "work", "city": place.city, "country": "NO"}],
            }
        )
        made.append(
            {
                "resourceType": "HealthcareService",
                "id": f"{place.ident}-service",
                "active": True,
                "providedBy": organisation(place.ident),
                "type": [service_concept(place.ident)],
                "name": f"{place.service_text}, {place.name}",
            }
        )
    for number, clinician in enumerate(_CLINICIANS):
        made.append(
            {
                "resourceType": "Practitioner",
                "id": clinician.ident,
                "identifier": [{"use": "official", "system": HPR, "value": hpr_number(number)}],
                "active": True,
                "name": [{"use": "official", "family": clinician.family, "given": [clinician.given]}],
                "gender": "female" if clinician.female else "male",
            }
        )
    made += [
        {
            "resourceType": "PractitionerRole",
            "id": clinician.role,
            "active": True,
            "practitioner": ref("Practitioner", clinician.ident, clinician.name),
            "organization": organisation(clinician.place),
            "code": [{"coding": [coding(PERSONNEL, clinician.code)], "text": clinician.title}],
            "healthcareService": [ref("HealthcareService", f"{clinician.place}-service")],
        }
        for clinician in _CLINICIANS
    ]
    return made
