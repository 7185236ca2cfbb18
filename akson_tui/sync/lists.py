"""One list: one type of one patient record at one source: how it is asked for, and how far what came reaches.

The easy mistake: a horizon that is too good. An answer that is not sorted as it was asked to be proves nothing about
what is still missing, and a link to a next page means that older ones are missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from akson_tui.journal.capability import Abilities, Ability
from akson_tui.journal.rest import since, token
from akson_tui.journal.troubles import Invalid, JournalTrouble, NotSupported, ServerFailed, TooLarge
from akson_tui.model.held import NEVER, Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.model.trouble import Trouble
from akson_tui.sync.intake import About, Sorted
from akson_tui.sync.page import MOST_ENTRIES, Page
from akson_tui.sync.plan import TypePlan

Params = tuple[tuple[str, str], ...]

OVERLAP = timedelta(minutes=1)
"""How far a question for changes reaches back before the last answer: servers commit late."""
SLACK = timedelta(days=1, hours=1)
"""By how much neighbours of a sorted list may seem to be in the wrong order (a date beside a time)."""
WHOLE_PAGE = 200
FIRST_PAGE = 60
"""Entries of each long type in the first request: some 200 in all down to the time that every one of them reaches."""
SMALLEST_PAGE = 5
PATIENCE = 3
"""Pages in a row without anything new, after which a server that always names a next page is no longer followed."""
MOST_PAGES = 1000
"""Pages of one walk that are followed at all."""


class Mode(StrEnum):
    """What a request is for."""

    WHOLE = "whole"
    """All of it; what is held and did not come is gone."""
    NEWEST = "newest"
    """Its newest page; older ones follow by the link."""
    CHANGED = "changed"
    """What was changed since it was asked for last (`_lastUpdated`)."""
    RECENT = "recent"
    """The same where the server cannot tell: newest first until a page holds only what is known."""
    OLDER = "older"
    """Older than the horizon, after a restart or when the link has run out."""


@dataclass(slots=True)
class List:
    """`state.horizon` is None where the list is whole. `next` is the link to older pages, '' where none is known."""

    about: About
    row: TypePlan
    long: bool
    state: Fetched = NEVER
    held: dict[Ref, str] = field(default_factory=dict)
    """Version held of each resource of this type and record."""
    next: str = ""
    doubted: bool = False
    """True after it was taken up by date: entries without a date may be missing, so it is compared when it ends."""
    count: int = 0
    """Entries a page may have, after a page was too large; 0 for the usual."""
    idle: int = 0
    """Pages in a row that brought nothing that an earlier one had not."""
    stuck: bool = False
    """True where older pages are to come and cannot be had for now."""
    seen: dict[Ref, str] = field(default_factory=dict)
    """What the pages since the newest one held, to tell what is gone when the end is reached."""
    walked: set[Ref] = field(default_factory=set)
    """The same with what is about others: a page that holds nothing else is no end."""
    came: int = 0
    """Resources on the pages since the last search, to hold against what the server says that there are."""

    @property
    def key(self) -> str:
        """Where its state is kept."""
        return f"list:{self.about.source}:{self.about.patient.relative}:{self.row.type}"

    @property
    def open(self) -> bool:
        """True where older pages are to come."""
        return self.state.horizon is not None

    def mode(self, abilities: Abilities, fresh: bool) -> Mode:
        """What to ask for now."""
        if fresh and self.state.at is not None and not abilities.has(Ability.PATIENT):
            return Mode.WHOLE  # what is gone is noticed in no other way
        if self.state.at is None or (fresh and not self.long):
            return Mode.NEWEST if self.long else Mode.WHOLE
        if self.open and not self.sorts(abilities):
            return Mode.NEWEST  # where it stopped cannot be told to this server
        if abilities.has(Ability.LAST_UPDATED, self.row.type):
            return Mode.CHANGED
        return Mode.RECENT if self.long and self.sorts(abilities) else Mode.WHOLE

    def sorts(self, abilities: Abilities) -> bool:
        """Whether newest first can be asked for."""
        return bool(self.row.date) and abilities.has(Ability.SORT, self.row.type)

    def naming(self, abilities: Abilities) -> bool:
        """Whether the patient is named by number: the server's resources do not name them by reference."""
        return bool(self.about.number[1]) and not abilities.has(Ability.REFERENCE, self.row.type)

    def whose(self, abilities: Abilities) -> tuple[str, str]:
        """The parameter that names the patient."""
        if self.naming(abilities):
            return f"{self.row.param}:identifier", token(*self.about.number)
        return self.row.param, self.about.patient.relative

    def params(self, mode: Mode, abilities: Abilities) -> Params:
        """The parameters of a search."""
        made = [self.whose(abilities)]
        usual = FIRST_PAGE if mode in (Mode.NEWEST, Mode.RECENT) else WHOLE_PAGE
        made.append(("_count", str(self.count or usual)))
        if mode is not Mode.WHOLE and mode is not Mode.CHANGED and self.sorts(abilities):
            made.append(("_sort", f"-{self.row.date}"))
        if mode is Mode.CHANGED and self.state.at is not None:
            made.append(("_lastUpdated", f"gt{since(self.state.at - OVERLAP)}"))
        if mode is Mode.OLDER and self.state.horizon is not None and self.row.date:
            made.append((self.row.date, f"le{since(self.state.horizon + timedelta(seconds=1))}"))
        return tuple(made)

    def simpler(self, params: Params, trouble: JournalTrouble, abilities: Abilities) -> bool:
        """Learn from a refusal: True where asking again in another way may do."""
        names = [name for name, _value in params]
        if isinstance(trouble, TooLarge):
            was = self.count or WHOLE_PAGE
            self.count = max(was // 4, SMALLEST_PAGE)
            return self.count < was
        if not isinstance(trouble, Invalid | NotSupported | ServerFailed):
            return False
        if "_lastUpdated" in names:
            abilities.lacks(Ability.LAST_UPDATED, self.row.type)
        elif "_sort" in names:
            abilities.lacks(Ability.SORT, self.row.type)
        elif self.row.param in ("patient", "subject") and not self.row.guessed and isinstance(trouble, Invalid):
            self.row = replace(self.row, param="subject" if self.row.param == "patient" else "patient", guessed=True)
        else:
            return False
        return True

    def ignored(self, page: Page, result: Sorted, params: Params) -> bool:
        """True where the answer shows that the server did not heed `_lastUpdated`."""
        asked = dict(params).get("_lastUpdated", "")
        if not asked or self.state.at is None:
            return False
        used = {name for name, _value in parse_qsl(urlsplit(page.self_link).query)}
        if used & {"patient", "subject"} and "_lastUpdated" not in used:
            return True
        bound = self.state.at - OVERLAP - timedelta(seconds=1)
        return any(changed < bound for changed in result.updated)

    def begin(self, mode: Mode) -> None:
        """A walk through the list begins."""
        if mode in (Mode.NEWEST, Mode.WHOLE):
            self.seen = {}
            self.walked = set()
            self.next = ""
            self.doubted = False
            self.stuck = False
            self.idle = 0
            self.state = replace(self.state, trouble="")

    def reach(self, page: Page, result: Sorted, began: datetime, abilities: Abilities) -> None:
        """Take a page of the list, newest first: how far does it reach now?"""
        self.idle = 0 if result.everyone - self.walked else self.idle + 1
        self.stuck = self.idle >= PATIENCE
        self.seen |= result.seen
        self.walked |= result.everyone
        trouble = result.trouble(abilities.has(Ability.PATIENT)) or self.state.trouble
        short = self.short(page, abilities)
        if page.left or (short and not self.sorts(abilities) and not self.larger(page)):
            trouble = Trouble.TOO_LARGE.value
            self.stuck = self.stuck or not page.left
        at = self.state.at or began
        if not page.next and not short:
            self.next = ""
            status = FetchStatus.PARTIAL if trouble else FetchStatus.COMPLETE
            self.state = Fetched(status, at, None, trouble)
            return
        self.next = page.next
        dates = [date for date in result.dates if date is not None]
        if self.sorts(abilities) and not _in_order(result.dates):
            abilities.lacks(Ability.SORT, self.row.type)
        if not self.sorts(abilities):
            horizon = began  # nothing can be said of what is missing
        elif dates:
            horizon = min(min(dates), self.state.horizon or began)
        else:
            horizon = self.state.horizon or began
        self.state = Fetched(FetchStatus.PARTIAL, at, horizon, trouble)

    def short(self, page: Page, abilities: Abilities) -> bool:
        """Whether a last page leaves out what the server says that there is: it has more and sends no link to it."""
        if page.next or page.total is None or page.total <= self.came:
            return False
        abilities.lacks(Ability.NEXT, self.row.type)
        return True

    def larger(self, page: Page) -> bool:
        """Ask for all that there are in one page from now on; False where that was done, or is too many."""
        was, self.count = self.count, min(page.total or 0, MOST_ENTRIES)
        return self.count > was

    def settle(self, abilities: Abilities) -> None:
        """Others' rows among these are no news where the server does not heed whom it is asked for."""
        if self.state.trouble == Trouble.WRONG_PATIENT.value and not abilities.has(Ability.PATIENT):
            status = FetchStatus.PARTIAL if self.open or self.state.at is None else FetchStatus.COMPLETE
            self.state = replace(self.state, status=status, trouble="")

    def caught_up(self, result_trouble: str, began: datetime) -> None:
        """What changed has come; how far back it reaches is as before."""
        status = FetchStatus.PARTIAL if self.open or result_trouble else FetchStatus.COMPLETE
        self.state = Fetched(status, began, self.state.horizon, result_trouble)

    def failed(self, trouble: JournalTrouble) -> None:
        """It could not be had; what is held stays, with its age."""
        status = FetchStatus.PARTIAL if self.state.at else FetchStatus.FAILED
        self.state = replace(self.state, status=status, trouble=trouble.trouble.value)

    def gone(self) -> list[Ref]:
        """What is held and did not come, once the list came whole."""
        return [ref for ref in self.held if ref not in self.seen]


def _in_order(dates: list[datetime | None]) -> bool:
    """Newest first, as far as can be told; entries without a time may stand anywhere."""
    newest_yet: datetime | None = None
    for date in dates:
        if date is None:
            continue
        if newest_yet is not None and date > newest_yet + SLACK:
            return False
        newest_yet = date if newest_yet is None else min(newest_yet, date)
    return True
