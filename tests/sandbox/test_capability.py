"""The CapabilityStatement tells the truth: what it lists can be done, and is valid R4."""

from typing import Any

import httpx
import pytest
from fhir.resources.R4B.capabilitystatement import CapabilityStatement

from akson_tui.sandbox.spans import parse
from akson_tui.sandbox.validate import validate

CLIENTS = [
    *("Patient", "Practitioner", "PractitionerRole", "Organization", "Location"),
    *("HealthcareService", "DocumentReference", "Composition", "Observation", "Condition"),
    *("AllergyIntolerance", "Flag", "MedicationRequest", "MedicationStatement", "Medication"),
    *("Encounter", "Appointment", "CarePlan", "CareTeam", "Goal"),
    *("Task", "Communication", "Procedure", "Immunization", "DiagnosticReport"),
    *("ServiceRequest", "Provenance", "EpisodeOfCare", "Binary", "RelatedPerson"),
]
PRESENT = {
    "Appointment": "actor date status patient practitioner",
    "CarePlan": "patient subject category status date identifier",
    "Communication": "patient subject sent status category recipient sender identifier",
    "Composition": "patient subject author date type category status identifier",
    "Condition": "patient subject code category clinical-status identifier",
    "DocumentReference": "patient subject author date type category status identifier relatesto period",
    "Encounter": "patient subject date status class type participant identifier",
    "Observation": "patient subject code category date status identifier performer",
    "Patient": "identifier name family given birthdate",
    "Practitioner": "identifier name family given",
    "PractitionerRole": "practitioner organization identifier",
    "Provenance": "target patient recorded agent",
    "Task": "owner status code period patient subject identifier",
}


async def statement(fhir: httpx.AsyncClient) -> dict[str, Any]:
    answer = await fhir.get("/metadata")
    assert answer.status_code == 200
    assert validate(parse(answer.text)) == []
    CapabilityStatement.model_validate_json(answer.text)
    made: dict[str, Any] = answer.json()
    return made


async def test_it_is_valid_and_says_that_it_is_the_sandbox(fhir: httpx.AsyncClient) -> None:
    told = await statement(fhir)
    assert told["software"] == {"name": "akson-tui sandbox", "version": "1.0"}
    assert "akson-tui sandbox" in told["implementation"]["description"]
    assert told["implementation"]["url"] == "http://journal/fhir"
    assert told["fhirVersion"] == "4.0.1"
    listed = {one["type"]: one for one in told["rest"][0]["resource"]}
    assert set(CLIENTS) <= set(listed)
    for type_, names in PRESENT.items():
        assert set(names.split()) <= {one["name"] for one in listed[type_]["searchParam"]}


VALUES = {
    **{"token": "x", "string": "x", "date": "2026", "reference": "Patient/x", "uri": "http://x"},
    **{"number": "1", "quantity": "1"},
}


@pytest.mark.parametrize("type_", CLIENTS)
async def test_each_search_parameter_and_include_is_understood(fhir: httpx.AsyncClient, type_: str) -> None:
    listed = {one["type"]: one for one in (await statement(fhir))["rest"][0]["resource"]}[type_]
    for parameter in listed["searchParam"]:
        answer = await fhir.get(
            f"/{type_}", params={parameter["name"]: VALUES[parameter["type"]]}, headers={"Prefer": "handling=strict"}
        )
        assert answer.status_code == 200, (parameter, answer.text)
    for include in listed.get("searchInclude", []):
        answer = await fhir.get(f"/{type_}", params={"_include": include}, headers={"Prefer": "handling=strict"})
        assert answer.status_code == 200


async def test_what_it_says_of_each_type_is_done(fhir: httpx.AsyncClient) -> None:
    told = (await statement(fhir))["rest"][0]
    codes = {"read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type"}
    for one in told["resource"]:
        assert {row["code"] for row in one["interaction"]} == codes
        assert (one["conditionalUpdate"], one["conditionalDelete"]) == (True, "single")
        assert (await fhir.get(f"/{one['type']}/_history")).status_code == 200
        assert (await fhir.get(f"/{one['type']}?_summary=count")).status_code == 200
        assert ("operation" in one) == (one["type"] == "Patient")
    assert {row["code"] for row in told["interaction"]} == {"transaction", "batch", "history-system"}


async def test_what_may_be_included_backwards_is_understood(fhir: httpx.AsyncClient) -> None:
    listed = {one["type"]: one for one in (await statement(fhir))["rest"][0]["resource"]}
    assert {"Observation:patient", "Task:patient"} <= {*listed["Patient"]["searchRevInclude"]}
    for include in listed["Patient"]["searchRevInclude"]:
        answer = await fhir.get("/Patient", params={"_revinclude": include}, headers={"Prefer": "handling=strict"})
        assert answer.status_code == 200
