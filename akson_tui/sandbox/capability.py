"""What this server says of itself: the CapabilityStatement, made from the tables that search and routes really use.

Nothing is listed by hand that could drift from what is done.
"""

import json
from functools import cache
from typing import Any

from akson_tui.sandbox import instants
from akson_tui.sandbox.params import of_type
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.validate import stored_types

SOFTWARE = "akson-tui sandbox"
DESCRIPTION = "akson-tui sandbox: a journal API with invented people, for demonstration and tests; no real patient data"
INTERACTIONS = (
    *("read", "vread", "update", "patch", "delete"),
    *("history-instance", "history-type", "create", "search-type"),
)
SYSTEM = ("transaction", "batch", "history-system")
EVERYTHING = "http://hl7.org/fhir/OperationDefinition/Patient-everything"
# What a search may ask beside the parameters of its type; `special` is what FHIR calls a parameter of no other kind.
CONTROLS = (
    *(("_count", "number"), ("_sort", "special"), ("_total", "special"), ("_summary", "special")),
    *(("_elements", "special"), ("_include", "special"), ("_revinclude", "special"), ("_has", "special")),
)


def capability_statement(version: str, base: str, started: int, server: Server = FULL) -> bytes:
    """The statement of this kind of server; `started` (ms since 1970) is its date."""
    resources = [_resource(type_, server) for type_ in sorted(stored_types())]
    interactions = [{"code": code} for code in SYSTEM if server.claims(code)]
    rest: dict[str, Any] = {
        "mode": "server",
        "documentation": "Times without zone are taken in Europe/Oslo. Names are folded: å = aa, ø = ö = oe, "
        "æ = ä = ae; each word of a string is found by its beginning. Pages stand still while others write.",
        "resource": resources,
    }
    rest["searchParam"] = [{"name": name, "type": kind} for name, kind in CONTROLS if server.offers(name)]
    if server.claims("search-compartment"):
        rest["compartment"] = ["http://hl7.org/fhir/CompartmentDefinition/patient"]
    if interactions:
        rest["interaction"] = interactions
    statement = {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "experimental": True,
        "date": instants.text(started),
        "kind": "instance",
        "software": {"name": SOFTWARE, "version": version},
        "implementation": {"description": DESCRIPTION, "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        **({"patchFormat": ["application/json-patch+json"]} if server.claims("patch") else {}),
        "rest": [rest],
    }
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":")).encode()


def _resource(type_: str, server: Server) -> dict[str, Any]:
    parameters = [p for p in of_type(type_).values() if server.offers(p.name)]
    one: dict[str, Any] = {
        "type": type_,
        "interaction": [{"code": code} for code in INTERACTIONS if server.claims(code)],
        "versioning": "versioned-update" if server.claims("if-match") else "versioned",
        "readHistory": server.claims("history-instance"),
        "updateCreate": server.claims("update"),
        "conditionalCreate": server.claims("if-none-exist"),
        "conditionalRead": "full-support",
        "conditionalUpdate": server.claims("conditional-update"),
        "conditionalDelete": "single" if server.claims("conditional-delete") else "not-supported",
        "referencePolicy": ["literal", "logical"],
        "searchParam": [{"name": p.name, "type": p.kind} for p in parameters],
    }
    links = [f"{type_}:{p.name}" for p in parameters if p.kind == "reference" and server.offers("_include")]
    if links:
        one["searchInclude"] = links
    back = _referrers().get(type_, []) if server.offers("_revinclude") else []
    if back:
        one["searchRevInclude"] = back
    if type_ == "Patient" and server.claims("everything"):
        one["operation"] = [{"name": "everything", "definition": EVERYTHING}]
    return one


@cache
def _referrers() -> dict[str, list[str]]:
    """By type, the references that may lead to it, as _revinclude names them; those that lead anywhere are left out."""
    found: dict[str, list[str]] = {}
    for type_ in sorted(stored_types()):
        for parameter in of_type(type_).values():
            for target in parameter.targets:
                found.setdefault(target, []).append(f"{type_}:{parameter.name}")
    return found
