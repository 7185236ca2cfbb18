"""Each command's JSON against the schema that docs/ gives it: exact, so that a new field is told of there too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from akson_tui.cli.commands import COMMANDS
from tests.cli.shell import Shell

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
LINES = {
    "find": "find - --json",
    "show": "show {handle} --json",
    "show-entry": "show {handle} --entry {entry} --json",
    "timeline": "timeline {handle} --json",
    "timeline --text": "timeline {handle} --json --text --limit 20",
    "plan": "plan {handle} --json",
    "worklist": "worklist --json",
    "note": "note {handle} --file - --json",
    "note --sign": "note {handle} --file - --sign --measurements --json",
    "measure": "measure {handle} 'BT 142/88 p 91 SpO2 89 t 37,9 rf 24 vekt 71,2 bs 6,4' --json",
    "outbox": "outbox --json",
    "sync": "sync --json",
    "forget": "forget {handle} --json",
    "doctor": "doctor --json",
}
"""What is run, in this order, in one home; the schema is called as the first word."""
STDIN = {"find": "bakken", "note": "Et utkast.", "note --sign": "Sov godt. BT 142/88"}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name.split()[0]}.json").read_text("utf-8"))


def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(name))


@pytest.fixture(scope="module")
def answers(journal: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each line answered."""
    shell = Shell(tmp_path_factory.mktemp("schemas"), journal.base)
    names = {"handle": shell.astrid(), "entry": ""}
    rows = shell(f"akson-tui timeline {names['handle']} --json --kind note --limit 1").json["entries"]
    names["entry"] = rows[0]["entry"]
    found = {}
    for name, line in LINES.items():
        ran = shell(f"akson-tui {line.format(**names)}", STDIN.get(name, ""))
        assert ran.code == 0, f"{line}: {ran.err}"
        found[name] = ran.json
    return found


@pytest.mark.parametrize("name", LINES)
def test_an_answer_has_the_form_that_its_schema_says(answers: dict[str, Any], name: str) -> None:
    jsonschema_rs.meta.validate(schema(name))
    wrong = [f"{error.instance_path}: {error.message}" for error in validator(name).iter_errors(answers[name])]
    assert wrong == []


def test_the_answers_say_something(answers: dict[str, Any]) -> None:
    """So that a schema is not passed by empty lists alone."""
    assert answers["find"]["hits"] and answers["outbox"]["acts"]
    assert len(answers["timeline"]["entries"]) > 200
    for part in ("allergies", "alerts", "problems", "medicines", "measurements", "plans", "appointments"):
        assert answers["show"][part]["rows"], part
    assert any(row["parts"] for row in answers["show"]["measurements"]["rows"])
    assert answers["show-entry"]["paragraphs"]
    assert answers["plan"]["plans"]["rows"][0]["goals"][0]["text"]
    assert len(answers["measure"]["measurements"]) == 7
    assert answers["note --sign"]["measurements"] and answers["sync"]["sent"] == 2


@pytest.mark.parametrize("name", LINES)
def test_a_schema_refuses_what_is_not_its_form(answers: dict[str, Any], name: str) -> None:
    valid = validator(name).is_valid
    assert valid(answers[name])
    assert not valid({**answers[name], "version": 2})
    assert not valid({**answers[name], "unheard": 1})
    for key in answers[name]:
        assert not valid({other: value for other, value in answers[name].items() if other != key}), key


def test_every_command_that_answers_in_json_has_a_schema() -> None:
    speaking = {command.name for command in COMMANDS if any("--json" in one.names for one in command.arguments)}
    assert speaking == {name.split()[0] for name in LINES} - {"show-entry"}
    files = {path.stem for path in SCHEMAS.glob("*.json")}
    assert files == {name.split()[0] for name in LINES} | {"timeline-follow", "bundle"}
