"""A plan desk in memory, and a workspace that has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from akson_tui.model.act import Act, ActKind
from akson_tui.model.entry import EntryState
from akson_tui.model.held import Shelf
from akson_tui.model.plan import Aim, Outcome, Sheet, Step, Tick
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.workspace import troubles
from akson_tui.workspace.plan import PlanView
from tests.screens.people import FETCHED, NOW, SOURCE, FakeWorkspace

PLAN = Ref(SOURCE, "CarePlan", "p1", "1")
_ROWS = (
    ("Morgenstell med tilrettelegging, oppmuntre til egen innsats", "daglig kl. 8", "Hjemmesykepleien"),
    ("Medisiner fra multidose, ses tatt", "daglig kl. 8 og 20", "Hjemmesykepleien"),
    ("Inhalasjon: veiledning i teknikk", "daglig kl. 8", "Hjemmesykepleien"),
    ("Forstøver ved tung pust, inntil 4 ganger daglig", "ved behov", "Hjemmesykepleien"),
    ("SpO2 og respirasjonsfrekvens, mål 88–92 %", "hver mandag", "Hjemmesykepleien"),
    ("Vekt før frokost; beskjed til lege ved + 2 kg", "hver mandag", "Hjemmesykepleien"),
    ("Dusj og hårvask", "tirsdag og fredag", "Hjemmesykepleien"),
    ("Kveldstilsyn med hjelp i seng", "daglig kl. 20", "Hjemmesykepleien"),
    ("Bestille og fylle opp multidose", "hver 14. dag", "Kari Nilsen"),
    ("Fysioterapi hjemme, lungerehabilitering", "hver 14. dag", "Siv Møllestad"),
    ("Ergoterapeut: vurdere bad og terskler", "én gang", "Ergoterapi"),
)


def tick(key: str, hours: float, outcome: Outcome = Outcome.DONE, **more: Any) -> Tick:
    at = When.at(NOW - timedelta(hours=hours))
    return Tick(Ref(SOURCE, "Task", f"t{hours}"), (PLAN,), key, key, at, outcome, who="Per Dahl", **more)


def sheet() -> Sheet:
    steps = [
        Step(PLAN, text, text, "in-progress", when, who, "Hjemmesykepleien", place=at)
        for at, (text, when, who) in enumerate(_ROWS)
    ]
    steps[0] = replace(steps[0], ticks=(tick(steps[0].key, 3.5),), due=When.parse("2026-11-25T08:00"), new=True)
    steps[1] = replace(steps[1], due=When.parse("2026-11-24T20:00"))
    missed = tick(steps[6].key, 96, Outcome.NOT_DONE, reason="Pasienten ønsket det ikke", note="Ville heller på fredag")
    steps[6] = replace(steps[6], ticks=(missed,), due=When.parse("2026-11-24"))
    steps[9] = replace(steps[9], held=False, text="")
    steps[10] = replace(steps[10], ended=True, reason="Utført")
    aims = (
        Aim(Ref(SOURCE, "Goal", "g1"), "Trygg hjemme om natten", "active", "i rute", own=True),
        Aim(Ref(SOURCE, "Goal", "g2"), "Vekt 54 kg eller mer", "active", "", "Vekt 54 kg, 24.02.2027", ("Undervekt",)),
    )
    return Sheet(PLAN, "Tiltaksplan hjemmetjenesten", "active", When.parse("2026-10-03"), None, "Kari Nilsen",
                 "Hjemmesykepleien", ("KOLS", "Hjertesvikt", "Undervekt"), aims, tuple(steps),
                 ("Jeg vil bo hjemme så lenge jeg kan.",))  # fmt: skip


class FakePlan:
    """Keeps one sheet; `trouble` is raised by whatever is written."""

    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws
        self.sheets: tuple[Sheet, ...] = (sheet(),)
        self.refused = 0
        self.fetched = FETCHED
        self.trouble: Exception | None = None

    async def read(self, opened: object) -> PlanView:
        return PlanView(Shelf(self.ws.wear(self.sheets), self.fetched), self.refused)

    def _write(self, *call: str) -> Act:
        self.ws.calls.append(call)
        if self.trouble is not None:
            raise self.trouble
        return Act("a1", ActKind.PLAN, SOURCE, "astrid-bakken", PLAN, "tiltak", NOW, ())

    def _put(self, place: int | None, **changed: Any) -> None:
        held = self.sheets[0]
        steps = tuple(replace(one, **changed) if one.place == place else one for one in held.steps)
        self.sheets = (replace(held, steps=steps),)

    async def tick(self, opened: object, step: Step, outcome: Outcome, reason: str = "", note: str = "") -> Act:
        if not step.held:
            raise troubles.StepNotHeld
        act = self._write("plan.tick", str(step.place), outcome.value, reason, note)
        ours = replace(
            tick(step.key, 0, outcome, reason=reason, note=note), who="Kari Nilsen", state=EntryState.WAITING
        )
        self._put(step.place, ticks=(ours, *step.ticks))
        return act

    async def undo(self, opened: object, step: Step, reason: str) -> None:
        if step.ticks[0].who != "Kari Nilsen":
            raise troubles.TooLate
        self._write("plan.undo", str(step.place))
        self._put(step.place, ticks=step.ticks[1:])

    async def add(self, opened: object, held: Sheet, text: str, when: str = "", reason: str = "") -> Act:
        act = self._write("plan.add", text, when, reason)
        made = Step(PLAN, f"new {text}", text, "accepted", when, "Kari Nilsen", place=99, state=EntryState.WAITING)
        self.sheets = (replace(self.sheets[0], steps=(*self.sheets[0].steps, made)),)
        return act

    async def change(self, opened: object, step: Step, text: str, when: str, reason: str) -> Act:
        act = self._write("plan.change", str(step.place), text, when, reason)
        self._put(step.place, text=text, timing=when)
        return act

    async def end(self, opened: object, step: Step, reached: bool, reason: str) -> Act:
        act = self._write("plan.end", str(step.place), str(reached), reason)
        self._put(step.place, ended=True, reason=reason)
        return act


class PlanWorkspace(FakeWorkspace):
    """The workspace of the other screens, with plans."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.plan = FakePlan(self)
