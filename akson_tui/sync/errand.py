"""One act on its way to the journal: look where an answer may be lost, send what is missing, bring in the rest.

The easy mistake: sending again because nobody answered. What was begun is looked for first, and what is done is written
down part by part, so that whoever goes on, this session or another, sends only what is missing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from akson_tui.fhir.common import FhirUnreadable, load, ref_of
from akson_tui.fhir.plan_rebase import Clash, rebase
from akson_tui.journal.answer import Answer
from akson_tui.journal.capability import Ability
from akson_tui.journal.rest import location_in, query, version_in
from akson_tui.journal.troubles import (
    Conflict,
    JournalTrouble,
    NoConnection,
    NotAllowed,
    NotDone,
    NotFhir,
    NotLetIn,
    NotSupported,
    Unusable,
)
from akson_tui.model.act import Act, Part
from akson_tui.model.ref import Ref
from akson_tui.store import outbox, patients
from akson_tui.store.files import Files, Store
from akson_tui.sync.acts import (
    ROWS,
    Indexed,
    has_identifier,
    named,
    own_id,
    search_for,
    transaction,
    unresolved,
    with_id,
)
from akson_tui.sync.intake import About, keep, sort_out
from akson_tui.sync.looking import look, target_now
from akson_tui.sync.names import Names
from akson_tui.sync.page import Page, Piece, cut
from akson_tui.sync.source import Source, at
from akson_tui.sync.urgency import Urgency

T = TypeVar("T")
MADE_ANEW = 5
"""Times that a change is made again on what others write while it is being sent."""


class Errand:
    """One run of one act, which is SENDING in the store. `doubtful`: something of it may have arrived unanswered."""

    def __init__(self, store: Store, source: Source, names: Names, act: Act, doubtful: bool) -> None:
        self.act = act
        self.doubtful = doubtful
        self._store = store
        self._source = source
        self._directory = names
        self._names: dict[str, str] = {}
        self._came: dict[int, bytes] = {}

    async def run(self) -> None:
        """Until the journal has all of it and it stands in the store. Raises JournalTrouble."""
        await self._source.ready()
        self._names = await self._store.run(_names_of, self.act.source)
        if self.doubtful:
            found = await self._ask(lambda: look(self._source.rest, self.act, self._names))
            for index, ref in found.items():
                await self._done(index, ref)
            self.doubtful = any(part.done is not None for part in self.act.parts)
        if ROWS[self.act.kind].changes:
            await self._compare(self._missing())
        for times in range(MADE_ANEW + 1):
            missing = self._missing()
            if not missing:
                break
            self._must_be_named(missing)
            try:
                await self._send(missing)
                break
            except Conflict as conflict:
                if times == MADE_ANEW or not await self._another_way(missing):
                    raise conflict
        await self._bring_in()

    def _missing(self) -> list[Indexed]:
        return [(index, part) for index, part in enumerate(self.act.parts) if part.done is None]

    async def _done(self, index: int, ref: Ref, raw: bytes = b"") -> None:
        await self._store.run(outbox.part_done, self.act.id, index, ref)
        parts = list(self.act.parts)
        parts[index] = replace(parts[index], done=ref)
        self.act = replace(self.act, parts=tuple(parts))
        self._names[parts[index].full_url] = ref.relative
        if raw:
            self._came[index] = raw

    def _must_be_named(self, missing: list[Indexed]) -> None:
        """A reference to an act that is not there would be refused, or worse, kept."""
        own = [part.full_url for _index, part in missing]
        if any(unresolved(named(part.body, self._names), own) for _index, part in missing):
            raise Conflict

    async def _compare(self, missing: list[Indexed]) -> None:
        """What was changed by somebody else since it was read is not written over. Raises Conflict."""
        for index, part in missing:
            if part.method != "PUT" or part.target is None:
                continue
            raw = await self._ask(partial(target_now, self._source.rest, part))
            if raw is None:
                raise Conflict
            ref = _named_in(raw, self.act.source)
            if ref is None:
                raise NotFhir
            if part.target.version and ref.version and ref.version != part.target.version:
                await self._make_anew(index, part, raw, ref)

    async def _another_way(self, missing: list[Indexed]) -> bool:
        """Whether what was refused could be made anew on what stands there by now."""
        if not any(part.base for _index, part in missing):
            return False
        before = self.act.parts
        try:
            await self._compare(self._missing())
        except Conflict:
            return False
        return self.act.parts != before

    async def _make_anew(self, index: int, part: Part, theirs: bytes, ref: Ref) -> None:
        """Our change on top of what somebody else has written meanwhile. Raises Conflict where both cannot stand."""
        if not part.base:
            raise Conflict
        try:
            body = rebase(named(part.base, self._names), named(part.body, self._names), theirs)
        except Clash:
            raise Conflict from None
        if body == theirs:  # it stands there already: our answer was lost, or they did the same
            await self._done(index, ref, theirs)
            return
        parts = list(self.act.parts)
        parts[index] = replace(part, body=body, base=theirs, target=ref)
        await self._store.run(outbox.made_anew, self.act.id, index, parts[index])
        self.act = replace(self.act, parts=tuple(parts))

    async def _send(self, missing: list[Indexed]) -> None:
        abilities = self._source.rest.abilities
        for _index, part in missing:
            if self._ours(part):
                self._names.setdefault(part.full_url, f"{part.type}/{own_id(part)}")
        if len(missing) > 1 and abilities.has(Ability.TRANSACTION):
            try:
                await self._together(missing)
                return
            except NotSupported:
                abilities.lacks(Ability.TRANSACTION)
        for index, part in sorted(missing, key=lambda one: one[1].type == "Provenance"):
            await self._singly(index, part)  # what is signed for must be there first

    async def _together(self, missing: list[Indexed]) -> None:
        """All in one transaction: the journal takes all of it or nothing."""
        abilities = self._source.rest.abilities
        body = transaction(
            missing,
            self._names,
            lambda type_: abilities.has(Ability.CONDITIONAL_CREATE, type_),
            abilities.named_by_us,
        )
        answer = await self._out(lambda: self._source.rest.transaction(body))
        page = cut(answer.raw)
        refs = [
            _made(piece, part, self.act.source) for piece, (_index, part) in zip(page.pieces, missing, strict=False)
        ]
        if page.type != "transaction-response" or len(refs) != len(missing):
            raise NotFhir
        odd = False
        for (index, part), ref, piece in zip(missing, refs, page.pieces, strict=True):
            if ref is None or (piece.status == 200 and await self._took_another(part, ref, piece.raw)):
                odd = True  # it went well, but not what it made is told: the next run looks for it
            else:
                await self._done(index, ref, piece.raw)
        if odd:
            raise NotFhir

    def _ours(self, part: Part) -> bool:
        """Whether `part` is put to an id of ours."""
        return part.method == "POST" and self._source.rest.abilities.named_by_us(part.type)

    async def _singly(self, index: int, part: Part) -> None:
        rest = self._source.rest
        body = named(part.body, self._names)
        if part.method == "PUT" and part.target is not None:
            target = part.target
            answer = await self._out(lambda: rest.update(target.type, target.id, body, target.version))
            ref = _answered(answer, self.act.source) or target.bare()
            if _skipped(target.version, ref.version):
                # somebody was quicker, and ours was taken all the same
                rest.abilities.lacks(Ability.IF_MATCH, target.type)
        elif self._ours(part):
            answer = await self._out(lambda: rest.update(part.type, own_id(part), with_id(body, own_id(part))))
            ref = _answered(answer, self.act.source) or Ref(self.act.source, part.type, own_id(part))
        else:
            try:
                answer, ref = await self._create(part, body)
            except NotSupported:
                rest.abilities.lacks(Ability.CREATE, part.type)
                if not self._ours(part):
                    raise
                await self._singly(index, part)
                return
        await self._done(index, ref, answer.raw)

    async def _create(self, part: Part, body: bytes) -> tuple[Answer, Ref]:
        rest = self._source.rest
        none_such = ""
        if part.identifier[1] and rest.abilities.has(Ability.CONDITIONAL_CREATE, part.type):
            none_such = query([search_for(part)])
        answer = await self._out(lambda: rest.create(part.type, body, none_such))
        made = _answered(answer, self.act.source)
        if made is None or made.type != part.type:
            raise NotFhir
        if none_such and answer.status == 200 and await self._took_another(part, made, answer.raw):
            return await self._create(part, body)
        return answer, made

    async def _took_another(self, part: Part, ref: Ref, raw: bytes) -> bool:
        """Whether a conditional create found another's resource and made none: then it heeds no condition."""
        if part.method != "POST" or not part.identifier[1] or self._ours(part):
            return False
        try:
            theirs = load(raw if _is(raw, ref) else await self._read(ref))
        except FhirUnreadable:
            return False  # nothing shows that it is another's
        if has_identifier(theirs, part):
            return False
        self._source.rest.abilities.lacks(Ability.CONDITIONAL_CREATE, part.type)
        return True

    async def _bring_in(self) -> None:
        """What the journal made of it, through the door, so that it stands in the timeline with the journal's name."""
        records_ = await self._store.run(patients.records_of, self.act.person)
        about = About.of(self.act.patient, records_)
        pieces: list[Piece] = []
        for index, part in enumerate(self.act.parts):
            if part.done is None or part.type == "Provenance":
                continue
            raw = self._came.get(index) or b""
            if not _is(raw, part.done):
                raw = await self._read(part.done)
            pieces.append(Piece(raw))
        wanted: set[Ref] = set()
        types = {part.type for part in self.act.parts}
        page = Page("", tuple(pieces))
        labels = self._directory.asking(wanted)
        result = await sort_out(page, about, types, {}, labels)
        if wanted and await self._directory.fill(wanted, at(Urgency.NAMES)):
            result = await sort_out(page, about, types, {}, self._directory.asking(set()))
        await keep(self._store, result.rows, self._source.line.now())

    async def _read(self, ref: Ref) -> bytes:
        try:
            return (await self._source.at_once(lambda: self._source.rest.read(ref.type, ref.id))).raw
        except (NotAllowed, NotDone, Unusable):
            return b""  # it may be written and not read: then the store does not have it, as nothing else like it

    async def _out(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Send something: from here on an answer may be lost, unless it is certain that nothing was taken."""
        before, self.doubtful = self.doubtful, True
        try:
            answer = await self._source.at_once(call)
        except (NoConnection, NotLetIn):
            self.doubtful = before
            raise
        return answer

    async def _ask(self, call: Callable[[], Awaitable[T]]) -> T:
        """Ask something that may take several requests."""
        try:
            return await call()
        except JournalTrouble as trouble:
            self._source.line.answered(trouble)
            raise


def _skipped(before: str, after: str) -> bool:
    """Whether a version came between the one that was changed and the one that was made."""
    return before.isdecimal() and after.isdecimal() and int(after) > int(before) + 1


def _names_of(files: Files, source: str) -> dict[str, str]:
    """What the journal calls the parts of our acts that it has, by our own names for them."""
    names: dict[str, str] = {}
    for act in outbox.acts(files):
        for part in act.parts:
            if part.done is not None and act.source == source:
                names[part.full_url] = part.done.relative
                if part.identifier[1]:
                    names.setdefault(part.identifier[1], part.done.relative)
    return names


def _made(piece: Piece, part: Part, source: str) -> Ref | None:
    """What one entry of a transaction's answer says that it made."""
    told = location_in(piece.location)
    if told is not None and told[0] == part.type:
        return Ref(source, *told)
    ref = _named_in(piece.raw, source)
    if ref is not None and ref.type == part.type:
        return ref
    return part.target.bare() if part.method == "PUT" and part.target is not None else None


def _answered(answer: Answer, source: str) -> Ref | None:
    """What an answer to a create or update says that it made."""
    ref = _named_in(answer.raw, source)
    if ref is not None and ref.type != "OperationOutcome":
        return ref
    told = location_in(answer.headers.get("location", ""))
    if told is None:
        return None
    return Ref(source, told[0], told[1], told[2] or version_in(answer))


def _named_in(raw: bytes, source: str) -> Ref | None:
    try:
        ref = ref_of(load(raw), source) if raw else None
    except FhirUnreadable:
        return None
    return ref if ref is not None and ref.id else None


def _is(raw: bytes, ref: Ref) -> bool:
    found = _named_in(raw, ref.source)
    return found is not None and found.bare() == ref.bare()
