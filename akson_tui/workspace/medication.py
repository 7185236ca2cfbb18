"""The medication desk: all medicines that are held of a person, and the lists in which somebody went through them.

The easy mistake is to sort here: how a medicine is used now is a rule (`clinical.medicines`), and the screen's to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from akson_tui.fhir import medication, medicine_list
from akson_tui.fhir.common import Json, reference, said_name
from akson_tui.model.access import Opened
from akson_tui.model.health import Medicine, MedicineList
from akson_tui.model.held import Shelf
from akson_tui.store import records
from akson_tui.store.files import Files
from akson_tui.workspace import reading
from akson_tui.workspace.room import Room

TYPES = ("MedicationStatement", "MedicationRequest")


@dataclass(frozen=True, slots=True)
class Medicines:
    """`all` has the ended ones too; what was entered in error is left out. `lists` those in force, by any source."""

    all: Shelf[Medicine]
    lists: tuple[MedicineList, ...] = ()


class Medication:
    """Reading what a person takes."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def all(self, opened: Opened) -> Medicines:
        """Every medicine, in use or not."""
        return await self._room.store.run(_all, opened)


def _all(files: Files, opened: Opened) -> Medicines:
    fetched = reading.freshness(files, opened).summary
    resolve = reading.resolver(files, opened)

    def names(resource: Json, source: str) -> Callable[[object], str]:
        def name(value: object) -> str:
            ref = reference(value, source)
            return said_name(resource, value) or (reading.label(files, ref.bare()) if ref is not None else "")

        return name

    taken = reading.shelf(
        records.bodies(files, opened, TYPES),
        lambda resource, source: medication.read(resource, source, resolve, names(resource, source)),
        fetched,
        lambda medicine: medicine.status != "entered-in-error",
    )
    lists = reading.shelf(
        records.bodies(files, opened, ("List",)),
        lambda resource, source: medicine_list.read(resource, source, names(resource, source)),
        fetched,
        lambda one: one is not None,
    )
    return Medicines(taken, tuple(one for one in lists.rows if one is not None))
