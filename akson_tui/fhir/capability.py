"""CapabilityStatement: what the server says that it is and takes.

The easy mistake is to take what it does not say for no: `known` tells whether a statement was read at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json
from akson_tui.model.line import SourceState


@dataclass(frozen=True, slots=True)
class Capability:
    """A server in its own words: R4 or not, which software, what may be created and changed, bundles it takes."""

    r4: bool
    software: str
    demo: bool
    creates: frozenset[str] = frozenset()
    updates: frozenset[str] = frozenset()
    conditional_creates: frozenset[str] = frozenset()
    searches: frozenset[tuple[str, str]] = frozenset()
    transaction: bool = False
    batch: bool = False

    def told(self, state: SourceState) -> SourceState:
        """`state` with what the statement says of the source."""
        return replace(
            state, software=self.software, demo=self.demo, creates=self.creates, updates=self.updates, known=True
        )


def read(statement: Json) -> Capability:
    """The statement. Never raises; one that is no CapabilityStatement is not `r4`."""
    software = pick.obj(statement.get("software"))
    name, version = pick.text(software.get("name")), pick.text(software.get("version"))
    rest = next((one for one in pick.objs(statement.get("rest")) if pick.text(one.get("mode")) != "client"), {})
    may: dict[str, set[str]] = {"create": set(), "update": set()}
    conditional: set[str] = set()
    searches: set[tuple[str, str]] = set()
    for row in pick.objs(rest.get("resource")):
        type_ = pick.text(row.get("type"))
        for one in pick.objs(row.get("interaction")):
            may.setdefault(pick.text(one.get("code")), set()).add(type_)
        if pick.true(row.get("conditionalCreate")):
            conditional.add(type_)
        searches.update((type_, pick.text(one.get("name"))) for one in pick.objs(row.get("searchParam")))
    system = {pick.text(one.get("code")) for one in pick.objs(rest.get("interaction"))}
    return Capability(
        r4=statement.get("resourceType") == "CapabilityStatement"
        and pick.text(statement.get("fhirVersion")).startswith(("4.0", "4.3")),
        software=f"{name} {version}".strip(),
        demo=_is_sandbox(name),
        creates=frozenset(may["create"]),
        updates=frozenset(may["update"]),
        conditional_creates=frozenset(conditional),
        searches=frozenset(searches),
        transaction="transaction" in system,
        batch="batch" in system,
    )


def _is_sandbox(software: str) -> bool:
    """Whether this is our own sandbox, by the name that it gives itself: its people are invented."""
    said = software.casefold()
    return said.startswith("akson") and "sandbox" in said
