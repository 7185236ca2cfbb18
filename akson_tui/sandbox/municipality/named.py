"""The Patient resource of an inhabitant, and those next of kin who stand as RelatedPerson.

A person whose address is graded gets no address and no telephone number here: only the label in `meta.security` tells
why.
"""

from zlib import crc32

from .clock import Clock
from .ids import DNR, FH, FNR, help_number, national_id
from .people import Person
from .resources import Resource, coding, ref
from .staff import CLINICIANS, author, organisation

_LANGUAGES = {
    "nb": "Norsk bokmål",
    "se": "Nordsamisk",
    "so": "Somali",
    "pl": "Polsk",
    "vi": "Vietnamesisk",
    "tr": "Tyrkisk",
    "ur": "Urdu",
    "ti": "Tigrinja",
    "ar": "Arabisk",
}
_GRADE = "http://ehelse.no/fhir/CodeSystem/gd-address-confidentiality"
_OFFICIAL = "http://hl7.no/fhir/StructureDefinition/no-basis-address-official"
_INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
_KIN = {"Mor": "MTH", "Far": "FTH", "Datter": "DAU", "Sønn": "SON", "Ektefelle": "SPS", "Bror": "BRO"}


def patient_ref(person: Person) -> Resource:
    """A reference to the person, with the name to read."""
    return ref("Patient", person.ident, person.name)


def _phone(who: str) -> str:
    """Eight digits beginning with 0, which no subscriber in Norway has: nobody is called."""
    digits = f"{crc32(who.encode()) % 100_000:05d}"
    return f"+47 000 {digits[:2]} {digits[2:]}"


def _identifiers(person: Person, clock: Clock) -> list[Resource]:
    born = person.birth(clock)
    if born is None:
        return [{"use": "temp", "system": FH, "value": help_number(person.ident)}]
    if person.number == "d":
        value = national_id(person.ident, born, person.female, d_number=True)
        return [{"use": "official", "system": DNR, "value": value}]
    return [{"use": "official", "system": FNR, "value": national_id(person.ident, born, person.female)}]


def _name(person: Person) -> Resource:
    if not person.given:
        return {"use": "temp", "text": f"{person.family}, ca. 40 år", "family": person.family}
    return {"use": "official", "family": person.family, "given": list(person.given)}


def _kin_name(person: Person) -> Resource:
    given, family = (person.kin or ("", ""))[0].rsplit(" ", 1)
    return {"use": "official", "family": family, "given": given.split(" ")}


def _contact(person: Person) -> Resource:
    assert person.kin is not None
    return {
        "relationship": [{"text": person.kin[1]}],
        "name": _kin_name(person),
        "telecom": [{"system": "phone", "value": _phone(person.kin[0]), "use": "mobile"}],
    }


def patient(person: Person, clock: Clock) -> Resource:
    """The Patient; the unknown one has a help number, no birth date and a name of use `temp`."""
    made: Resource = {
        "resourceType": "Patient",
        "id": person.ident,
        "identifier": _identifiers(person, clock),
        "active": True,
        "name": [_name(person)],
        "gender": "female" if person.female else "male",
        "managingOrganization": organisation(CLINICIANS[(person.team or (person.doctor,))[0]].place),
    }
    born = person.birth(clock)
    if born is not None:
        made["birthDate"] = born.isoformat()
        made["generalPractitioner"] = [author(person.doctor)]
    if person.grade is not None:
        made["meta"] = {"security": [coding(_GRADE, person.grade, "Fortrolig")]}
    elif born is not None:
        made["telecom"] = [{"system": "phone", "value": _phone(person.ident), "use": "mobile"}]
        made["address"] = [
            {
                "extension": [{"url": _OFFICIAL, "valueBoolean": True}],
                "use": "home",
                "line": [person.line],
                "city": person.city,
                "postalCode": person.postcode,
                "country": "NO",
            }
        ]
    if person.kin is not None:
        made["contact"] = [_contact(person)]
    if person.language is not None:
        language = person.language
        made["communication"] = [
            {
                "language": {"coding": [coding("urn:ietf:bcp:47", language)], "text": _LANGUAGES[language]},
                "preferred": True,
            }
        ]
        if any(alert.startswith("Tolk") for alert in person.alerts):
            made["extension"] = [{"url": _INTERPRETER, "valueBoolean": True}]
    return made


def related(person: Person) -> list[Resource]:
    """The next of kin as RelatedPerson; empty when nobody is named."""
    if person.kin is None:
        return []
    relation = person.kin[1]
    return [
        {
            "resourceType": "RelatedPerson",
            "id": f"{person.ident}-kin",
            "active": True,
            "patient": patient_ref(person),
            "relationship": [{"coding": [coding("v3-RoleCode", _KIN[relation])], "text": relation}],
            "name": [_kin_name(person)],
            "telecom": [{"system": "phone", "value": _phone(person.kin[0]), "use": "mobile"}],
        }
    ]
