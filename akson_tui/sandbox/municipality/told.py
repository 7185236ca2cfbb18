"""Entries told by hand in a text file, oldest first: for the people of whom each entry matters.

A row may be given a `name`, by which a later row points to it (`contact`, `replaces`, `appends`). `label` keeps it from
somebody (Volven 9603), `file` puts the text into a document of that format instead of showing it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from . import papers
from .journals import Journal
from .named import patient
from .resources import Resource
from .staff import clinician, workplace

Row = dict[str, Any]
Named = dict[str, Resource]


def _pdf(journal: Journal, when: str, row: Row) -> Resource:
    who = clinician(row["who"])
    head = f"{workplace(who.place).name}\nPasient: {journal.person.name}\n\n"
    return papers.file(
        papers.pdf(row["title"], head + row["text"]), "application/pdf", f"{row['title']}.pdf", when, who.language
    )


def _rtf(journal: Journal, when: str, row: Row) -> Resource:
    return papers.file(papers.rtf(row["text"]), "application/rtf", f"{row['title']}.rtf", when, "nb")


def _cda(journal: Journal, when: str, row: Row) -> Resource:
    number = patient(journal.person, journal.clock)["identifier"][0]
    who = clinician(row["who"])
    made = papers.cda(
        f"{journal.person.ident}-cda",
        row["title"],
        when,
        (number["value"], number["system"].removeprefix("urn:oid:"), journal.person.name),
        who.name,
        workplace(who.place).name,
        row["text"],
    )
    return papers.file(made, "application/hl7-cda+xml", f"{row['title']}.xml", when, who.language)


_FILES: dict[str, Callable[[Journal, str, Row], Resource]] = {"pdf": _pdf, "rtf": _rtf, "cda": _cda}


def _note(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    note = journal.note(
        when,
        row["who"],
        row["text"],
        title=row["title"],
        kind=row.get("code", "B02-2"),
        content_type=row.get("format", "text/plain"),
        encounter=named[row["contact"]] if "contact" in row else None,
        file=_FILES[row["file"]](journal, when, row) if "file" in row else None,
    )
    if "replaces" in row:
        journal.replace(named[row["replaces"]], note)
    if "appends" in row:
        journal.append(named[row["appends"]], note)
    if row.get("signed", False):
        journal.signed(note, row["who"])
    return note


def _measure(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.measure(when, row["who"], row["values"])[0]


def _news2(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.news2(when, row["who"], row["values"], scale2=row.get("scale2", True))


def _laboratory(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.laboratory(when, row["who"], row["values"], row.get("text", ""))


def _message(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.message(when, row["title"], row["who"], row["to"], row["text"])


def _contact(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.encounter(when, row.get("minutes", 30), row["who"], row.get("class", "HH"), row["title"])


def _referral(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.referral(when, row["who"], row["text"], row["to"])


def _procedure(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.procedure(when, row["who"], row["text"])


def _vaccine(journal: Journal, when: str, row: Row, named: Named) -> Resource:
    return journal.vaccine(when, row["who"], row["atc"], row["text"])


_WRITERS: dict[str, Callable[[Journal, str, Row, Named], Resource]] = {
    "note": _note,
    "measure": _measure,
    "news2": _news2,
    "laboratory": _laboratory,
    "message": _message,
    "contact": _contact,
    "referral": _referral,
    "procedure": _procedure,
    "vaccine": _vaccine,
}


def tell(journal: Journal, rows: Sequence[Row]) -> None:
    """Writes the entries, oldest first."""
    named: Named = {}
    for row in rows:
        when = journal.clock.at(row["days_ago"], row["at"].hour, row["at"].minute)
        before = len(journal.entries)
        made = _WRITERS[row["kind"]](journal, when, row, named)
        if "label" in row:
            for entry in journal.entries[before:]:
                journal.withhold(entry, row["label"])
        if "name" in row:
            named[row["name"]] = made
