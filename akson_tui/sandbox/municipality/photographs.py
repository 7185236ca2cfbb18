"""Photographs of wounds as documents: a picture with its size and date, and what it shows in words."""

from random import Random

from . import papers, picture
from .journals import Journal
from .measurements import told
from .resources import Resource


def wound(journal: Journal, days_ago: int, length: float | None = None) -> Resource:
    """A photograph beside the size measured with it; the text stands in the description, since the picture has none."""
    # Its own chance: a picture more or less must not change the journal.
    rng = Random(f"photograph:{journal.seed}:{journal.person.ident}:{days_ago}")
    long = round(length or rng.uniform(1.4, 4.2), 1)
    wide = round(long * 0.62 + 0.1, 1)
    when = journal.clock.at(days_ago, 10, rng.randrange(60))
    who = journal.person.team[0]
    journal.measure(when, who, {"ulcer-length": long, "ulcer-width": wide})
    data = picture.wound(rng, long, wide, rng.randrange(10, 60, 5))
    file = papers.file(data, "image/png", f"leggsår {when[:10]}.png", when)
    note = journal.note(when, who, "", title="Sårbilde", file=file)
    note["description"] = f"Leggsår, {told('ulcer-length', long)} x {told('ulcer-width', wide)} cm"
    return note


def apart(journal: Journal, note: Resource) -> None:
    """Moves a document's bytes into a Binary, as servers do with large ones; the note keeps its address."""
    held = note["content"][0]["attachment"]
    binary: Resource = {
        "resourceType": "Binary",
        "id": f"{note['id']}-bytes",
        "contentType": held["contentType"],
        "securityContext": {"reference": f"DocumentReference/{note['id']}"},
        "data": held.pop("data"),
    }
    held["url"] = f"Binary/{binary['id']}"
    journal.standing.append(binary)
