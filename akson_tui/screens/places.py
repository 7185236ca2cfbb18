"""The register of places: one row each, imported when it is first gone to.

The easy mistake is to import a place at the top of another file: the first screen would wait for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from akson_tui.i18n import later

if TYPE_CHECKING:
    from akson_tui.screens.place import Place


@dataclass(frozen=True, slots=True)
class Row:
    """`where` is module:class below `akson_tui.screens`."""

    name: str
    title: str
    where: str


ROWS: tuple[Row, ...] = (
    Row("worklist", later("Dagens liste"), "worklist.screen:Worklist"),
    Row("find", later("Søk etter pasient"), "find.screen:Find"),
    Row("overview", later("Oversikt"), "patient.screen:Patient"),
    Row("timeline", later("Tidslinje"), "timeline.screen:Timeline"),
    Row("filter", later("Filter på tidslinjen"), "timeline.filter:Filter"),
    Row("plan", later("Plan"), "plan.screen:Plan"),
    Row("plan-form", later("Tiltak i planen"), "plan.form:Form"),
    Row("measurements", later("Målinger"), "measurements.screen:Measurements"),
    Row("measure", later("Nye målinger"), "measurements.entry:Measure"),
    Row("medication", later("Medisiner"), "medication.screen:Medication"),
    Row("templates", later("Nytt notat"), "note.templates:Templates"),
    Row("editor", later("Notat"), "note.editor:Editor"),
    Row("sign", later("Før signering"), "note.sign:Sign"),
    Row("wrong-patient", later("Feil pasient"), "note.wrong:WrongPatient"),
    Row("drafts", later("Utkast"), "drafts.screen:Drafts"),
    Row("outbox", later("Utboks"), "outbox.screen:Outbox"),
    Row("lock", later("Låst"), "unlock.screen:Lock"),
    Row("help", later("Taster"), "helping.screen:Help"),
    Row("palette", later("Kommandoer"), "helping.palette:Palette"),
    Row("choice", later("Valg"), "parts.picker:Picker"),
)


def kind(name: str) -> type[Place]:
    """The class of the place `name`, imported now."""
    row = next(row for row in ROWS if row.name == name)
    module, _, class_name = row.where.partition(":")
    found: type[Place] = getattr(import_module(f"akson_tui.screens.{module}"), class_name)
    return found


def every() -> Iterator[tuple[Row, type[Place]]]:
    """All rows with their classes, in the register's order (help pages and tests)."""
    for row in ROWS:
        yield row, kind(row.name)
