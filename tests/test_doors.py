"""The five doors, and nobody climbs through a window: what import contracts cannot see is read from the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "akson_tui"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def tree(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def names_imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def inside(*folders: str) -> list[Path]:
    return [module for module in MODULES if module.parts[0] in folders]


def outside(*folders: str) -> list[Path]:
    return [module for module in MODULES if module.parts[0] not in folders]


def test_door_1_nothing_is_shown_but_through_screens_text() -> None:
    """`Content` may be named as a type; it is made in one place, and nothing else that reads markup is imported."""
    markup = re.compile(r"rich\.text(\.Text)?|rich\.markup.*|textual\.markup.*|rich\.console.*")
    makes = re.compile(r"Content(\.(from_markup|from_text|from_rich_text|styled|assemble|blank|empty|join))?|visualize")
    for module in inside("screens"):
        if module == Path("screens/text.py"):
            continue
        found = {name for name in names_imported(module) if markup.fullmatch(name)}
        found |= {name for name in calls(module) if makes.fullmatch(name)}
        assert not found, f"{module} makes texts itself: {found}; use screens.text"


def test_door_2_nothing_goes_to_the_line_but_through_the_writer() -> None:
    # keys_page is a command of its own that prints a page of the docs.
    allowed = {Path("terminal/writer.py"), Path("terminal/device.py"), Path("screens/keys_page.py")}
    for module in inside("terminal", "screens", "workspace", "sync", "store", "journal"):
        if module in allowed:
            continue
        bad = {name for name in calls(module) if name in {"os.write", "print"} or name.startswith("sys.stdout")}
        assert not bad, f"{module} writes to the terminal itself: {bad}"


def test_door_3_nothing_leaves_outward_but_through_the_outbox_or_fetch() -> None:
    for module in outside("journal", "sync", "sandbox", "wiring.py"):
        found = {name for name in names_imported(module) if name.startswith("akson_tui.journal")}
        assert not found, f"{module} reaches the journal: {found}"


def test_door_4_nothing_comes_inward_but_through_intake() -> None:
    """Only `sync/intake` puts what a source sent into the store."""
    for module in outside("store", "sandbox"):
        if module == Path("sync/intake.py"):
            continue
        found = {name for name in calls(module) if name in {"records.put", "patients.put", "worklist.put"}}
        names = set(names_imported(module)) & {
            f"akson_tui.store.{part}.put" for part in ("records", "patients", "worklist")
        }
        source = (PACKAGE / module).read_text("utf-8")
        handed = re.findall(r"\b(?:records|patients|worklist)\.put\b", source)
        assert not found and not names and not handed, f"{module} puts clinical rows itself"


def test_door_5_a_record_is_opened_in_one_place_only() -> None:
    for module in outside("sandbox"):
        named = "akson_tui.model.access.Opened" in set(names_imported(module))
        made = [name for name in calls(module) if (named and name == "Opened") or name == "access.Opened"]
        if module == Path("workspace/record.py"):
            assert made, "workspace.record opens records"
        else:
            assert not made, f"{module} makes an Opened without logging"


SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.DOTALL)


def test_sql_is_written_in_the_store_only() -> None:
    for module in outside("store", "sandbox"):
        assert not SQL.search((PACKAGE / module).read_text("utf-8")), f"{module} holds SQL"


def test_time_ids_and_chance_are_handed_in() -> None:
    made = {"datetime.now", "time.time", "uuid.uuid4", "uuid4", "random.random", "date.today", "datetime.utcnow"}
    for module in outside("sandbox", "wiring.py", "cli"):
        if module == Path("terminal/crash.py"):
            continue  # it must stand where everything else has fallen
        found = made & set(calls(module))
        assert not found, f"{module} takes {found} by itself"


def test_fhir_resources_is_for_tests_only() -> None:
    for module in MODULES:
        assert not [name for name in names_imported(module) if name.startswith("fhir.")], module


HEAVY = ("httpx", "keyring", "pydantic", "click", "cryptography", "akson_tui.journal", "akson_tui.sync")


def test_the_first_screen_loads_nothing_heavy() -> None:
    """In a fresh interpreter, by modules loaded: what the static graph says is not what Python does."""
    program = (
        "import sys, akson_tui.wiring, akson_tui.cli.workstation\n"
        "import akson_tui.screens.app, akson_tui.screens.worklist.screen\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_says_what_it_is_for(module: Path) -> None:
    source = (PACKAGE / module).read_text("utf-8")
    assert len(source.splitlines()) <= 400, "a module has one reason to change"
    if source.strip():
        assert ast.get_docstring(tree(module)), "a module opens with one sentence: what it is for"


def test_nothing_is_called_utils() -> None:
    drawers = {"utils", "helpers", "manager", "base", "util", "helper", "common_utils"}
    assert not [module for module in MODULES if module.stem in drawers]
