"""Turns one criterion of a search into SQL on the index tables.

The first, most telling criterion leads: its rows are the candidates. The others are asked about each candidate, or
looked up once where the index cannot answer for a single row. Values are always bound, never written into the SQL.
"""

# ruff: noqa: S608 (the SQL is put together from constants of this module; every value stands behind a question mark)

import re
from collections.abc import Iterable
from typing import NamedTuple

from akson_tui.sandbox import amounts, instants
from akson_tui.sandbox.compartment import leads_of
from akson_tui.sandbox.fold import words
from akson_tui.sandbox.indexing import MAX_VALUE, target_of
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.params import Parameter
from akson_tui.sandbox.query import Criterion
from akson_tui.sandbox.store import Session

Value = str | int | float


class Sql(NamedTuple):
    """A piece of SQL and the values for its question marks."""

    text: str
    values: list[Value]


class Rows(NamedTuple):
    """The rows of an index table that match: `FROM table WHERE where`; `once` where it cannot be asked row by row.

    `table` may be a SELECT of its own; `where` then has its values."""

    table: str
    where: Sql
    once: bool = False


class Asked(NamedTuple):
    """A criterion in SQL: a condition on the version itself, or index rows that must (not) be there.

    `rank`: how few it will leave, lowest first."""

    rank: int
    on_version: Sql | None = None
    rows: Rows | None = None
    negated: bool = False


def any_of(parts: Iterable[Sql]) -> Sql:
    """The pieces joined by OR."""
    listed = list(parts)
    if len(listed) == 1:
        return listed[0]
    return Sql("(" + " OR ".join(part.text for part in listed) + ")", [v for part in listed for v in part.values])


def asked(session: Session, criterion: Criterion, snapshot: int, base: str) -> list[Asked]:
    """The SQL of a criterion: one piece, or several that must all hold. Raises Trouble 400 for values without sense."""
    parameter = criterion.parameter
    if parameter.name == "_id":
        marks = ", ".join("?" * len(criterion.values))
        return [Asked(0, Sql(f"version.id IN ({marks})", list(criterion.values)))]
    if parameter.name == "_lastUpdated":
        return [Asked(5, any_of(_updated(value) for value in criterion.values))]
    if criterion.back:
        return [_has(session, criterion, snapshot, base)]
    if criterion.chain:
        return [_chain(session, criterion, snapshot, base)]
    pid = session.pid(parameter.type, parameter.name)
    if criterion.modifier == "missing":
        rows = Rows(TABLES[parameter.kind], Sql("pid = ?", [pid]), once=True)
        return [Asked(6, rows=rows, negated=criterion.values == ("true",))]
    if parameter.kind == "string":
        return _string(session, criterion)
    if parameter.kind == "date":
        parts = (_date(value) for value in criterion.values)
        return [Asked(4, rows=Rows("moment", _for(pid, any_of(parts))))]
    if parameter.kind in AMOUNTS:
        read = AMOUNTS[parameter.kind]
        parts = (Sql(*read(value)) for value in criterion.values)
        return [Asked(4, rows=Rows("amount", _for(pid, any_of(parts))))]
    if parameter.kind == "reference" and criterion.modifier != "identifier":
        return [Asked(1, rows=Rows("link", _for(pid, _targets(parameter, criterion, base))))]
    if criterion.modifier == "identifier":
        pid = session.pid(parameter.type, parameter.name + ":identifier")
    tokens = any_of(_token(value, parameter.kind) for value in criterion.values)
    rank = 1 if "identifier" in (parameter.name, criterion.modifier) else 5 if parameter.name == "status" else 3
    # SYSTEM| alone has no value to look a row up by.
    once = any(re.search(r"(?<!\\)\|$", value) for value in criterion.values)
    negated = criterion.modifier == "not"
    return [Asked(9 if negated else rank, rows=Rows("token", _for(pid, tokens), once), negated=negated)]


TABLES = {
    "token": "token",
    "uri": "token",
    "string": "word",
    "date": "moment",
    "reference": "link",
    "number": "amount",
    "quantity": "amount",
}
AMOUNTS = {"number": amounts.number, "quantity": amounts.quantity}


def _for(pid: int, rest: Sql) -> Sql:
    return Sql("pid = ? AND " + rest.text, [pid, *rest.values])


def _plain(value: str) -> str:
    return re.sub(r"\\([\\,|$])", r"\1", value)


def _token(value: str, kind: str) -> Sql:
    parts = [_plain(part)[:MAX_VALUE] for part in re.split(r"(?<!\\)\|", value)]
    if len(parts) == 1 or kind == "uri":
        return Sql("value = ?", [_plain(value)[:MAX_VALUE]])
    if len(parts) > 2:
        raise Trouble(400, "a token is CODE, SYSTEM|CODE, SYSTEM| or |CODE")
    system, code = parts
    if not code:
        return Sql("system = ?", [system])
    return Sql("value = ? AND system = ?", [code, system])


def _string(session: Session, criterion: Criterion) -> list[Asked]:
    """Each word of the value begins a word of the element, in whatever order."""
    parameter = criterion.parameter
    if criterion.modifier == "exact":
        pid = session.pid(parameter.type, parameter.name + ":exact")
        exact = any_of(Sql("value = ?", [_plain(value)[:MAX_VALUE]]) for value in criterion.values)
        return [Asked(2, rows=Rows("word", _for(pid, exact)))]
    pid = session.pid(parameter.type, parameter.name)
    if len(criterion.values) == 1:
        return [
            Asked(2 if criterion.modifier == "" else 6, rows=Rows("word", _for(pid, _word(word, criterion)), once=True))
            for word in words(_plain(criterion.values[0]))
        ] or [Asked(0, Sql("0", []))]
    # Alternatives: in each, all words; an intersection within the subquery.
    parts = []
    for value in criterion.values:
        wanted = [_for(pid, _word(word, criterion)) for word in words(_plain(value))]
        if wanted:
            text = " INTERSECT ".join("SELECT seq FROM word WHERE " + sql.text for sql in wanted)
            parts.append(Sql(f"version.seq IN ({text})", [v for sql in wanted for v in sql.values]))
    return [Asked(2, any_of(parts) if parts else Sql("0", []))]


def _word(word: str, criterion: Criterion) -> Sql:
    if criterion.modifier == "contains":
        return Sql("value GLOB ?", [f"*{word}*"])
    return Sql("value >= ? AND value < ?", [word, word + "\U0010ffff"])


def _targets(parameter: Parameter, criterion: Criterion, base: str) -> Sql:
    wanted: list[Value] = []
    for value in criterion.values:
        plain = target_of(_plain(value), base)
        if "/" in plain or ":" in plain:
            wanted.append(plain)
        elif criterion.modifier:
            wanted.append(f"{criterion.modifier}/{plain}")
        elif parameter.targets == ("*",):
            raise Trouble(400, f"{parameter.name} leads to any type: name it, as in Patient/{'{id}'}")
        else:
            wanted += [f"{target}/{plain}" for target in parameter.targets]
    return Sql(f"target IN ({', '.join('?' * len(wanted))})", wanted)


def _searched_date(value: str) -> tuple[str, int, int]:
    """Prefix, and the range [a, b) that the value means. Raises Trouble 400."""
    # A plus that was not escaped in a URL arrives as a space.
    found = re.fullmatch(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d.*)", value.strip().replace(" ", "+"), re.ASCII)
    try:
        a, b = instants.instant(found[2] if found else "")
    except (ValueError, OverflowError):
        raise Trouble(
            400, "a date is YYYY, YYYY-MM, YYYY-MM-DD or with time, after eq ne gt lt ge le sa eb ap"
        ) from None
    return (found[1] if found else None) or "eq", a, b


def _date(value: str) -> Sql:
    """R4's prefixes on ranges: the value's range [a, b) against the element's [low, high)."""
    prefix, a, b = _searched_date(value)
    if prefix == "ap":
        room = max(86_400_000, b - a)
        return Sql("(low < ? AND high > ?)", [b + room, a - room])
    text, values = {
        "eq": ("(low >= ? AND low < ? AND high <= ?)", [a, b, b]),
        "ne": ("(low < ? OR high > ?)", [a, b]),
        "gt": ("high > ?", [b]),
        "lt": ("low < ?", [a]),
        "ge": ("(high > ? OR (low >= ? AND high <= ?))", [b, a, b]),
        "le": ("(low < ? OR (low >= ? AND high <= ?))", [a, a, b]),
        "sa": ("low >= ?", [b]),
        "eb": ("high <= ?", [a]),
    }[prefix]
    return Sql(text, list[Value](values))


def _updated(value: str) -> Sql:
    """The same on `version.updated`, which is one moment, so that its index serves."""
    prefix, a, b = _searched_date(value)
    if prefix == "ap":
        room = max(86_400_000, b - a)
        return Sql("(updated >= ? AND updated < ?)", [a - room, b + room])
    text, values = {
        "eq": ("(updated >= ? AND updated < ?)", [a, b]),
        "ne": ("(updated < ? OR updated >= ?)", [a, b]),
        "gt": ("updated >= ?", [b]),
        "lt": ("updated < ?", [a]),
        "ge": ("updated >= ?", [a]),
        "le": ("updated < ?", [b]),
        "sa": ("updated >= ?", [b]),
        "eb": ("updated < ?", [a]),
    }[prefix]
    return Sql(text, list[Value](values))


def _chain(session: Session, criterion: Criterion, snapshot: int, base: str) -> Asked:
    """What a reference leads to; `.identifier` finds also those that are named by their identifier only."""
    parameter = criterion.parameter
    links = []
    for inner in criterion.chain:
        found = select(session, inner.type, [inner], snapshot, base, "version.type || '/' || version.id")
        links.append(Sql(f"target IN ({found.text})", found.values))
    where = _for(session.pid(parameter.type, parameter.name), any_of(links))
    parts = [Sql(f"SELECT seq FROM link WHERE {where.text}", where.values)]
    if criterion.chain[0].parameter.name == "identifier" and not criterion.chain[0].modifier:
        logical = asked(session, Criterion(parameter, "identifier", criterion.chain[0].values), snapshot, base)[0].rows
        if logical:
            parts.append(Sql(f"SELECT seq FROM token WHERE {logical.where.text}", logical.where.values))
    union = " UNION ".join(part.text for part in parts)
    return Asked(2, rows=Rows(f"({union})", Sql("true", [v for part in parts for v in part.values]), once=True))


def _has(session: Session, criterion: Criterion, snapshot: int, base: str) -> Asked:
    """What is referred to, by `parameter`, from a resource that meets the inner criterion."""
    parameter = criterion.parameter
    found = select(session, parameter.type, criterion.chain, snapshot, base, "version.seq")
    pid = session.pid(parameter.type, parameter.name)
    text = f"SELECT target FROM link WHERE pid = ? AND seq IN ({found.text})"
    return Asked(7, Sql(f"version.type || '/' || version.id IN ({text})", [pid, *found.values]))


def _compartment(session: Session, type_: str, patient: str) -> Asked:
    """What belongs to a patient. Raises Trouble 404 for a type that belongs to none."""
    pids: list[Value] = [session.pid(type_, name) for name in leads_of(type_)]
    if not pids:
        raise Trouble(404, f"{type_} is not in a patient's compartment")
    marks = ", ".join("?" * len(pids))
    return Asked(1, rows=Rows("link", Sql(f"pid IN ({marks}) AND target = ?", [*pids, f"Patient/{patient}"])))


def select(
    session: Session,
    type_: str,
    criteria: Iterable[Criterion],
    snapshot: int,
    base: str,
    what: str,
    within: str = "",
) -> Sql:
    """A SELECT of `what` from the versions of a type that hold at `snapshot` and meet all criteria, in no order; with
    `within`, only of that patient's compartment."""
    pieces = [piece for criterion in criteria for piece in asked(session, criterion, snapshot, base)]
    if within:
        pieces.append(_compartment(session, type_, within))
    pieces.sort(key=lambda one: one.rank)
    lead = next((p.rows for p in pieces if p.rows and not p.negated and pieces[0].on_version is None), None)
    if lead is None:
        text, values = f"SELECT {what} FROM version WHERE version.type = ?", list[Value]([type_])
    else:
        text = (
            f"SELECT {what} FROM (SELECT DISTINCT seq FROM {lead.table} WHERE {lead.where.text}) AS lead"
            " CROSS JOIN version ON version.seq = lead.seq WHERE version.type = ?"
        )
        values = [*lead.where.values, type_]
    text += " AND version.seq <= ? AND version.until > ? AND version.deleted = 0"
    values += [snapshot, snapshot]
    for piece in pieces:
        if piece.on_version is not None:
            text += " AND " + piece.on_version.text
            values += piece.on_version.values
        elif piece.rows is not None and piece.rows is not lead:
            table, where, once = piece.rows
            sense = "NOT " if piece.negated else ""
            if once or piece.negated:
                text += f" AND version.seq {sense}IN (SELECT seq FROM {table} WHERE {where.text})"
            else:
                text += f" AND EXISTS (SELECT 1 FROM {table} WHERE {where.text} AND seq = version.seq)"
            values += where.values
    return Sql(text, values)
