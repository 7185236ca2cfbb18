"""The fields of a new set of measurements: one for each kind, with what is thought of the figure beside it.

The easy mistake is to judge while one types: `9` is no pulse, but `91` is. A figure is judged when its field is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from textual.app import ComposeResult
from textual.content import Content

from akson_tui.clinical import vitals
from akson_tui.clinical.measured_set import MeasuredSet, number
from akson_tui.clinical.news2 import ACVPU
from akson_tui.clinical.plausible import Verdict, bounds, judge
from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper

LABEL, INPUT = 22, 24
OXYGEN, CONSCIOUSNESS, SCALE, REMARK = "oxygen", "consciousness", "scale", "remark"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """`key` is a kind of `clinical.vitals`, or one of the names above."""

    key: str
    label: str
    hint: str


ROWS: tuple[FieldRow, ...] = (
    *(FieldRow(row.key, row.name, row.unit) for row in vitals.ROWS),
    FieldRow(OXYGEN, later("Oksygen"), later("l/min; 0 for luft")),
    FieldRow(CONSCIOUSNESS, later("Bevissthet (ACVPU)"), later("A våken, C forvirret, V, P, U")),
    FieldRow(SCALE, later("NEWS2, skala for SpO2"), later("1, eller 2 ved mål 88–92 %")),
    FieldRow(REMARK, later("Merknad"), ""),
)
VITALS = frozenset(row.key for row in vitals.ROWS)


class FigureField(Field):
    """A field with a note beside it: unit and last value, or what is wrong with the figure."""

    def __init__(self, row: FieldRow, last: str) -> None:
        super().__init__(_(row.label))
        self.row = row
        self._hint = text.join([text.line(_(row.hint)), text.line(last)])
        self.label.styles.width = LABEL
        self.input.styles.width = INPUT if row.key != REMARK else "1fr"
        self.note = Paper([self._hint])
        self.note.styles.width = "1fr" if row.key != REMARK else 0
        self.note.styles.padding = (0, 0, 0, 1)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.note

    def says(self, trouble: Content | None) -> None:
        """Say what is wrong with the figure; None: nothing."""
        self.note.show([self._hint if trouble is None else trouble])


def trouble(key: str, said: str, last: Decimal | None) -> tuple[Verdict, Content | None]:
    """What is to be thought of what stands in a field, and that in words."""
    if not said.strip() or key == REMARK:
        return Verdict.FINE, None
    if key not in VITALS:
        fine = {
            OXYGEN: number(said) is not None,
            CONSCIOUSNESS: said.strip().upper() in ACVPU,
            SCALE: said.strip() in ("1", "2"),
        }[key]
        return (Verdict.FINE, None) if fine else (Verdict.UNREADABLE, text.line(_("kan ikke leses"), "warning"))
    verdict = judge(key, said, last).verdict
    template = {
        Verdict.FINE: "",
        Verdict.DOUBTFUL: _("utenfor {bounds}: stemmer det?"),
        Verdict.TURNED: _("undertrykket er høyest: stemmer det?"),
        Verdict.JUMP: _("langt fra forrige: stemmer det?"),
        Verdict.UNREADABLE: _("kan ikke leses"),
    }[verdict]
    return verdict, text.line(template.format(bounds=bounds(key)), "warning") if template else None


def collected(said: dict[str, str]) -> MeasuredSet:
    """The set that stands in the fields."""
    values = {}
    for key in VITALS:
        found = judge(key, said[key]).found if said[key].strip() else None
        if said[key].strip():
            values[key] = "/".join(found.values).replace(".", ",") if found is not None else said[key].strip()
    scale = said[SCALE].strip()
    return MeasuredSet(
        values=values,
        oxygen=said[OXYGEN].strip(),
        consciousness=said[CONSCIOUSNESS].strip().upper(),
        scale=int(scale) if scale in ("1", "2") else 1,
        remark=said[REMARK].strip(),
    )
