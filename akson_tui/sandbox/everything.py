"""`Patient/$everything`: a patient's whole compartment, in pages, with what its resources refer to.

Only what belongs to no patient at all (staff, organisations, medicines, places) is sent along for being referred to:
a note that names another patient must not bring that patient's data.
"""

# ruff: noqa: S608 (the SQL is put together from constants; every value stands behind a question mark)

from collections.abc import Sequence
from typing import Any

from akson_tui.sandbox import pages, subset
from akson_tui.sandbox.compartment import leads, nobodys
from akson_tui.sandbox.outcome import Issue, Trouble, outcome_bytes
from akson_tui.sandbox.pages import Page
from akson_tui.sandbox.store import Session
from akson_tui.sandbox.validate import stored_types

KNOWN = {"_since", "_type", "_count", "_elements", "_summary", "_format", "_pretty", pages.PAGE}


def answer(
    session: Session, ident: str | None, pairs: Sequence[tuple[str, str]], base: str, strict: bool = False
) -> bytes:
    """The searchset Bundle of a patient's compartment, or of all patients' where `ident` is None.

    Raises Trouble 404 or 410 for a patient who is not there, 400 for a parameter without sense."""
    given = dict(pairs)
    ignored = sorted(given.keys() - KNOWN)
    if strict and ignored:
        raise Trouble(
            400, issues=[Issue(f"{name} is not supported for $everything", "not-supported") for name in ignored]
        )
    page = pages.page_of(session, given.get(pages.PAGE))
    count = pages.count_of(given["_count"]) if given.get("_count") else pages.DEFAULT_COUNT
    shape = subset.asked(pairs)
    if ident is not None:
        _is_there(session, ident)
    found = _found(session, ident, page.snapshot)
    where = f"version.seq IN ({found[0]}) AND version.seq <= ? AND until > ? AND deleted = 0"
    values: list[str | int] = [*found[1], page.snapshot, page.snapshot]
    if given.get("_type"):
        types = _types(given["_type"])
        where += f" AND type IN ({', '.join('?' * len(types))})"
        values += types
    if given.get("_since"):
        where += " AND updated >= ?"
        values.append(pages.instant_of("_since", given["_since"]))
    total = session.count(where, values)
    # The patient first, then in the order in which things were written.
    order = "type = 'Patient' DESC, version.seq"
    only_count = shape.summary == "count" or count == 0
    shown = [] if only_count else pages.fitting(session.listed(where, values, order, count, page.offset))
    here = "/".join([base, "Patient", *([ident] if ident else []), "$everything"])
    links = [{"relation": "self", "url": pages.link(here, pairs)}]
    after = page.offset + len(shown)
    if shown and after < total:
        links.append({"relation": "next", "url": pages.link(here, pairs, Page(page.snapshot, after))})
    entries = [pages.entry(base, one, shape.of(one.type, one.body), "match") for one in shown]
    if ignored:
        told = [Issue(f"not supported, ignored: {name}", "not-supported", "", "warning") for name in ignored]
        entries.append(b'{"resource":' + outcome_bytes(told) + b',"search":{"mode":"outcome"}}')
    head = {"meta": {"lastUpdated": pages.time_of(session, page.snapshot)}, "total": total, "link": links}
    return pages.bundle("searchset", head, entries)


def _is_there(session: Session, ident: str) -> None:
    patient = session.current("Patient", ident)
    if patient is None or patient.deleted:
        raise Trouble(
            410 if patient else 404, "there is no such Patient" if patient is None else "this Patient was deleted"
        )


def _types(value: str) -> list[str]:
    types = [one.strip() for one in value.split(",") if one.strip()]
    unknown = [one for one in types if one not in stored_types()]
    if unknown or len(types) > 150:
        raise Trouble(400, "_type names what is no resource type of R4")
    return types


def _found(session: Session, ident: str | None, snapshot: int) -> tuple[str, list[str | int]]:
    """SQL for the sequence numbers: compartment, its Provenance, and what it refers to that is no patient's."""
    pids = [session.pid(type_, name) for type_, name in leads()]
    marks = ", ".join("?" * len(pids))
    if ident is None:
        core = f"SELECT seq FROM link WHERE pid IN ({marks}) AND target >= 'Patient/' AND target < 'Patient0'"
        own, own_values = "SELECT seq FROM version WHERE type = 'Patient'", list[str | int]()
    else:
        core = f"SELECT seq FROM link WHERE pid IN ({marks}) AND target = ?"
        own, own_values = "SELECT seq FROM version WHERE type = 'Patient' AND id = ?", [ident]
    core_values: list[str | int] = [*pids, *([f"Patient/{ident}"] if ident is not None else [])]
    text = (
        f"WITH core AS MATERIALIZED ({core} UNION {own}),"
        " held AS MATERIALIZED (SELECT core.seq, type, id FROM core JOIN version USING (seq)"
        "  WHERE version.seq <= ? AND until > ? AND deleted = 0"
        # Patient.link leads to another record: that one is asked for by itself.
        + ("  AND (type <> 'Patient' OR id = ?)" if ident is not None else "")
        + ")"
        " SELECT seq FROM held"
        " UNION SELECT link.seq FROM held CROSS JOIN link ON pid = ? AND target = held.type || '/' || held.id"
        " UNION SELECT other.seq FROM held CROSS JOIN link ON link.seq = held.seq"
        "  CROSS JOIN version AS other ON other.type = substr(target, 1, instr(target, '/') - 1)"
        "   AND other.id = substr(target, instr(target, '/') + 1)"
        f"  WHERE other.type IN ({', '.join('?' * len(nobodys()))}) AND other.until > ? AND other.seq <= ?"
    )
    values = [*core_values, *own_values, snapshot, snapshot, *([ident] if ident is not None else [])]
    return text, [*values, session.pid("Provenance", "target"), *nobodys(), snapshot, snapshot]


def pairs_of(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    """What a Parameters resource asks, as it would stand in an address. Raises Trouble 400 for anything else."""
    if parameters["resourceType"] != "Parameters":
        raise Trouble(400, "what is posted to an operation is a Parameters resource")
    made = []
    for row in parameters.get("parameter", ()):
        values = [value for key, value in row.items() if key.startswith("value")]
        if len(values) != 1 or isinstance(values[0], (dict, list)):
            raise Trouble(400, "each parameter has a name and one plain value")
        made.append((row["name"], str(values[0])))
    return made
