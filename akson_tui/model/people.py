"""People: the patient and the clinician, as records name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from akson_tui.model.ref import Ref
from akson_tui.model.when import When

FNR = "urn:oid:2.16.578.1.12.4.1.4.1"
DNR = "urn:oid:2.16.578.1.12.4.1.4.2"
FH = "urn:oid:2.16.578.1.12.4.1.4.3"
HPR = "urn:oid:2.16.578.1.12.4.1.4.4"
ORGNR = "urn:oid:2.16.578.1.12.4.1.4.101"
NATIONAL = (FNR, DNR, FH)
"""Identifier systems that name a person in Norway, in the order in which they are preferred (domain: § 1)."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """FHIR Identifier; `ended` where its use is `old` or its period is over."""

    system: str
    value: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class HumanName:
    """FHIR HumanName; `text` is how it is shown: given names first, or the text that was sent."""

    text: str
    family: str = ""
    given: tuple[str, ...] = ()
    use: str = ""


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Protection(StrEnum):
    """Address grade (Grunndata: ugradert, klientadresse, fortrolig, strengtFortrolig)."""

    NONE = "none"
    CLIENT = "client"
    CONFIDENTIAL = "confidential"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient record (FHIR Patient). `address` is '' where protected or unknown: ask `protection` first."""

    ref: Ref
    name: HumanName
    other_names: tuple[HumanName, ...] = ()
    born: When | None = None
    sex: Sex = Sex.UNKNOWN
    identifiers: tuple[Identifier, ...] = ()
    deceased: When | bool = False
    address: str = ""
    city: str = ""
    phones: tuple[str, ...] = ()
    language: str = ""
    """Language of communication in words, where it is not Norwegian."""
    interpreter: bool = False
    protection: Protection = Protection.NONE
    general_practitioner: str = ""
    links: tuple[Ref, ...] = ()
    """Other records of the same person in the same source (Patient.link: replaces, replaced-by, refer, seealso)."""

    @property
    def national_id(self) -> str:
        """The number in use that names this person best; '' where there is none."""
        for system in NATIONAL:
            for identifier in self.identifiers:
                if identifier.system == system and not identifier.ended:
                    return identifier.value
        return ""


@dataclass(frozen=True, slots=True)
class Clinician:
    """The user: who signs. `practitioner` and `role` are None where the source holds no such record.

    `signed_in` is False where nobody vouched for the identity (no HelseID): the summary then says *ikke innlogget*.
    """

    name: str
    hpr: str = ""
    profession: str = ""
    """Volven 9060 code, e.g. SP."""
    practitioner: Ref | None = None
    role: Ref | None = None
    organisation: Ref | None = None
    organisation_name: str = ""
    signed_in: bool = False
