"""A journal API in this process, on a store in a temporary folder, with a clock that stands still."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from akson_tui.sandbox.app import Api
from akson_tui.sandbox.front import build
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Store

NOW = 1_795_500_000_000
"""2026-11-24T06:00:00Z"""


@pytest.fixture
def store(tmp_path: Path) -> Any:
    made = Store(tmp_path / "sandbox.db", lambda: NOW)
    yield made
    made.close()


def client_of(store: Store, token: str | None = None, server: Server = FULL) -> tuple[httpx.AsyncClient, Api]:
    numbers = itertools.count(1)
    api = Api(store, lambda: NOW, "1.0", lambda: f"new-{next(numbers)}", server)
    app = build(api.routes(), lambda: NOW, token)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://journal/fhir"), api


@pytest.fixture
async def fhir(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    client, api = client_of(store)
    async with client:
        yield client
    api.close()


def patient(ident: str, family: str, *given: str, **more: Any) -> dict[str, Any]:
    name = {"family": family, "given": list(given)} if given else {"family": family}
    return {"resourceType": "Patient", "id": ident, "name": [name], **more}


def observation(ident: str, patient_id: str, when: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        "subject": {"reference": f"Patient/{patient_id}"},
        "effectiveDateTime": when,
        **more,
    }


async def put(fhir: httpx.AsyncClient, *resources: dict[str, Any]) -> None:
    for resource in resources:
        answer = await fhir.put(f"/{resource['resourceType']}/{resource['id']}", json=resource)
        assert answer.status_code in (200, 201), answer.text


def ids(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [entry["resource"]["id"] for entry in answer.json().get("entry", []) if entry["search"]["mode"] == "match"]
