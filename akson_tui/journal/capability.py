"""What one server can do: read from its CapabilityStatement, corrected by what is seen when it is asked.

The easy mistake: believing the statement. Servers list what they lack and lack what they list; each row here says what
to think while nobody knows, and `lacks` remembers what an answer has shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from akson_tui.journal.troubles import NotFhir

Json = Mapping[str, Any]


class Ability(StrEnum):
    """Something a FHIR server may lack."""

    CONDITIONAL_CREATE = "conditional-create"
    TRANSACTION = "transaction"
    BATCH = "batch"
    SORT = "sort"
    LAST_UPDATED = "last-updated"
    POST_SEARCH = "post-search"
    IF_MATCH = "if-match"
    SUMMARY = "summary"
    """`_summary=count` and `_elements`: numbers and ids without contents."""


@dataclass(frozen=True, slots=True)
class Row:
    """How an ability is read: `told(rest, resource)` True, False, or None where the statement says nothing.

    `unknown` is what to think then: True tries it and learns, False goes the long way round.
    """

    ability: Ability
    unknown: bool
    told: Callable[[Json, Json], bool | None]


def _interaction(code: str) -> Callable[[Json, Json], bool | None]:
    def told(rest: Json, _resource: Json) -> bool | None:
        listed = _codes(rest.get("interaction"))
        return code in listed if listed else None

    return told


def _conditional_create(_rest: Json, resource: Json) -> bool | None:
    told = resource.get("conditionalCreate")
    return told if isinstance(told, bool) else None


def _last_updated(rest: Json, resource: Json) -> bool | None:
    names = _names(rest.get("searchParam")) | _names(resource.get("searchParam"))
    return True if "_lastUpdated" in names else None


def _if_match(_rest: Json, resource: Json) -> bool | None:
    told = resource.get("versioning")
    return told in ("versioned", "versioned-update") if isinstance(told, str) else None


def _nothing(_rest: Json, _resource: Json) -> bool | None:
    return None


ROWS: Mapping[Ability, Row] = {
    row.ability: row
    for row in (
        Row(Ability.CONDITIONAL_CREATE, False, _conditional_create),
        Row(Ability.TRANSACTION, False, _interaction("transaction")),
        Row(Ability.BATCH, False, _interaction("batch")),
        Row(Ability.SORT, True, _nothing),
        Row(Ability.LAST_UPDATED, True, _last_updated),
        Row(Ability.POST_SEARCH, True, _nothing),
        Row(Ability.IF_MATCH, True, _if_match),
        Row(Ability.SUMMARY, True, _nothing),
    )
}


@dataclass(frozen=True, slots=True)
class TypeTold:
    """What the statement says of one resource type."""

    interactions: frozenset[str]
    params: frozenset[str]
    raw: Json


class Abilities:
    """What is known of one server; unknown until `read` was given its statement, and never less than a guess."""

    def __init__(self) -> None:
        self.known = False
        self.software = ""
        self.fhir_version = ""
        self._rest: Json = {}
        self._types: dict[str, TypeTold] = {}
        self._seen_lacking: set[tuple[Ability, str]] = set()

    def read(self, statement: Json) -> None:
        """Take a CapabilityStatement; what was seen is forgotten. Raises NotFhir where it is none, or not R4."""
        if statement.get("resourceType") != "CapabilityStatement":
            raise NotFhir
        version = statement.get("fhirVersion")
        if not isinstance(version, str) or not version.startswith("4."):
            raise NotFhir(said=f"FHIR {version}" if isinstance(version, str) else "")
        software = statement.get("software")
        parts = [software.get(name) for name in ("name", "version")] if isinstance(software, dict) else []
        self.software = " ".join(part for part in parts if isinstance(part, str))[:200]
        self.fhir_version = version
        self._rest = _server_rest(statement)
        self._types = {}
        resources = self._rest.get("resource")
        for told in resources if isinstance(resources, list) else []:
            if isinstance(told, dict) and isinstance(told.get("type"), str):
                self._types[told["type"]] = TypeTold(
                    frozenset(_codes(told.get("interaction"))), frozenset(_names(told.get("searchParam"))), told
                )
        self._seen_lacking.clear()
        self.known = True

    def has(self, ability: Ability, type_: str = "") -> bool:
        """Whether to count on `ability` (for resources of `type_`)."""
        if (ability, type_) in self._seen_lacking or (ability, "") in self._seen_lacking:
            return False
        row = ROWS[ability]
        told = row.told(self._rest, self._types[type_].raw if type_ in self._types else {}) if self.known else None
        return row.unknown if told is None else told

    def lacks(self, ability: Ability, type_: str = "") -> None:
        """An answer has shown that the server lacks `ability` (for `type_`, or altogether)."""
        self._seen_lacking.add((ability, type_))

    def searchable(self, type_: str) -> bool:
        """Whether to ask for `type_` at all: a type that a known statement does not list is not asked for."""
        if not self.known or not self._types:
            return True
        told = self._types.get(type_)
        return told is not None and (not told.interactions or "search-type" in told.interactions)

    def param(self, type_: str, *names: str) -> str:
        """The first of `names` that the statement lists as a search parameter of `type_`; else the first."""
        told = self._types.get(type_)
        listed = told.params if told is not None else frozenset[str]()
        return next((name for name in names if name in listed), names[0])

    def types_with(self, param: str) -> frozenset[str]:
        """The types that can be searched by `param`."""
        return frozenset(name for name, told in self._types.items() if param in told.params and self.searchable(name))

    def types_that(self, *interactions: str) -> frozenset[str]:
        """The types that the statement gives one of `interactions` (create, update)."""
        return frozenset(name for name, told in self._types.items() if told.interactions.intersection(interactions))


def _server_rest(statement: Json) -> Json:
    rests = statement.get("rest")
    found = [rest for rest in rests if isinstance(rest, dict)] if isinstance(rests, list) else []
    return next((rest for rest in found if rest.get("mode") == "server"), found[0] if found else {})


def _codes(listed: object) -> set[str]:
    return _texts(listed, "code")


def _names(listed: object) -> set[str]:
    return _texts(listed, "name")


def _texts(listed: object, name: str) -> set[str]:
    if not isinstance(listed, list):
        return set()
    return {item[name] for item in listed if isinstance(item, dict) and isinstance(item.get(name), str)}
