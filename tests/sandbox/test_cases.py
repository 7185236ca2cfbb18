"""R4's interactions and search parameters as tables of cases (cases/*.toml), each run over HTTP on a real process."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from tests.sandbox.processes import sandbox

CASES = Path(__file__).with_name("cases")
NOW = "2026-11-24T07:00:00+01:00"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text("utf-8"))


SEARCHES = [row for rows in table("searches.toml").values() for row in rows]
REFUSALS = table("refusals.toml")["refusal"]
INTERACTIONS = table("interactions.toml")["case"]


def world() -> Iterator[httpx.Client]:
    with (
        sandbox("--empty", "--now", NOW, "--load", str(CASES / "world.ndjson")) as (base, _),
        httpx.Client(base_url=base + "/", timeout=20) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def read() -> Iterator[httpx.Client]:
    """A server that no case changes."""
    yield from world()


@pytest.fixture(scope="module")
def written() -> Iterator[httpx.Client]:
    """A server on which each case has ids of its own."""
    yield from world()


def matched(answer: httpx.Response, mode: str = "match") -> list[str]:
    return [row["resource"]["id"] for row in answer.json().get("entry", []) if row["search"]["mode"] == mode]


def test_there_are_enough_of_them() -> None:
    assert len(SEARCHES) + len(REFUSALS) + len(INTERACTIONS) >= 250


@pytest.mark.parametrize(("asked", "expected"), SEARCHES, ids=[row[0] for row in SEARCHES])
def test_a_search_finds(read: httpx.Client, asked: str, expected: list[str]) -> None:
    type_, _, query = asked.partition("?")
    got = read.get(asked, headers={"Prefer": "handling=strict"})
    posted = read.post(f"{type_}/_search", data=dict_of(query), headers={"Prefer": "handling=strict"})
    for answer in (got, posted):
        assert answer.status_code == 200, answer.text
        found = matched(answer)
        assert found == expected if "_sort" in query else sorted(found) == sorted(expected)
        assert answer.json()["total"] == len(expected)


def dict_of(query: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        made.setdefault(name, []).append(value)
    return made


def content_of(step: dict[str, Any], known: dict[str, str]) -> tuple[bytes | None, dict[str, str]]:
    headers = {name: filled(value, known) for name, value in step.get("headers", {}).items()}
    if "body" not in step:
        return None, headers
    return filled(step["body"], known).encode(), {"Content-Type": "application/fhir+json", **headers}


def filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace("${" + name + "}", value)
    return text


@pytest.mark.parametrize("row", REFUSALS, ids=[f"{row['asked']} {row.get('body', '')}" for row in REFUSALS])
def test_what_makes_no_sense_is_refused(read: httpx.Client, row: dict[str, Any]) -> None:
    method, _, address = row["asked"].partition(" ")
    content, headers = content_of(row, {})
    answer = read.request(method, address, content=content, headers=headers)
    assert answer.status_code == row["status"], answer.text
    told = answer.json()
    assert (told["resourceType"], told["issue"][0]["code"]) == ("OperationOutcome", row["issue"])
    assert row.get("told", "") in answer.text


def test_nothing_of_it_was_done(read: httpx.Client) -> None:
    told = read.get("_history?_count=0").json()
    assert told["total"] == len((CASES / "world.ndjson").read_text().splitlines())


def at(held: Any, path: str) -> Any:
    for step in path.split("."):
        if step == "#":
            return len(held)
        held = held[int(step)] if isinstance(held, list) else held[step]
    return held


@pytest.mark.parametrize("case", INTERACTIONS, ids=[case["name"] for case in INTERACTIONS])
def test_an_interaction(written: httpx.Client, case: dict[str, Any]) -> None:
    known = {"host": written.base_url.netloc.decode()}
    for step in case["step"]:
        method, _, address = filled(step["do"], known).partition(" ")
        content, headers = content_of(step, known)
        answer = written.request(method, address, content=content, headers=headers)
        looked_at(step, answer, known)
        for name, path in step.get("keep", {}).items():
            header = path.removeprefix("header:")
            known[name] = answer.headers[header] if header != path else at(answer.json(), path)


def looked_at(step: dict[str, Any], answer: httpx.Response, known: dict[str, str]) -> None:
    """Holds an answer against what a step says of it."""
    assert answer.status_code == step["status"], (step["do"], answer.text)
    unknown = step.keys() - READ
    assert not unknown, f"nothing reads {unknown}"
    if "empty" in step:
        assert answer.content == b""
    for name, value in step.get("header", {}).items():
        assert answer.headers.get(name, "") == value, name
    for path, value in step.get("json", {}).items():
        wanted = filled(value, known) if isinstance(value, str) else value
        assert at(answer.json(), path) == wanted, (path, answer.text)
    for text in step.get("holds", ()):
        assert filled(text, known) in answer.text
    for text in step.get("lacks", ()):
        assert filled(text, known) not in answer.text
    if "ids" in step:
        assert matched(answer) == step["ids"]
    if "others" in step:
        assert sorted(matched(answer, "include")) == sorted(step["others"])
    if "hex" in step:
        assert answer.content == bytes.fromhex(step["hex"])


READ = {"do", "headers", "body", "status", "empty", "header", "json", "holds", "lacks", "ids", "others", "hex", "keep"}


def test_every_answer_is_one_that_json_can_read_exactly(read: httpx.Client) -> None:
    from decimal import Decimal

    held = json.loads(read.get("Observation/potassium").text, parse_float=Decimal)
    assert str(held["valueQuantity"]["value"]) == "4.10"
