"""Makes schema.ndjson.gz and the tables beside it from the published R4 definitions; run by hand, never at run time.

The published JSON schema alone is too kind: it lets a missing status, two values of one choice, 1.5 where an integer
belongs and (for a third of the required bindings) any code pass. What it lacks is taken from the StructureDefinitions.

    python build.py SCHEMA_PACKAGE DEFINITIONS_R4      (the two unpacked folders that NOTICE names)
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).parent
PRIMITIVE_PREFIX = "http://hl7.org/fhirpath/System."
# Control characters pass, as they do in the published pattern: R4 says SHOULD NOT, and a client must survive them.
TEXT = "\\S"
# Primitives made anew: the published pattern refuses a no-break space, and numbers have no usable pattern.
PRIMITIVES: dict[str, Json] = {
    "string": {"type": "string", "pattern": TEXT},
    "markdown": {"type": "string", "pattern": TEXT},
    "uri": {"type": "string", "pattern": "^\\S+$"},
    "url": {"type": "string", "pattern": "^\\S+$"},
    "canonical": {"type": "string", "pattern": "^\\S+$"},
    "boolean": {"type": "boolean"},
    "decimal": {"type": "number"},
    "integer": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647},
    "unsignedInt": {"type": "integer", "minimum": 0, "maximum": 2147483647},
    "positiveInt": {"type": "integer", "minimum": 1, "maximum": 2147483647},
    "base64Binary": {"type": "string", "format": "fhir-base64"},
    "xhtml": {"type": "string", "pattern": "^\\s*<div[\\s>/]"},
}
FORMATTED = {"date", "dateTime", "instant"}
# A filter that only a terminology server can expand; the value set is these six.
CLOSED = {"http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification": {"": list("ULMNRV")}}


class Definitions:
    """The published files, side by side."""

    def __init__(self, schema_package: Path, r4: Path) -> None:
        self.schema: Json = json.loads((schema_package / "fhir.schema.json").read_text())["definitions"]
        self.structures: dict[str, Json] = {}
        for name in ("profiles-types.json", "profiles-resources.json"):
            for entry in json.loads((r4 / name).read_text())["entry"]:
                made = entry["resource"]
                if made["resourceType"] == "StructureDefinition" and made.get("derivation") != "constraint":
                    self.structures[made["id"]] = made
        self.terms = {
            entry["resource"]["url"]: entry["resource"]
            for entry in json.loads((r4 / "valuesets.json").read_text())["entry"]
        }
        self.parameters = [e["resource"] for e in json.loads((r4 / "search-parameters.json").read_text())["entry"]]
        self.elements = {
            element["path"]: element for made in self.structures.values() for element in made["snapshot"]["element"]
        }

    def place(self, path: str) -> tuple[str, str] | None:
        """The schema definition that holds an element, and the element's name there."""
        first, *steps = path.split(".")
        name = first
        for step in steps[:-1]:
            held = self.schema.get(name, {}).get("properties", {}).get(step)
            ref = held and (held.get("$ref") or held.get("items", {}).get("$ref"))
            if not ref:
                return None
            name = ref.rpartition("/")[2]
        return (name, steps[-1]) if name in self.schema else None

    def codes(self, url: str) -> dict[str, list[str]] | None:
        """All codes of a value set by system; None where they cannot be listed."""
        url = url.partition("|")[0]
        if url in CLOSED:
            return CLOSED[url]
        if url not in self.terms:
            return None
        found: dict[str, list[str]] = {}
        compose = self.terms[url].get("compose", {})
        if "exclude" in compose:
            return None
        for include in compose.get("include", []):
            if "filter" in include:
                return None
            for other in include.get("valueSet", []):
                inner = self.codes(other)
                if inner is None:
                    return None
                for system, codes in inner.items():
                    found.setdefault(system, []).extend(codes)
            if "system" in include:
                concepts = include.get("concept")
                if concepts is None:
                    listed = self.terms.get(include["system"])
                    if listed is None or listed.get("content") != "complete":
                        return None
                    concepts = list(_flat(listed.get("concept", [])))
                found.setdefault(include["system"], []).extend(concept["code"] for concept in concepts)
        return found or None


def _flat(concepts: list[Json]) -> Iterator[Json]:
    for concept in concepts:
        yield concept
        yield from _flat(concept.get("concept", []))


def _kind(code: str) -> str:
    return "string" if code.startswith(PRIMITIVE_PREFIX) else code


def _choice_names(stem: str, element: Json) -> list[str]:
    return [stem + kind[0].upper() + kind[1:] for kind in (_kind(t["code"]) for t in element.get("type", []))]


def schema_lines(given: Definitions) -> Iterator[str]:
    """One line per definition: [name, JSON schema, rules that JSON schema cannot say well]."""
    patterns = {
        made["pattern"]: name for name, made in given.schema.items() if "pattern" in made and made["type"] == "string"
    }
    rules: dict[str, Json] = {}
    enums: dict[tuple[str, str], list[str]] = {}
    for path, element in given.elements.items():
        if "." not in path:
            continue
        place = given.place(path)
        if place is None:
            continue
        owner, name = place
        rule = rules.setdefault(owner, {"required": [], "choices": [], "codes": {}})
        if name.endswith("[x]"):
            names = _choice_names(name[:-3], element)
            if len(names) > 1 and names not in rule["choices"]:
                rule["choices"].append(names)
            if element["min"] > 0:
                rule["required"].append(names)
            continue
        if element["min"] > 0 and name not in given.schema[owner].get("required", []):
            rule["required"].append([name])
        binding = element.get("binding", {})
        if binding.get("strength") == "required" and "valueSet" in binding:
            codes = given.codes(binding["valueSet"])
            if codes is None:
                continue
            if [t["code"] for t in element["type"]] == ["code"]:
                enums[place] = sorted({code for listed in codes.values() for code in listed})
            else:
                rule["codes"][name] = codes
    for name, published in given.schema.items():
        if name == "ResourceList":
            continue
        made = _definition(name, published, patterns, enums)
        kept = {key: value for key, value in rules.get(name, {}).items() if value}
        yield json.dumps([name, made, kept], ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _definition(name: str, published: Json, patterns: dict[str, str], enums: dict[tuple[str, str], list[str]]) -> Json:
    if name in PRIMITIVES:
        return PRIMITIVES[name]
    if "properties" not in published:
        made: Json = {key: published[key] for key in ("type", "pattern") if key in published}
        if name in FORMATTED:
            made["format"] = "fhir-date"
        return made
    properties = {}
    for key, value in published["properties"].items():
        listed = value.get("type") == "array"
        one = _property(value["items"] if listed else value, patterns)
        if (name, key) in enums:
            one = {"enum": enums[name, key]}
        if listed:
            primitive = "_" + key in published["properties"] or key.startswith("_")
            one = {"type": "array", "minItems": 1, "items": {"anyOf": [one, {"type": "null"}]} if primitive else one}
        properties[key] = one
    if "resourceType" in properties and "_" not in name:
        # The schema says "Any Metadata Resource"; nothing is gained by checking the description's word.
        properties["resourceType"] = {"const": name}
    made = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
    if published.get("required"):
        made["required"] = published["required"]
    return made


def _property(value: Json, patterns: dict[str, str]) -> Json:
    if value.get("$ref") == "#/definitions/ResourceList":
        return {"type": "object", "required": ["resourceType"]}
    if "$ref" in value:
        return {"$ref": value["$ref"]}
    if "enum" in value:
        return {"enum": value["enum"]}
    if "const" in value:
        return {"const": value["const"]}
    if value.get("type") == "string" and value.get("pattern") in patterns:
        return {"$ref": "#/definitions/" + patterns[value["pattern"]]}
    if value.get("type") == "number" and "pattern" in value:
        return {"$ref": "#/definitions/" + NUMBERS[value["pattern"]]}
    if value.get("type") == "boolean":
        return {"type": "boolean"}
    return {key: value[key] for key in ("type", "pattern") if key in value}


NUMBERS: dict[str, str] = {}


# What the index can read (indexing.READERS): Attachment and dates in prose are none of it.
READ = {
    "reference": {"Reference", "canonical", "uri"},
    "token": {"CodeableConcept", "Coding", "code", "Identifier", "ContactPoint", "boolean", "id"}
    | {"string", "uri", "canonical", "dateTime"},
    "string": {"string", "markdown", "HumanName", "Address"},
    "date": {"date", "dateTime", "instant", "Period", "Timing"},
    "uri": {"uri", "url", "canonical"},
    "number": {"decimal", "integer", "positiveInt", "unsignedInt", "Range"},
    "quantity": {"Quantity", "Age", "Duration", "Money", "Range", "SampledData"},
}
WHERE = re.compile(r"\.where\((?:resolve\(\) is (\w+)|(\w+)='([\w-]+)')\)")
# `phonetic` promises more than folding can keep.
LEFT_OUT = {"phonetic"}


def parameter_lines(given: Definitions) -> Iterator[str]:
    """Type, name, kind, `path:datatype[(filter)]` alternatives, target types (* = any): one line for each."""
    yield "# type\tname\tkind\tpaths\ttargets"
    rows = set()
    for parameter in given.parameters:
        if parameter["type"] not in READ or "Resource" in parameter["base"] or "DomainResource" in parameter["base"]:
            continue
        for base in parameter["base"]:
            paths: list[str] = []
            for alternative in (parameter.get("expression") or "").split(" | "):
                if alternative.lstrip("(").startswith(base + "."):
                    paths.extend(
                        f"{path}:{datatype}{kept}"
                        for path, datatype, kept in _paths(given, base, alternative)
                        if datatype in READ[parameter["type"]]
                        and (not kept.startswith("[") or datatype == "ContactPoint")
                    )
            targets = ",".join(parameter.get("target", [])) if parameter["type"] == "reference" else ""
            if targets.count(",") > 50:
                targets = "*"
            if paths and parameter["code"] not in LEFT_OUT:
                rows.add("\t".join((base, parameter["code"], parameter["type"], " ".join(paths), targets)))
    yield from sorted(rows)


def _paths(given: Definitions, base: str, expression: str) -> Iterator[tuple[str, str, str]]:
    """`Observation.value as CodeableConcept` → `valueCodeableConcept`, `CodeableConcept`, no condition."""
    tail = ""
    if ").text" in expression:
        expression, tail = expression.replace(").text", ")"), ".text"
    if ".exists() and " in expression:  # Patient.deceased: true when there is a date, too
        expression = expression.partition(".exists()")[0]
    cast = re.search(r"(?: as |\.as\()(\w+)\)", expression)
    wanted = cast[1] if cast else None
    plain = re.sub(r"(?: as |\.as\()\w+\)", "", expression).lstrip("(").replace("[0]", "")
    kept = ""
    where = WHERE.search(plain)
    if where:
        kept = f"({where[1]})" if where[1] else f"[{where[2]}={where[3]}]"
        plain = WHERE.sub("", plain)
    if "(" in plain:
        raise ValueError(f"an expression that is not understood: {expression}")
    for path, kind in _expand(given, base, plain.split(".")[1:], wanted):
        yield path + tail, "string" if tail else kind, kept


def _expand(given: Definitions, owner: str, steps: list[str], wanted: str | None) -> Iterator[tuple[str, str]]:
    step, rest = steps[0], steps[1:]
    element = given.elements.get(f"{owner}.{step}")
    names: list[tuple[str, str]]
    if element is None:
        element = given.elements[f"{owner}.{step}[x]"]
        names = list(zip(_choice_names(step, element), (_kind(t["code"]) for t in element["type"]), strict=True))
    else:
        if "contentReference" in element:
            element = given.elements[element["contentReference"].lstrip("#")]
        names = [(step, _kind(element["type"][0]["code"]))]
    for name, kind in names:
        if not rest:
            if wanted in (None, kind):
                yield name, kind
            continue
        inner = element["path"] if kind in ("BackboneElement", "Element") else kind
        try:
            for path, last in _expand(given, inner, rest, wanted):
                yield f"{name}.{path}", last
        except KeyError:
            if len(names) == 1:
                raise


def element_lines(given: Definitions) -> Iterator[str]:
    """Type, elements that must be there or change the meaning, elements of the summary: one line for each type."""
    yield "# type\tneeded\tsummary"
    for name in sorted(given.structures):
        made = given.structures[name]
        if made["kind"] != "resource" or made["abstract"]:
            continue
        needed: list[str] = []
        summary: list[str] = []
        for element in made["snapshot"]["element"]:
            stem = element["path"].partition(".")[2]
            if not stem or "." in stem:
                continue
            names = _choice_names(stem[:-3], element) if stem.endswith("[x]") else [stem]
            if element["min"] > 0 or element.get("isModifier"):
                needed.extend(names)
            if element.get("isSummary"):
                summary.extend(names)
        yield "\t".join((name, ",".join(needed), ",".join(summary)))


def compartment_lines(r4: Path) -> Iterator[str]:
    """Type and the parameters that lead from it to the patient whose compartment it is in."""
    yield "# type\tparameters"
    for entry in json.loads((r4 / "profiles-resources.json").read_text())["entry"]:
        made = entry["resource"]
        if made["resourceType"] == "CompartmentDefinition" and made["code"] == "Patient":
            for row in sorted(made["resource"], key=lambda one: str(one["code"])):
                if row.get("param"):
                    yield f"{row['code']}\t{','.join(row['param'])}"


def main() -> None:
    """Writes the files beside this one."""
    given = Definitions(Path(sys.argv[1]), Path(sys.argv[2]))
    for name in ("integer", "positiveInt", "unsignedInt", "decimal"):
        NUMBERS[given.schema[name]["pattern"]] = name
    lines = "\n".join(schema_lines(given)) + "\n"
    (HERE / "schema.ndjson.gz").write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    for name, rows in (
        ("search_parameters.tsv", parameter_lines(given)),
        ("elements.tsv", element_lines(given)),
        ("compartment.tsv", compartment_lines(Path(sys.argv[2]))),
    ):
        (HERE / name).write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
