"""Hypersensitivities that people here have: what to, how they react, and how dangerous it is."""

from typing import NamedTuple

from .resources import ATC, SNOMED, Resource, concept


class Allergy(NamedTuple):
    """One row; a medicine has its ATC code, other things stand in words."""

    text: str
    atc: str | None
    reaction_code: str
    reaction_text: str
    critical: bool
    category: str
    note: str | None = None

    def code(self) -> Resource:
        """What the person reacts to."""
        return concept(ATC, self.atc, self.text) if self.atc else {"text": self.text}

    def reaction(self) -> Resource:
        """How the person reacted."""
        return concept(SNOMED, self.reaction_code, self.reaction_text)


ALLERGIES = {
    "penicillin": Allergy(
        "Penicilliner", "J01C", "39579001", "Anafylaksi", True, "medication",
        "Anafylaksi på fenoksymetylpenicillin i 1998, innlagt.",
    ),
    "plaster": Allergy("Plaster med kolofonium", None, "271807003", "Utslett", False, "environment"),
    "sulfa": Allergy("Sulfonamider", "J01E", "271807003", "Utslett", False, "medication"),
    "latex": Allergy("Lateks", None, "126485001", "Elveblest", True, "environment", "Bruk latexfrie hansker."),
    "chlorhexidine": Allergy("Klorheksidin", "D08AC02", "40275004", "Kontakteksem", False, "environment"),
    "iodine": Allergy("Jod i bandasjer", "D08AG", "40275004", "Kontakteksem rundt sår", False, "medication"),
    "peanut": Allergy(
        "Peanøtter", None, "39579001", "Anafylaksi", True, "food", "Har adrenalinpenn, foreldrene er opplært."
    ),
    "egg": Allergy("Egg", None, "126485001", "Elveblest", False, "food"),
}  # fmt: skip
