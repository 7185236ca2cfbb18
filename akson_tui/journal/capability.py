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
from akson_tui.model.line import Lack

Json = Mapping[str, Any]
NOTE = "DocumentReference"
"""What we write before all else: what a server lacks for it is what is told."""


class Ability(StrEnum):
    """Something a FHIR server may lack."""

    CREATE = "create"
    """`POST Type`."""
    CONDITIONAL_CREATE = "conditional-create"
    TRANSACTION = "transaction"
    BATCH = "batch"
    IF_MATCH = "if-match"
    """It refuses an update of another version than the present one."""
    PATIENT = "patient"
    """It heeds `patient` and `subject`."""
    REFERENCE = "reference"
    """Its resources name the patient by reference, not by identifier only."""
    POST_SEARCH = "post-search"
    SORT = "sort"
    LAST_UPDATED = "last-updated"
    NEXT = "next"
    """Long answers come in pages with a link to the next."""
    TOTAL = "total"
    """`_summary=count`, and how many there are."""
    ELEMENTS = "elements"
    """`_elements`: ids without contents."""
    HISTORY = "history"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Row:
    """How an ability is read, and what is done without it.

    `told(rest, resource)` is True, False, or None where the statement says nothing; `unknown` is what to think then:
    True tries it and learns, False goes the long way round. `instead` is for docs/fhir.md, whose table is made from
    these rows; `tells` what a clinician is told, None where everything is as it would be. `writing`: nothing is lacking
    where nothing can be written anyway.
    """

    ability: Ability
    unknown: bool
    told: Callable[[Json, Json], bool | None]
    instead: str
    tells: Lack | None = None
    writing: bool = False


def _interaction(code: str) -> Callable[[Json, Json], bool | None]:
    def told(rest: Json, _resource: Json) -> bool | None:
        listed = _codes(rest.get("interaction"))
        return code in listed if listed else None

    return told


def _of_type(code: str) -> Callable[[Json, Json], bool | None]:
    def told(_rest: Json, resource: Json) -> bool | None:
        listed = _codes(resource.get("interaction"))
        return code in listed if listed else None

    return told


def _conditional_create(_rest: Json, resource: Json) -> bool | None:
    told = resource.get("conditionalCreate")
    return told if isinstance(told, bool) else None


def _control(name: str) -> Callable[[Json, Json], bool | None]:
    """A parameter for all types: lacking only where others of its kind are listed, for many statements list none."""

    def told(rest: Json, resource: Json) -> bool | None:
        listed = _names(rest.get("searchParam"))
        if name in listed or name in _names(resource.get("searchParam")):
            return True
        return False if listed & _RESULTS else None

    return told


_RESULTS = frozenset(("_count", "_sort", "_summary", "_total", "_elements", "_include"))
"""Parameters that say how an answer is to look; R4 does not ask that they be listed."""


def _if_match(_rest: Json, resource: Json) -> bool | None:
    told = resource.get("versioning")
    return told == "versioned-update" if isinstance(told, str) else None


def _reference(_rest: Json, resource: Json) -> bool | None:
    listed = resource.get("referencePolicy")
    if not isinstance(listed, list) or "logical" not in listed:
        return None
    return "literal" in listed


def _everything(rest: Json, _resource: Json) -> bool | None:
    resources = rest.get("resource")
    for one in resources if isinstance(resources, list) else []:
        if isinstance(one, dict) and one.get("type") == "Patient":
            return "everything" in {name.lstrip("$") for name in _names(one.get("operation"))}
    return None


def _nothing(_rest: Json, _resource: Json) -> bool | None:
    return None


ROWS: Mapping[Ability, Row] = {
    row.ability: row
    for row in (
        Row(
            Ability.CREATE,
            True,
            _of_type("create"),
            "where the server takes an update to an id that is not there (updateCreate), a new resource goes by PUT "
            "to an id of ours, and is looked for by that id after a lost answer; where it takes neither, no note is "
            "offered",
            writing=True,
        ),
        Row(
            Ability.CONDITIONAL_CREATE,
            False,
            _conditional_create,
            "after a lost answer our identifier is sought, and only what is missing is sent; a search that was not "
            "answered is not taken for no",
            Lack.TWICE,
            writing=True,
        ),
        Row(
            Ability.TRANSACTION,
            False,
            _interaction("transaction"),
            "the parts of an act go one by one, the Provenance last; what is done is written down part by part, and "
            "whoever goes on sends only what is missing",
            Lack.PIECEMEAL,
            writing=True,
        ),
        Row(Ability.BATCH, False, _interaction("batch"), "searches go one by one, three at a time"),
        Row(
            Ability.IF_MATCH,
            True,
            _if_match,
            "before a change is sent, what is there is read, and its version compared here; If-Match goes along all "
            "the same, and the version that the answer names is compared too",
            Lack.GUARD,
            writing=True,
        ),
        Row(
            Ability.PATIENT,
            True,
            _nothing,
            "every row of every answer must name the patient who was asked for, by reference or by number: all else is "
            "dropped before anything is kept. Pages are followed to the end, and each fetch looks through all of them",
            Lack.STRANGERS,
        ),
        Row(
            Ability.REFERENCE,
            True,
            _reference,
            "the patient is asked for by `patient:identifier` in the body of a POST; a row that gives a number only is "
            "taken where the number, with its system, is this person's",
        ),
        Row(
            Ability.POST_SEARCH,
            True,
            _nothing,
            "searches go by GET; those that name a person only with the site's leave (`get_search`), else they are not "
            "made and it is said that the journal does not have this service",
            Lack.ADDRESS,
        ),
        Row(
            Ability.SORT,
            True,
            _control("_sort"),
            "a long list is fetched whole; until it is, the timeline claims no more than what is certain",
            Lack.ORDER,
        ),
        Row(
            Ability.LAST_UPDATED,
            True,
            _control("_lastUpdated"),
            "newest first until a page holds only known versions, else all of it, compared by meta.versionId",
            Lack.NEWS,
        ),
        Row(
            Ability.NEXT,
            True,
            _nothing,
            "older rows are asked for by date; a list without a date in one page as large as its total; what cannot be "
            "had is said to be partial",
            Lack.PAGES,
        ),
        Row(Ability.TOTAL, True, _nothing, "lists are compared by ids and versions where they would be by number"),
        Row(Ability.ELEMENTS, True, _control("_elements"), "whole resources are fetched where ids would do"),
        Row(
            Ability.HISTORY,
            False,
            _of_type("history-instance"),
            "it is not needed: a correction is a resource of its own, and what is gone is noticed by comparing",
        ),
        Row(
            Ability.EVERYTHING,
            False,
            _everything,
            "it is not needed: each type is searched by patient, newest first, as many as are looked at",
        ),
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
        self.learned: Callable[[], None] = lambda: None
        """Called when an answer has shown that something is lacking."""
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
        told = self._told(ability, type_)
        return ROWS[ability].unknown if told is None else told

    def _told(self, ability: Ability, type_: str) -> bool | None:
        if not self.known:
            return None
        return ROWS[ability].told(self._rest, self._types[type_].raw if type_ in self._types else {})

    def lacks(self, ability: Ability, type_: str = "") -> None:
        """An answer has shown that the server lacks `ability` (for `type_`, or altogether)."""
        if (ability, type_) not in self._seen_lacking:
            self._seen_lacking.add((ability, type_))
            self.learned()

    def lacking(self) -> frozenset[Ability]:
        """What the server is known to lack: by its own word about notes, or seen, be it for one type only."""
        seen = {ability for ability, _type in self._seen_lacking}
        told = {ability for ability in Ability if self._told(ability, NOTE) is False}
        # what has our own name cannot be made twice
        needless = {Ability.CONDITIONAL_CREATE} if self.named_by_us(NOTE) else set()
        return frozenset((seen | told) - needless)

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

    def named_by_us(self, type_: str) -> bool:
        """Whether a new resource of `type_` goes by PUT to an id of ours, because POST is not taken."""
        told = self._types.get(type_)
        if told is None or "update" not in told.interactions or told.raw.get("updateCreate") is not True:
            return False
        return not self.has(Ability.CREATE, type_)

    def takes(self) -> frozenset[str]:
        """The types of which new resources can be made, by POST or by PUT."""
        return self.types_that("create") | {name for name in self._types if self.named_by_us(name)}


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
