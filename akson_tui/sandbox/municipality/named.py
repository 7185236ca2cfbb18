"""The Patient resource of an inhabitant, and those next of kin who stand as RelatedPerson.

A person whose address is graded gets no address and no telephone number here: only the label in `meta.security` tells
why.
"""

from zlib import crc32

from .clock import Clock
from .ids import DNR, FH, FNR, help_number, national_id
from .people import LISTED, Person
from .resources import Resource, coding, ref
from .staff import author, clinician, organisation

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
    "uk": "Ukrainsk",
}
_GRADES = {"fortrolig": "Fortrolig", "strengtFortrolig": "Strengt fortrolig"}
# When the people with an ended D-number got it, and when they got the national id.
_MOVED = ("2009-08-17", "2012-03-05")
_GRADE = "http://ehelse.no/fhir/CodeSystem/gd-address-confidentiality"
_OFFICIAL = "http://hl7.no/fhir/StructureDefinition/no-basis-address-official"
_INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
_KIN = {
    "Mor": "MTH",
    "Far": "FTH",
    "Datter": "DAU",
    "Sønn": "SON",
    "Ektefelle": "SPS",
    "Samboer": "DOMPART",
    "Bror": "BRO",
    "Søster": "SIS",
    "Niese": "NIECE",
    "Barnebarn": "GRNDCHILD",
    "Nabo": "NBOR",
}
_GUARDIANS = ("Mor", "Far")


def patient_ref(person: Person) -> Resource:
    """A reference to the person, with the name to read."""
    return ref("Patient", person.ident, person.name)


def _phone(who: str) -> str:
    """Eight digits beginning with 0, which no subscriber in Norway has: nobody is called."""
    digits = f"{crc32(who.encode()) % 100_000:05d}"
    return f"+47 000 {digits[:2]} {digits[2:]}"


def _identifiers(person: Person, clock: Clock) -> list[Resource]:
    born = person.birth(clock)
    if born is None or person.number == "fh":
        return [{"use": "temp", "system": FH, "value": help_number(person.ident)}]
    made: list[Resource] = []
    if person.number in ("d", "moved"):
        value = national_id(person.ident, born, person.female, d_number=True, slot=person.slot)
        made.append({"use": "official", "system": DNR, "value": value})
        if person.number == "d":
            return made
        # Who moved here for good: the D-number ended the day the national id was given.
        made[0] |= {"use": "old", "period": {"start": _MOVED[0], "end": _MOVED[1]}}
    value = national_id(person.ident, born, person.female, slot=person.slot)
    current: Resource = {"use": "official", "system": FNR, "value": value}
    if made:
        current["period"] = {"start": _MOVED[1]}
    return [current, *made]


def _name(person: Person) -> Resource:
    if not person.given:
        return {"use": "temp", "text": f"{person.family}, ca. 40 år", "family": person.family}
    return {"use": "official", "family": person.family, "given": list(person.given)}


def _kin(person: Person) -> list[tuple[str, str]]:
    return [kin for kin in (person.kin, person.kin2) if kin is not None]


def _kin_name(name: str) -> Resource:
    given, family = name.rsplit(" ", 1)
    return {"use": "official", "family": family, "given": given.split(" ")}


def _contact(name: str, relation: str) -> Resource:
    return {
        "relationship": [{"text": relation}],
        "name": _kin_name(name),
        "telecom": [{"system": "phone", "value": _phone(name), "use": "mobile"}],
    }


def _links(person: Person) -> list[Resource]:
    """Two records of one person: the old one points to the new, the new one to the old."""
    if person.merged is not None:
        return [{"other": ref("Patient", person.merged), "type": "replaced-by"}]
    old = [other.ident for other in LISTED if other.merged == person.ident]
    return [{"other": ref("Patient", ident), "type": "replaces"} for ident in old]


def patient(person: Person, clock: Clock) -> Resource:
    """The Patient; the unknown one has a help number, no birth date and a name of use `temp`."""
    made: Resource = {
        "resourceType": "Patient",
        "id": person.ident,
        "identifier": _identifiers(person, clock),
        "active": person.merged is None,
        "name": [_name(person)],
        "gender": "female" if person.female else "male",
        "managingOrganization": organisation(clinician((person.team or (person.doctor,))[0]).place),
    }
    born = person.birth(clock)
    if born is not None:
        made["birthDate"] = born.isoformat()
        made["generalPractitioner"] = [author(person.doctor)]
    if person.grade is not None:
        made["meta"] = {"security": [coding(_GRADE, person.grade, _GRADES[person.grade])]}
    elif person.line:
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
        made["contact"] = [_contact(*kin) for kin in _kin(person)]
    if links := _links(person):
        made["link"] = links
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
    """The next of kin, or the guardians of a child, as RelatedPerson; empty when nobody is named."""
    made = []
    for number, (name, relation) in enumerate(_kin(person)):
        relationship = [{"coding": [coding("v3-RoleCode", _KIN[relation])], "text": relation}]
        if person.kin2 is not None and relation in _GUARDIANS:
            relationship.append({"coding": [coding("v3-RoleCode", "GUARD")], "text": "Foresatt"})
        made.append(
            {
                "resourceType": "RelatedPerson",
                "id": f"{person.ident}-kin{number + 1 if number else ''}",
                "active": True,
                "patient": patient_ref(person),
                "relationship": relationship,
                "name": [_kin_name(name)],
                "telecom": [{"system": "phone", "value": _phone(name), "use": "mobile"}],
            }
        )
    return made
