"""One source's share of one person's journal: small lists whole, long ones newest first, each with its own age.

The easy mistake: asking list by list. What can be asked for together goes in one request, and a list that was refused
in one way is asked for again in another while the rest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from akson_tui.journal.capability import Ability
from akson_tui.journal.troubles import Gone, Invalid, JournalTrouble, LineTrouble, NotFound, NotSignedIn, NotSupported
from akson_tui.model.held import Fetched
from akson_tui.model.people import Patient
from akson_tui.model.ref import Ref
from akson_tui.model.trouble import Trouble
from akson_tui.store import fetches, records
from akson_tui.store.files import Files, Store
from akson_tui.store.records import StoredResource
from akson_tui.sync import compare
from akson_tui.sync.intake import About, Sorted, keep, row_of, sort_out
from akson_tui.sync.lists import MOST_PAGES, List, Mode
from akson_tui.sync.names import Names
from akson_tui.sync.page import Page
from akson_tui.sync.plan import plan
from akson_tui.sync.source import Level, Search, Source

ENOUGH = 200
"""Entries that the first look brings."""
FIRST_PAGES = 8
"""Pages beyond the first that the first look may take to get there."""


class Share:
    """What one source holds of one person, as far as it was fetched. `level` says how urgent it is now."""

    def __init__(self, source: Source, names: Names, store: Store, level: Level) -> None:
        self.source = source
        self.level = level
        self.small: list[List] = []
        self.long: list[List] = []
        self.others: list[List] = []
        self._names = names
        self._store = store
        self._dates: list[datetime] = []

    async def begin(self, patients: Iterable[Patient]) -> None:
        """Take up where the last fetch of these records stopped."""
        mine = [patient for patient in patients if patient.ref.source == self.source.id]
        about = [About.of(patient.ref, mine) for patient in mine]
        rows = plan(self.source.rest.abilities)
        self.small = [List(one, row, False) for one in about for row in rows.small]
        self.long = [List(one, row, True) for one in about for row in rows.long]
        self.others = [List(one, row, False) for one in about for row in rows.others]
        every = (*self.small, *self.long, *self.others)
        states, versions = await self._store.run(
            _read, tuple(one.key for one in every), tuple(one.patient for one in about)
        )
        for one in every:
            one.state = states[one.key]
            one.held = versions.get((one.about.patient, one.row.type), {})

    @property
    def horizon(self) -> datetime | None:
        """Down to here every long list is whole; None where all are."""
        return max((one.state.horizon for one in self.long if one.state.horizon), default=None)

    def next_open(self) -> List | None:
        """The long list that reaches back least."""
        best: List | None = None
        for one in self.long:
            if one.state.horizon is None or one.stuck:
                continue
            if best is None or best.state.horizon is None or one.state.horizon > best.state.horizon:
                best = one
        return best

    async def settle(self) -> None:
        """What an answer has shown about the server may put earlier ones in another light."""
        abilities = self.source.rest.abilities
        every = (*self.small, *self.long, *self.others)
        before = [one.state for one in every]
        for one in every:
            one.settle(abilities)
        await self._keep([one for one, state in zip(every, before, strict=True) if one.state != state])

    async def fetch_small(self, fresh: bool) -> None:
        """The small lists: whole the first time and when `fresh`, else what has changed."""
        await self._round(self.small, fresh)

    async def fetch_others(self, fresh: bool) -> None:
        """The types that only the server knows."""
        await self._round(self.others, fresh)

    async def fetch_newest(self) -> None:
        """The newest of each long list the first time, else what has changed; then some 200 in all."""
        if not await self._round(self.long, False):
            return  # nothing was walked from its newest page: what is there is looked at already
        for _ in range(FIRST_PAGES):
            horizon = self.horizon
            if (
                horizon is None
                or sum(1 for date in self._dates if date >= horizon) >= ENOUGH
                or not await self.fetch_older()
            ):
                return

    async def fetch_older(self) -> bool:
        """One further page of the list that reaches back least. False where there is none."""
        one = self.next_open()
        if one is None:
            return False
        link, one.next = one.next, ""
        abilities = self.source.rest.abilities
        params = one.params(Mode.OLDER, abilities)
        try:
            if link:
                page = await self.source.page(self.level, link)
            elif one.sorts(abilities):
                page = await self.source.search(self.level, one.row.type, params, one.naming(abilities))
                one.doubted = True
                one.came = 0
            else:
                await self._round([one], True)  # cannot be taken up in the middle: from the start
                return True
        except (LineTrouble, NotSignedIn):
            raise
        except JournalTrouble as trouble:
            if not (link and isinstance(trouble, Gone | NotFound | Invalid)) and not one.simpler(
                params, trouble, abilities
            ):
                one.failed(trouble)
                one.stuck = True
                await self._keep([one])
            return True  # a link that has run out: the next try asks by date
        await self._older_page(one, page)
        return True

    async def compare(self, fresh: bool) -> None:
        """Notice what is gone, and what was missed: for lists that were taken up by date; all long ones if `fresh`."""
        whole = [one for one in self.long if not one.open and one.state.at and (fresh or one.doubted)]
        if not self.source.rest.abilities.has(Ability.PATIENT):
            if fresh:
                await self._round(whole, True)  # numbers and ids would be everybody's
            return
        for one in await compare.differing(self.source, self.level, whole):
            result = await compare.differences(self.source, self.level, one)
            if result is None:
                continue
            missing, gone = result
            for page in await compare.bodies(self.source, self.level, one, missing):
                await self._take(one, page)
            await self._gone(one, gone)

    # one answer

    async def _older_page(self, one: List, page: Page) -> None:
        result = await self._take(one, page)
        one.reach(page, result, self.source.line.now(), self.source.rest.abilities)
        if not one.open and not one.doubted and not page.left:
            await self._gone(one, one.gone())
        await self._keep([one])

    async def _round(self, asked: list[List], fresh: bool) -> bool:
        """Ask for all of these together, until each was answered or has failed. True where any began at its newest."""
        abilities = self.source.rest.abilities
        newest = False
        waiting = list(asked)
        try:
            while waiting:
                began = self.source.line.now()
                modes = [one.mode(abilities, fresh) for one in waiting]
                newest = newest or Mode.NEWEST in modes
                params = [one.params(mode, abilities) for one, mode in zip(waiting, modes, strict=True)]
                wanted = [
                    Search(one.row.type, made, one.naming(abilities)) for one, made in zip(waiting, params, strict=True)
                ]
                results = await self.source.searches(self.level, wanted)
                again: list[List] = []
                for one, mode, made, result in zip(waiting, modes, params, results, strict=True):
                    if isinstance(result, NotFound | NotSupported) and not abilities.known:
                        one.caught_up("", began)  # no statement says that it has this type, and it has not
                    elif isinstance(result, JournalTrouble):
                        if one.simpler(made, result, abilities):
                            again.append(one)
                        else:
                            one.failed(result)
                    elif not await self._walk(one, mode, result, made, began):
                        again.append(one)
                waiting = again
        finally:
            await self._keep(asked)  # what came before a line fell is known all the same
        return newest

    async def _walk(
        self, one: List, mode: Mode, page: Page, params: tuple[tuple[str, str], ...], began: datetime
    ) -> bool:
        """Take a first page, and what follows it as far as `mode` goes. False: ask again, it was not heeded."""
        abilities = self.source.rest.abilities
        one.begin(mode)
        one.came = 0
        trouble = ""
        walked: set[Ref] = set()
        for _ in range(MOST_PAGES):
            known = {ref for ref, version in one.held.items() if version}
            result = await self._take(one, page, began)
            trouble = trouble or result.trouble(abilities.has(Ability.PATIENT))
            trouble = trouble or (Trouble.TOO_LARGE.value if page.left else "")
            if mode is Mode.CHANGED and one.ignored(page, result, params):
                abilities.lacks(Ability.LAST_UPDATED, one.row.type)
                return False
            if mode is Mode.NEWEST:
                one.reach(page, result, began, abilities)
                if not one.open and not page.left:
                    await self._gone(one, one.gone())
                break
            nothing_new = result.everyone <= walked
            walked |= result.everyone
            if mode is Mode.WHOLE:
                one.seen |= result.seen
            if mode is Mode.RECENT:
                nothing_new = not result.rows and set(result.seen) <= known
            if not page.next and not (mode is Mode.RECENT and nothing_new) and one.short(page, abilities):
                if one.larger(page):
                    return False
                trouble = trouble or Trouble.TOO_LARGE.value
            if not page.next or nothing_new:
                one.caught_up(trouble, began)
                if mode is Mode.WHOLE and not page.next and not trouble:
                    await self._gone(one, one.gone())
                break
            try:
                page = await self.source.page(self.level, page.next)
            except (LineTrouble, NotSignedIn):
                raise
            except JournalTrouble as failure:
                one.failed(failure)
                break
        return True

    async def _take(self, one: List, page: Page, at: datetime | None = None) -> Sorted:
        """Through the door, with the names that were missing, into the store."""
        wanted: set[Ref] = set()
        labels = self._names.asking(wanted)
        result = await sort_out(page, one.about, (one.row.type,), one.held, labels)
        one.came += page.matches
        if len(result.strangers) > 1:
            self.source.rest.abilities.lacks(Ability.PATIENT)
        self._names.learn(result.directory)
        rows = result.rows
        if wanted and await self._names.fill(wanted, self.level):
            rows = self._named(result)
        self._dates += [date for date in result.dates if date is not None]
        if rows or result.directory:
            await keep(self._store, [*result.directory, *rows], at or self.source.line.now())
            one.held.update({row.ref.bare(): row.ref.version for row in rows})
        return result

    def _named(self, result: Sorted) -> list[StoredResource]:
        """The rows made again, now that more names are known."""
        labels = self._names.asking(set())
        return [
            row_of(row.ref, row.patient, row.raw, body, labels) if row.patient else row
            for row, body in zip(result.rows, result.bodies, strict=True)
        ]

    async def _gone(self, one: List, refs: list[Ref]) -> None:
        if refs:
            await self._store.run(records.drop, refs)
            for ref in refs:
                one.held.pop(ref, None)

    async def _keep(self, lists: Iterable[List]) -> None:
        await self._store.run(_write, {one.key: one.state for one in lists})


def _read(
    files: Files, keys: tuple[str, ...], patients: tuple[Ref, ...]
) -> tuple[dict[str, Fetched], dict[tuple[Ref, str], dict[Ref, str]]]:
    """The states of lists, and the versions held by patient record and type. In the store's thread."""
    held: dict[tuple[Ref, str], dict[Ref, str]] = {}
    for patient in patients:
        for ref, version in records.versions_of_person(files, patient).items():
            held.setdefault((patient, ref.type), {})[ref] = version
    return {key: fetches.state(files, key) for key in keys}, held


def _write(files: Files, states: Mapping[str, Fetched]) -> None:
    with files.tx("cache"):
        for key, state in states.items():
            fetches.set_state(files, key, state)
