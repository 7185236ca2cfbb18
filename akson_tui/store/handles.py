"""Handles: short random names for people (`p7k2`), so that no name or number stands on a command line.

Easy to get wrong: giving a handle to somebody else later. It stands for a patient record and so follows whoever that
record turns out to be; a new one that is taken already is made longer instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from akson_tui.model.ref import PersonId, Ref, ref_from_text, ref_to_text
from akson_tui.store import patients
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

FORM = re.compile(r"p[0-9a-z]{3,8}", re.ASCII)
SHORTEST, LONGEST = 3, 8
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TRIES = 2
"""Names of one length that are tried before a longer one is."""


def give(files: Files, people: Sequence[PersonId]) -> list[str]:
    """The handle of each person, made where there is none yet; '' for one of whom no record was ever heard."""
    with files.tx("precious"):
        return [_of(files, person) for person in people]


def person_of(files: Files, handle: str) -> PersonId:
    """Whom a handle means; '' where it was never given, or was forgotten. Their record may not be held any more."""
    for (patient,) in select(files.precious, "SELECT patient FROM handle WHERE name = ?", (handle,)):
        return patients.person_of(files, ref_from_text(patient))
    return ""


def forget(files: Files, person: PersonId = "") -> None:
    """Take back the handles of one person, or all. To be asked before the person's records go."""
    with files.tx("precious") as precious:
        precious.execute(
            "DELETE FROM handle WHERE ?1 = '' OR patient IN (SELECT value FROM json_each(?2))",
            (person, _records(files, person)),
        )


def _records(files: Files, person: PersonId) -> str:
    return json.dumps([ref_to_text(ref) for ref in patients.refs_of(files, person)])


def _of(files: Files, person: PersonId) -> str:
    for (name,) in select(
        files.precious,
        "SELECT name FROM handle WHERE patient IN (SELECT value FROM json_each(?)) ORDER BY length(name), name LIMIT 1",
        (_records(files, person),),
    ):
        return str(name)
    refs = patients.refs_of(files, person)
    return _new(files, refs[0]) if refs else ""


def _new(files: Files, patient: Ref) -> str:
    for length in range(SHORTEST, LONGEST + 1):
        for _ in range(_TRIES):
            name = "p" + _random(files.ids(), length)
            made = select(
                files.precious,
                "INSERT INTO handle (name, patient) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING name",
                (name, ref_to_text(patient)),
            )
            if made:
                return name
    raise AssertionError("every handle that was tried is taken")


def _random(id_: str, length: int) -> str:
    """`length` letters and digits made of a random id."""
    number = int.from_bytes(blake2b(id_.encode(), digest_size=16).digest())
    letters = []
    for _ in range(length):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)
