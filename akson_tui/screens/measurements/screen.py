"""View 3: what was measured, a row for each kind, newest first; Enter shows the curve of one, `m` writes new ones.

The easy mistake is to show nothing of what is withheld or not fetched: the heading says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from akson_tui.i18n import _, later
from akson_tui.model.held import Fetched
from akson_tui.model.ref import Ref
from akson_tui.screens import places, text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.measurements import panel, table
from akson_tui.screens.parts import held
from akson_tui.screens.parts.steady import SteadyView
from akson_tui.screens.parts.stops import Block
from akson_tui.screens.patient_place import VIEWS
from akson_tui.workspace.measurements import MeasurementTable, Series

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Measurements(SteadyView[MeasurementTable]):
    """The table; `select` marks the row of a value, or of what was measured in an act."""

    called = "measurements"
    TITLE_TEXT = later("Målinger")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("measurements.new", ("m",), later("Skriv nye målinger"), "measure", later("ny måling")),
        Command(
            "measurements.open",
            ("enter",),
            later("Vis kurven; en gang til: i tidslinjen"),
            "open_marked",
            later("kurve"),
        ),
        Command("measurements.all", ("v",), later("Kurve av alle verdier, eller av de siste"), "turn_all"),
        *VIEWS,
    )

    def __init__(self, case: Case, select: Ref | None = None) -> None:
        super().__init__(case)
        self._select = select
        self._history: Series | None = None
        self._all = False

    async def read(self, app: AksonApp) -> tuple[MeasurementTable, Fetched]:
        found = await app.workspace.measurements.table(self.case.opened)
        return found, found.series.fetched

    async def prepare(self, app: AksonApp) -> None:
        await super().prepare(app)
        assert self.shown is not None
        if self._select is not None:
            self.rows.first = next((one.key for one in self.shown.series.rows if self._has(one, self._select)), None)

    @staticmethod
    def _has(one: Series, ref: Ref) -> bool:
        return any(value.measurement.ref.bare() == ref.bare() for value in one.values)

    def changed(self, before: MeasurementTable, after: MeasurementTable) -> int:
        """Values that stand in `after` only, where rows or values would move. What comes behind all moves nothing."""
        rows = {one.key: _values(one) for one in before.series.rows}
        fresh = {one.key: _values(one) for one in after.series.rows}
        still = list(rows) == list(fresh) and all(fresh[key][: len(held)] == held for key, held in rows.items())
        if still or not rows:
            return 0
        return max(sum(len(set(values) - set(rows.get(key, ()))) for key, values in fresh.items()), 1)

    def blocks(self, width: int) -> Sequence[Block]:
        assert self.shown is not None
        return table.blocks(self.shown, self.akson.workspace.now(), width)

    def none(self) -> Content:
        assert self.shown is not None
        said = held.empty(self.shown.series, _("ingen registrert"))
        return text.join([text.line(_("Målinger:")), said], " ")

    def headed(self) -> Content:
        assert self.shown is not None
        parts = [text.line(_(self.TITLE_TEXT), "heading"), self.news()]
        if self.shown.series.rows:
            parts.append(held.hidden(self.shown.series))
        return text.join([*parts, *self.aged()])

    # -- one kind -----------------------------------------------------------------------------------------------------

    async def look(self, key: object) -> None:
        one = self._series(key)
        assert self.shown is not None
        if one is not None:
            desk = self.akson.workspace.measurements
            self._history = await desk.history(self.case.opened, one, self.shown.scale)

    def told(self, key: object, width: int, height: int) -> Sequence[Content]:
        return panel.lines(self._history, width, height, self._all) if self._history is not None else []

    def entry(self, key: object) -> Ref | None:
        one = self._series(key)
        return one.values[0].measurement.ref if one is not None else None

    def _series(self, key: object) -> Series | None:
        assert self.shown is not None
        return next((one for one in self.shown.series.rows if one.key == key), None)

    def turn_all(self) -> None:
        """A curve of all values, or of the last ones."""
        self._all = not self._all
        self.draw_panel()

    # -- what is done -------------------------------------------------------------------------------------------------

    async def measure(self) -> None:
        """The form for new measurements. Raises NotTaken."""
        await self.akson.show(places.kind("measure")(self.case))  # type: ignore[call-arg]


def _values(one: Series) -> tuple[tuple[object, str], ...]:
    """What tells that values stand where they stood: their times and figures. What was sent has another name then."""
    return tuple(
        (value.measurement.when.earliest if value.measurement.when else None, table.figures(value.measurement))
        for value in one.values
    )
