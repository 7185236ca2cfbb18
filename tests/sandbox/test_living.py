"""A municipality that lives: its own events on its own people, plans changed by a patch, and nothing twice."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from akson_tui.sandbox.live import Change, Live, Scene
from akson_tui.sandbox.living import municipal
from akson_tui.sandbox.municipality import generate
from akson_tui.sandbox.spans import parse
from akson_tui.sandbox.store import Store
from akson_tui.sandbox.validate import validate
from tests.sandbox.conftest import NOW

SINCE = dt.datetime.fromtimestamp(NOW / 1000, dt.UTC)
FEW = 0


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = Store(tmp_path_factory.mktemp("town") / "sandbox.db", lambda: NOW)
    for label, chunk in generate(1, SINCE, FEW):
        if not label.startswith("odd-arne-solheim"):
            with store.writing() as writer:
                writer.put_trusted(chunk)
    yield store
    store.close()


def test_things_of_every_kind_happen_to_people_of_the_municipality_and_are_valid(town: Store) -> None:
    world = Live(town, lambda: NOW + 3_600_000, 1, 5, ((1, municipal(1, FEW, SINCE)),))
    told = [name for _ in range(120) for name in world.happen()]
    kinds = {name.partition("/")[0] for name in told}
    assert kinds >= {"DocumentReference", "Observation", "DiagnosticReport", "Communication", "CarePlan"}
    with town.reading() as session:
        for name in told:
            type_, _, ident = name.partition("/")
            found = session.current(type_, ident)
            assert found is not None
            resource = parse(found.body.decode())
            assert validate(resource) == []
            whose = session.current("Patient", resource["subject"]["reference"].removeprefix("Patient/"))
            assert whose is not None


def test_a_plan_keeps_what_others_wrote_in_it(town: Store) -> None:
    kind = municipal(1, FEW, SINCE)
    with town.writing() as writer:
        someone = next(writer.listed("type = ? AND deleted = 0", ["Patient"], "version.seq", 1))
        for number in range(400):
            scene = Scene(random.Random(number), writer, SINCE, someone, {})
            changes = [one for one in kind(scene) if isinstance(one, Change)]
            if changes:
                break
        (change,) = changes
    assert change.type == "CarePlan"
    paths = {operation["path"] for operation in change.patch}
    assert all(path.startswith(("/activity/", "/note")) for path in paths)
    assert len(change.patch) >= 2  # what changed, and the line that tells who did it


def test_who_is_not_stored_yet_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "empty.db", lambda: NOW)
    kind = municipal(1, FEW, SINCE)
    with store.writing() as writer:
        for number in range(30):
            assert kind(Scene(random.Random(number), writer, SINCE, None, {})) == []  # type: ignore[arg-type]
    store.close()
