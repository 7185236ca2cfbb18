"""Names and streets for the people beyond today's lists, and their rows: users of home care in Kristiansand.

Nobody here is called Bakken: Astrid is the only one.
"""

from collections.abc import Iterator
from random import Random
from zlib import crc32

from .people import HOME, Person

_WOMEN = (
    "Gerd", "Bjørg", "Ingebjørg", "Solveig", "Randi", "Turid", "Åse", "Kirsten", "Borghild", "Marit", "Elle", "Zahra",
    "Halina", "Mai", "Gudrun", "Signe",
)  # fmt: skip
_MEN = (
    "Kåre", "Odd", "Arvid", "Øystein", "Sigurd", "Birger", "Trygve", "Einar", "Nils", "Máhtte", "Farid",
    "Jerzy", "Van", "Olav",
    "Ragnvald", "Håkon",
)  # fmt: skip
_FAMILIES = (
    "Aas", "Birkeland", "Dønnestad", "Egeland", "Frustøl", "Greibesland", "Homme", "Igland", "Justnes",
    "Kjellesvig", "Lauvås",
    "Moseid", "Nærum", "Omland", "Pettersen", "Rosseland", "Skaiå", "Tronstad", "Ugland", "Vatne", "Ytterdal",
    "Øksendal",
    "Ålefjær", "Sara", "Ahmadi", "Zielińska", "Pham",
)  # fmt: skip
_STREETS = (
    "Dvergsnesveien", "Gyldenløves gate", "Kongsgårdbakken", "Løkkeveien", "Møllevannsveien",
    "Randesundsveien", "Strai ring",
    "Tordenskjolds gate", "Valhallaveien", "Østre Strandgate",
)  # fmt: skip
_SETS = (
    (("hypertension", "knee"), ("amlodipine", "paracetamol")),
    (("heart-failure", "atrial-fibrillation"), ("metoprolol", "apixaban", "furosemide")),
    (("dementia", "constipation"), ("donepezil", "macrogol")),
    (("copd-mild", "anxiety"), ("tiotropium", "salbutamol", "escitalopram")),
    (("diabetes", "hypertension"), ("metformin", "losartan")),
    (("fall", "osteoporosis", "incontinence"), ("vitamin-d", "paracetamol")),
    (("stroke", "depression"), ("apixaban", "escitalopram", "atorvastatin")),
    (("rheumatoid", "knee"), ("prednisolone", "methotrexate", "folic-acid")),
)
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "aa", "á": "a", "ń": "n", " ": "-"})


def more(count: int) -> Iterator[Person]:
    """So many further people, always the same ones."""
    for number in range(count):
        rng = Random(f"more:{number}")
        female = rng.random() < 0.6
        given, family = rng.choice(_WOMEN if female else _MEN), rng.choice(_FAMILIES)
        problems, medicines = rng.choice(_SETS)
        ident = f"{given} {family}".lower().translate(_LETTERS)
        yield Person(
            f"{ident}-{number + 1}",
            (given,),
            family,
            female,
            f"{rng.randint(1928, 1958)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            "Kristiansand",
            f"{rng.choice(_STREETS)} {rng.randint(1, 90)}",
            str(4608 + crc32(family.encode()) % 30),
            "ingrid-aanensen",
            HOME,
            problems,
            medicines,
            rng.randint(20, 80),
        )
