"""A world that lives: others write, answers arrive, plans go on, by a seed, and always valid."""

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from akson_tui.sandbox.live import KINDS, Live
from akson_tui.sandbox.spans import parse
from akson_tui.sandbox.store import Store
from akson_tui.sandbox.validate import validate
from tests.sandbox.conftest import NOW, patient
from tests.sandbox.processes import sandbox

ROLE = {"resourceType": "PractitionerRole", "id": "r", "active": True}
PLAN = {
    "resourceType": "CarePlan",
    "id": "plan",
    "status": "active",
    "intent": "plan",
    "subject": {"reference": "Patient/a"},
    "activity": [
        {"detail": {"status": status, "quantity": {"value": 4.5}}}
        for status in ("scheduled", "completed", "in-progress")
    ],
}
TASK = {
    "resourceType": "Task",
    "id": "task",
    "status": "requested",
    "intent": "order",
    "for": {"reference": "Patient/a"},
}


def live(store: Store, seed: int = 1, **more: Any) -> Live:
    return Live(store, lambda: NOW, 1, seed, **more)


@pytest.fixture
def lived(store: Store) -> Store:
    with store.writing() as writer:
        writer.put_trusted([patient("a", "Bakken"), patient("b", "Dahl"), ROLE, PLAN, TASK])
    return store


def everything(store: Store) -> list[dict[str, Any]]:
    with store.reading() as session:
        return [parse(version.body.decode()) for version in session.listed("1", [], "version.seq", 10_000)]


def test_things_of_every_kind_happen_and_are_valid(lived: Store) -> None:
    world = live(lived)
    told = [name for _ in range(150) for name in world.happen()]
    kinds = Counter(name.partition("/")[0] for name in told)
    assert kinds.keys() >= {"DocumentReference", "Observation", "DiagnosticReport", "Communication", "CarePlan", "Task"}
    after = everything(lived)
    assert len(after) == len(told) + 5
    assert [issue for one in after for issue in validate(one)] == []
    assert {one["subject"]["reference"] for one in after if one["resourceType"] == "Observation"} == {
        "Patient/a",
        "Patient/b",
    }


def test_the_same_seed_writes_the_same(tmp_path: Path) -> None:
    written = []
    for place, seed in enumerate((7, 7, 8)):
        store = Store(tmp_path / f"{place}.db", lambda: NOW)
        with store.writing() as writer:
            writer.put_trusted([patient("a", "Bakken"), ROLE])
        world = live(store, seed)
        written.append([world.happen() for _ in range(20)])
        store.close()
    assert written[0] == written[1] != written[2]


def test_a_plan_goes_on_step_by_step_until_it_is_done(lived: Store) -> None:
    only_plans = tuple(row for row in KINDS if row[1].__name__ == "_plan")
    world = live(lived, kinds=only_plans)
    told = [name for _ in range(100) for name in world.happen()]
    assert sorted(told) == ["CarePlan/plan"] * 2 + ["Task/task"] * 3
    with lived.reading() as session:
        plan, task = session.current("CarePlan", "plan"), session.current("Task", "task")
    assert plan and task
    held = parse(plan.body.decode())
    assert {activity["detail"]["status"] for activity in held["activity"]} == {"completed"}
    assert plan.body.count(b'"value":4.5') == 3
    assert parse(task.body.decode())["status"] == "completed"


def test_where_there_is_nobody_nothing_happens(store: Store) -> None:
    assert live(store).happen() == []


def test_the_world_may_be_another(lived: Store) -> None:
    flag = {"resourceType": "Flag", "id": "f", "status": "active", "code": {"text": "x"}}
    told = live(lived, kinds=((1, lambda scene: [{**flag, "subject": scene.subject}]),)).happen()
    assert told == ["Flag/f"]


def test_a_server_that_lives_changes_by_itself(tmp_path: Path) -> None:
    words = ["--empty", "--live", "0.02", "--live-seed", str(random.Random(1).randrange(100))]
    with sandbox(*words) as (base, process):
        assert httpx.get(base + "/DocumentReference?_summary=count").json()["total"] == 0
        assert httpx.put(base + "/Patient/a", json=patient("a", "Bakken")).status_code == 201
        until = time.monotonic() + 20
        while httpx.get(base + "/_history?_count=0").json()["total"] < 10 and time.monotonic() < until:
            time.sleep(0.05)
        assert httpx.get(base + "/_history?_count=0").json()["total"] >= 10
        process.terminate()
        assert process.wait(20) == 0
