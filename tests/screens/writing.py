"""The writing desks in memory: notes and outbox. They answer as the real ones do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.note import Draft, DraftKind, Recognised, SignSummary, Template
from akson_tui.model.people import Clinician
from akson_tui.model.ref import Ref
from akson_tui.workspace import troubles
from akson_tui.workspace.views import (
    ActRow,
    DraftRow,
)
from tests.screens.nouns import NOW, SOURCE

if TYPE_CHECKING:
    from tests.screens.people import FakeWorkspace


TEMPLATES = (
    Template("free", "Fritt notat", "B02-2", "Journalnotat"),
    Template("home_visit", "Hjemmebesøk", "B02-2", "Journalnotat", ("Observasjoner", "Tiltak", "Vurdering")),
)


class FakeNotes:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws
        self.saves: list[str] = []

    def templates(self) -> tuple[Template, ...]:
        return self.ws.wear(TEMPLATES)

    def template(self, id_: str) -> Template:
        return next((each for each in self.templates() if each.id == id_), self.templates()[0])

    async def offered(self, patient: Ref) -> bool:
        return self.ws.taken

    def _must(self) -> None:
        if not self.ws.taken:
            raise troubles.NotTaken(known=True)

    async def begin(self, opened: Opened, template: str) -> Draft:
        self._must()
        text = next((each for each in TEMPLATES if each.id == template), TEMPLATES[0]).text
        return self._new(opened.person, DraftKind.NEW, template, text, None)

    def _new(self, person: str, kind: DraftKind, template: str, text: str, target: Ref | None) -> Draft:
        self.ws.ids += 1
        draft = Draft(
            f"urn:uuid:{self.ws.ids:032}", person, self.ws.journals[person].patient.ref, kind, template, text, 0,
            NOW, NOW, target,
        )  # fmt: skip
        self.ws.kept[draft.id] = draft
        return draft

    async def addendum(self, opened: Opened, target: Ref) -> Draft:
        self._must()
        if target.type != "DocumentReference":
            raise troubles.TargetNotHeld
        return self._new(opened.person, DraftKind.ADDENDUM, "free", "", target)

    async def correct(self, opened: Opened, target: Ref) -> Draft:
        self._must()
        if target.type != "DocumentReference":
            raise troubles.TargetNotHeld
        found = await self.ws.record.detail(opened, target)
        assert found is not None
        return self._new(opened.person, DraftKind.CORRECTION, "free", found.paragraphs[0].body, target)

    async def keep(self, draft: str, text: str, cursor: int) -> datetime:
        if self.ws.keep_fails is not None:
            raise self.ws.keep_fails
        self.ws.kept[draft] = replace(await self.get(draft), text=text, cursor=cursor, saved=NOW)
        self.saves.append(text)
        return NOW

    async def get(self, draft: str) -> Draft:
        if draft not in self.ws.kept:
            raise troubles.Gone
        return self.ws.kept[draft]

    async def all(self) -> tuple[DraftRow, ...]:
        return tuple(DraftRow(draft, self.ws.dress(self.ws.name_of(draft.person))) for draft in self.ws.kept.values())

    async def discard(self, draft: str) -> None:
        self.ws.kept.pop(draft, None)

    def name_author(self, name: str, hpr: str) -> None:
        self.ws.who = Clinician(name, hpr)

    async def summary(self, draft: str) -> SignSummary:
        self._must()
        held = await self.get(draft)
        if not held.text.strip():
            raise troubles.EmptyNote
        if self.ws.who is None:
            raise troubles.NoAuthor
        at = held.text.find("BT ")
        measured = (
            (
                Recognised(at, at + 9, "bp", ("142", "88"), "mm[Hg]"),
                Recognised(at + 10, at + 16, "spo2", ("9",), "%", True),
            )
            if at >= 0
            else ()
        )
        who = self.ws.journals[held.person].patient
        return self.ws.wear(
            SignSummary(held, "Fritt notat", who.name.text, who.national_id, self.ws.who, held.text, measured, True,
                        self.ws.who.organisation_name, sha256(held.text.encode("utf-8", "replace")).hexdigest())
        )  # fmt: skip

    async def sign(self, summary: SignSummary, measurements: tuple[Recognised, ...]) -> Act:
        draft = summary.draft
        self.ws.calls.append(("notes.sign", draft.id, *(each.kind for each in measurements)))
        del self.ws.kept[draft.id]
        label = " ".join(draft.text.split())[:60]
        act = Act(draft.id, ActKind.NOTE, SOURCE, draft.person, draft.patient, label, NOW, (), b"draft")
        self.ws.acts[act.id] = act
        return act

    async def wrong_patient(self, opened: Opened, ref: Ref, reason: str, right_person: str) -> Draft:
        self.ws.calls.append(("notes.wrong_patient", opened.person, ref.id, reason, right_person))
        if self.ws.who is None:
            raise troubles.NoAuthor
        return self._new(right_person, DraftKind.NEW, "free", "Teksten fra feil pasient", None)


class FakeOutbox:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws

    async def all(self) -> tuple[ActRow, ...]:
        rows = []
        for act in self.ws.acts.values():
            worn = replace(act, label=self.ws.dress(act.label), said=self.ws.dress(act.said) if act.said else "")
            rows.append(ActRow(worn, self.ws.dress(self.ws.name_of(act.person))))
        return tuple(rows)

    async def get(self, act: str) -> Act:
        if act not in self.ws.acts:
            raise troubles.Gone
        return self.ws.acts[act]

    async def retry(self, act: str) -> None:
        self.ws.calls.append(("outbox.retry", act))

    async def take_back(self, act: str) -> Draft:
        held = await self.get(act)
        if held.state not in (ActState.WAITING, ActState.REFUSED):
            raise troubles.TooLate
        del self.ws.acts[act]
        draft = Draft(act, held.person, held.patient, DraftKind.NEW, "free", held.label, 0, NOW, NOW)
        self.ws.kept[act] = draft
        return draft

    async def remove(self, act: str) -> None:
        held = await self.get(act)
        if held.state not in (ActState.REFUSED, ActState.SENT):
            raise troubles.TooLate
        del self.ws.acts[act]
