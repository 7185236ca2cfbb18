"""Who wrote it, where: the clinicians and units that entries point to without naming them, fetched in one go.

The easy mistake: asking once per entry. A page of two hundred entries has five authors; they are asked for together,
and who could not be had is not asked for again until the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from akson_tui.fhir.common import FhirUnreadable, Json, Label, load, reference, type_of
from akson_tui.fhir.practitioner import label as label_of
from akson_tui.journal.troubles import JournalTrouble
from akson_tui.model.ref import Ref
from akson_tui.store import records
from akson_tui.store.files import Store
from akson_tui.store.records import StoredResource
from akson_tui.sync.intake import DIRECTORY, directory_row, keep
from akson_tui.sync.source import Level, Search, Source

AT_ONCE = 50
"""Ids in one search."""
MOST_KEPT = 5000
"""Resources kept in memory; then it begins anew."""
_STEPS = 2
"""A role leads to its clinician and its unit: two steps."""


class Names:
    """The directory of one source, as far as it was needed."""

    def __init__(self, source: Source, store: Store, clock: Callable[[], datetime]) -> None:
        self._source = source
        self._store = store
        self._clock = clock
        self._known: dict[Ref, Json] = {}
        self._missing: set[Ref] = set()

    def resolve(self, ref: Ref) -> Json | None:
        """The resource, where it is known."""
        return self._known.get(ref.bare())

    def asking(self, wanted: set[Ref]) -> Callable[[Ref], Label | None]:
        """Labels from what is known; what is not known is put into `wanted`."""

        def label(ref: Ref) -> Label | None:
            resource = self._known.get(ref.bare())
            if resource is None:
                if ref.type in DIRECTORY and ref.bare() not in self._missing:
                    wanted.add(ref.bare())
                return None
            return label_of(resource, ref.source, self.resolve)

        return label

    def learn(self, rows: Iterable[StoredResource]) -> None:
        """Take what came along with a page."""
        for row in rows:
            try:
                self._keep(row.ref.bare(), load(row.raw))
            except FhirUnreadable:
                continue

    async def fill(self, wanted: Iterable[Ref], level: Level) -> bool:
        """Have these, from the store or the server, and what they point to. True where any became known.

        Raises LineTrouble, NotSignedIn.
        """
        before = len(self._known)
        step = self._unknown(wanted)
        for _ in range(_STEPS):
            if not step:
                break
            found = await self._from_store(step)
            found += await self._from_server(step - set(found), level)
            held = [(one, self._known.get(one)) for one in found]
            step = self._unknown(ref for one, what in held if what for ref in _points_to(what, one.source))
        return len(self._known) > before

    def _unknown(self, refs: Iterable[Ref]) -> set[Ref]:
        bare = {ref.bare() for ref in refs if ref.type in DIRECTORY and ref.source == self._source.id}
        return {ref for ref in bare if ref not in self._known and ref not in self._missing}

    async def _from_store(self, refs: set[Ref]) -> list[Ref]:
        held = await self._store.run(records.directory, tuple(refs))
        found = []
        for ref, raw in held.items():
            try:
                self._keep(ref.bare(), load(raw))
            except FhirUnreadable:
                continue
            found.append(ref.bare())
        return found

    async def _from_server(self, refs: set[Ref], level: Level) -> list[Ref]:
        by_type: dict[str, list[str]] = {}
        for ref in sorted(refs):
            if self._source.rest.abilities.searchable(ref.type):
                by_type.setdefault(ref.type, []).append(ref.id)
        wanted = [
            Search(type_, (("_id", ",".join(ids[at : at + AT_ONCE])), ("_count", str(AT_ONCE))))
            for type_, ids in by_type.items()
            for at in range(0, len(ids), AT_ONCE)
        ]
        rows: list[StoredResource] = []
        for result in await self._source.searches(level, wanted) if wanted else []:
            if isinstance(result, JournalTrouble):
                continue  # they stay without a name: an entry is shown with what it says itself
            for piece in result.pieces:
                row = self._row(piece.raw, refs)
                if row is not None:
                    rows.append(row)
        self._missing |= refs - {row.ref.bare() for row in rows}
        await keep(self._store, rows, self._clock())
        return [row.ref.bare() for row in rows]

    def _row(self, raw: bytes, asked: set[Ref]) -> StoredResource | None:
        try:
            resource = load(raw)
        except FhirUnreadable:
            return None
        row = directory_row(resource, raw, self._source.id)
        if row is None or row.ref.bare() not in asked:
            return None
        self._keep(row.ref.bare(), resource)
        return row

    def _keep(self, ref: Ref, resource: Json) -> None:
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[ref] = resource
        self._missing.discard(ref)


def _points_to(resource: Json, source: str) -> list[Ref]:
    names = ("practitioner", "organization", "managingOrganization") if type_of(resource) != "Organization" else ()
    found = [reference(resource.get(name), source) for name in names]
    return [ref for ref in found if ref is not None]
