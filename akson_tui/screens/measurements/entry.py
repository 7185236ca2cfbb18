"""New measurements: a field for each kind, or all of them in one line in any field; F9 shows what will be sent.

The easy mistake is a second way to sign: what stands here is the text of a note from the first figure on, saved as one
writes, looked over and signed as every note is.
"""

from __future__ import annotations

from collections.abc import Awaitable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from akson_tui.clinical import measured_set
from akson_tui.clinical.measured_set import MeasuredSet, score
from akson_tui.clinical.news2 import Parameter, Risk
from akson_tui.clinical.plausible import Verdict
from akson_tui.i18n import _, later
from akson_tui.model.note import Draft
from akson_tui.screens import places, said, text, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.measurements import rows
from akson_tui.screens.measurements.rows import CONSCIOUSNESS, OXYGEN, REMARK, ROWS, SCALE, VITALS, FigureField
from akson_tui.screens.measurements.table import figures, short_day
from akson_tui.screens.parts.keeper import Keeper
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.workspace.measurements import Series
from akson_tui.workspace.troubles import NotTaken, WorkspaceTrouble

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp

TEMPLATE = "measurements"
RISKS: dict[Risk, str] = {
    Risk.NONE: later("ingen poeng"),
    Risk.LOW: later("lav"),
    Risk.LOW_MEDIUM: later("lav, men 3 poeng i ett mål"),
    Risk.MEDIUM: later("middels"),
    Risk.HIGH: later("høy"),
}
PARAMETERS: dict[Parameter, str] = {
    Parameter.RESPIRATION: later("respirasjon"),
    Parameter.SPO2: later("SpO2"),
    Parameter.OXYGEN: later("oksygen"),
    Parameter.SYSTOLIC: later("blodtrykk"),
    Parameter.PULSE: later("puls"),
    Parameter.CONSCIOUSNESS: later("bevissthet"),
    Parameter.TEMPERATURE: later("temperatur"),
}
NAMED_AT_MOST = 3
"""Missing parameters that are named: before that, nobody is about to score NEWS2."""


class Measure(PatientPlace):
    """The form."""

    called = "measure"
    TITLE_TEXT = later("Nye målinger")
    MOVABLE = False

    OWN: ClassVar[tuple[Command, ...]] = (
        Command("measure.next", ("enter", "tab", "down"), later("Neste felt"), "next_field", later("neste"), False),
        Command("measure.before", ("up",), later("Forrige felt"), "field_before", palette=False),
        Command("measure.look", ("f9",), later("Se over målingene før de sendes"), "look_over", later("se over")),
        Command("back", ("escape",), later("Lukk; utkastet blir liggende"), "back", later("lukk"), palette=False),
    )
    BACK = None

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.fields: list[FigureField] = []
        self._last: dict[str, Series] = {}
        self._scale = 1
        self._draft: Draft | None = None
        self._asked: dict[str, str] = {}
        """The doubtful figures that one was asked about, by kind."""
        self._told_unsaved = False
        self._keeper = Keeper(self._current, self._save, self._tell_saving, self._spawn)
        self._keeper.begin("")

    # -- what is shown ------------------------------------------------------------------------------------------------

    def view(self) -> ComposeResult:
        yield from self.fields

    def attention(self) -> Widget:
        return self.fields[0].input

    async def prepare(self, app: AksonApp) -> None:
        patient = self.case.opened.patients[0]
        if not await app.workspace.notes.offered(patient):
            states = await app.workspace.lines()
            raise NotTaken(any(state.known for state in states if state.source == patient.source))
        table = await app.workspace.measurements.table(self.case.opened)
        self._last = {one.kind: one for one in table.series.rows if one.kind}
        self._scale = table.scale
        self.fields = [FigureField(row, self._before(row.key, app)) for row in ROWS]
        self._field(SCALE).value = str(table.scale)

    def _before(self, kind: str, app: AksonApp) -> str:
        one = self._last.get(kind)
        if one is None:
            return ""
        value = one.values[0].measurement
        day = short_day(value.when, app.workspace.now())
        return _("sist {value} {day}").format(value=figures(value) or words.absent(value.absent), day=day)

    def headed(self) -> Content:
        parts = [text.line(_(self.TITLE_TEXT), "heading")]
        if self._draft is not None:
            parts.append(text.line(_("Utkast"), "heading"))
        found = score(self._measured)
        if found.total is not None and found.risk is not None:
            said_risk = _("NEWS2 {total} (skala {scale}): {risk}")
            filled = said_risk.format(total=found.total, scale=self._measured.scale, risk=_(RISKS[found.risk]))
            parts.append(text.line(filled, "warning" if found.risk is not Risk.NONE else ""))
        elif found.points and len(found.missing) <= NAMED_AT_MOST:
            # On scale 2 a saturation that was measured cannot be scored before the oxygen is known: that is what lacks.
            measured = Parameter.SPO2 if self._measured.values.get("spo2") else None
            lacking = words.listed([_(PARAMETERS[each]) for each in found.missing if each is not measured])
            parts.append(text.line(_("NEWS2: mangler {what}").format(what=lacking)))
        return text.join(parts)

    @property
    def _measured(self) -> MeasuredSet:
        return rows.collected({field.row.key: field.value for field in self.fields})

    def _field(self, key: str) -> FigureField:
        return next(field for field in self.fields if field.row.key == key)

    # -- saving -------------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key changed a figure."""
        event.stop()
        self._keeper.changed()

    def _current(self) -> tuple[str, int]:
        note = measured_set.text(self._measured)
        return note, len(note)

    async def _save(self, note: str, caret: int) -> None:
        if self._draft is None:
            if not note:
                return
            self._draft = await self.akson.workspace.notes.begin(self.case.opened, TEMPLATE)
            self.draw_heading()
        await self.akson.workspace.notes.keep(self._draft.id, note, caret)

    def _tell_saving(self, trouble: WorkspaceTrouble | None, unsaved: bool) -> None:
        if trouble is not None:
            self.tell(said.trouble(trouble))
        else:
            self.tell(_("Ikke lagret ennå") if unsaved else _("Lagret igjen"))

    async def save(self) -> None:
        if self.is_attached:
            await self._keeper.flush()

    async def leaving(self) -> None:
        """What cannot be saved is told once; who leaves again, leaves it. An empty draft is not left behind."""
        try:
            await self.save()
        except WorkspaceTrouble:
            if self._told_unsaved:
                self._keeper.end()
                return
            self._told_unsaved = True
            raise
        self._told_unsaved = False
        if self._draft is not None and not self._current()[0]:
            self._keeper.end()
            await self.akson.workspace.notes.discard(self._draft.id)

    async def closing(self) -> None:
        self._keeper.end()

    # -- the fields ---------------------------------------------------------------------------------------------------

    def next_field(self) -> Awaitable[None] | None:
        """The next field; from the last one on to what will be sent."""
        at = self._at
        if at == len(self.fields) - 1:
            return self.look_over()
        self._to(at + 1)
        return None

    def field_before(self) -> None:
        """The field before."""
        self._to(max(self._at - 1, 0))

    @property
    def _at(self) -> int:
        return next((at for at, field in enumerate(self.fields) if field.input.has_focus), 0)

    def _to(self, to: int) -> None:
        left = self.fields[self._at]
        self._spread(left)
        self._judge(left)
        self.set_focus(self.fields[to].input, scroll_visible=False)
        self.draw_heading()

    def _spread(self, field: FigureField) -> None:
        """A whole line in one field: each figure to its own field, the rest to the remark."""
        key, line = field.row.key, field.value
        if key not in VITALS or rows.trouble(key, line, None)[0] is not Verdict.UNREADABLE:
            return
        found = measured_set.read(line, self._scale)
        if not (found.values or found.oxygen or found.consciousness):
            return
        field.value = ""
        for kind, figure in found.values.items():
            self._field(kind).value = figure
            self._judge(self._field(kind))
        for name, figure in ((OXYGEN, found.oxygen), (CONSCIOUSNESS, found.consciousness)):
            if figure:
                self._field(name).value = figure
        if found.remark:
            remark = self._field(REMARK)
            remark.value = " ".join(filter(None, (remark.value.strip(), found.remark)))

    def _judge(self, field: FigureField) -> Verdict:
        verdict, trouble = rows.trouble(field.row.key, field.value, self._last_number(field.row.key))
        field.says(None if trouble is not None and self._is_confirmed(field) else trouble)
        return verdict

    def _last_number(self, kind: str) -> Decimal | None:
        one = self._last.get(kind)
        return one.values[0].measurement.value if one is not None else None

    def _is_confirmed(self, field: FigureField) -> bool:
        return self._asked.get(field.row.key) == field.value.strip()

    # -- what is done -------------------------------------------------------------------------------------------------

    async def look_over(self) -> None:
        """What will be sent, as whom; a doubtful figure is asked about first. Raises NotKept, NotTaken."""
        self._spread(self.fields[self._at])
        for field in self.fields:
            verdict = self._judge(field)
            if verdict is Verdict.UNREADABLE:
                self._stop_at(field, _("Tallet kan ikke leses: rett det, eller ta det bort"))
                return
            if verdict is not Verdict.FINE and not self._is_confirmed(field):
                self._asked[field.row.key] = field.value.strip()
                self._stop_at(field, _("Uvanlig: rett den, eller F9 igjen hvis den stemmer"))
                return
        self.draw_heading()
        if not (self._measured.values or self._measured.remark):
            self._stop_at(self.fields[0], _("Ingen målinger er ført"))
            return
        await self._keeper.flush()
        assert self._draft is not None
        sure = frozenset(self._asked)
        await self.akson.show(places.kind("sign")(self.case, self._draft.id, sure, "measurements"))  # type: ignore[call-arg]

    def _stop_at(self, field: FigureField, told: str) -> None:
        self.set_focus(field.input, scroll_visible=False)
        self.tell(told)
