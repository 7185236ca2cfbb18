"""What is known of the line to one source, and what follows when it falls or is back.

The easy mistake: asking the line how it is. Nothing is ever sent to find out; every request tells, and only where
something waits (a fetch that failed) does a timer try again, more and more seldom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from akson_tui.journal.answer import Answer
from akson_tui.journal.capability import NOTE, ROWS, Abilities
from akson_tui.journal.troubles import JournalTrouble, LineTrouble, NotAllowed, NotSignedIn, ServerFailed, Unusable
from akson_tui.model.line import Lack, LineStatus, SourceState
from akson_tui.sync import backoff

Clock = Callable[[], datetime]
CLOCK_NOISE = 2.0
"""Seconds that clocks may differ before it is believed: a Date header has whole seconds, and answers take time."""
_DEMO = "akson-tui"


class Line:
    """One source's line. `changed` is told when what a screen shows of it changed, `back` when it came up again."""

    def __init__(self, source: str, clock: Clock, random: Callable[[], float]) -> None:
        self.state = SourceState(source)
        self.tries = 0
        """Requests in a row that got no answer."""
        self.changed: Callable[[], None] = lambda: None
        self.back: Callable[[], None] = lambda: None
        self._clock = clock
        self._random = random
        self._asked_to_wait: float | None = None
        self._let_in = False
        """True once an answer was good for something: a 403 after that is about one thing, not about us."""

    @property
    def down(self) -> bool:
        """True after a request that got no answer."""
        return self.state.status is LineStatus.DOWN

    def wait(self) -> float:
        """Seconds until the next try is due."""
        return backoff.wait(self.tries, self._random, self._asked_to_wait)

    def now(self) -> datetime:
        """The time on the server's clock."""
        off = self.state.clock_off
        return self._clock() - timedelta(seconds=off) if abs(off) > CLOCK_NOISE else self._clock()

    def heard(self, answer: Answer) -> None:
        """An answer came, good for something."""
        now = self._clock()
        self._let_in = True
        off = self.state.clock_off
        if answer.date is not None:
            seen = (now - answer.date).total_seconds()
            off = seen if abs(seen - off) > CLOCK_NOISE else off
            off = 0.0 if abs(seen) <= CLOCK_NOISE else off
        self._up(replace(self.state, status=LineStatus.UP, at=now, trouble="", clock_off=off))

    def answered(self, trouble: JournalTrouble) -> None:
        """A request failed; what that says of the line."""
        if isinstance(trouble, LineTrouble):
            self.tries += 1
            self._asked_to_wait = trouble.retry_after
            self._set(replace(self.state, status=LineStatus.DOWN, trouble=trouble.trouble.value))
        elif isinstance(trouble, NotSignedIn) or (isinstance(trouble, NotAllowed) and not self._let_in):
            self._up(replace(self.state, status=LineStatus.REFUSED, at=self._clock(), trouble=trouble.trouble.value))
        elif isinstance(trouble, Unusable) and self.state.status in (LineStatus.UNTRIED, LineStatus.ODD):
            self._up(replace(self.state, status=LineStatus.ODD, at=self._clock(), trouble=trouble.trouble.value))
        elif isinstance(trouble, ServerFailed):
            self._up(replace(self.state, status=LineStatus.UP, at=self._clock(), trouble=trouble.trouble.value))
        else:
            self._up(replace(self.state, status=LineStatus.UP, at=self._clock(), trouble=""))

    def told(self, abilities: Abilities, notes: bool | None, get_search: bool = False) -> None:
        """What the server can do is known, by its statement or by what was seen since.

        `notes` is the site's own word on whether notes may be sent, `get_search` its leave to search by address.
        """
        creates = abilities.takes()
        updates = abilities.types_that("update")
        if notes is not None:
            ours = frozenset({NOTE})
            creates = creates | ours | frozenset({"Provenance"}) if notes else creates - ours
        self._set(
            replace(
                self.state,
                software=abilities.software,
                demo=abilities.software.lower().startswith(_DEMO),
                creates=creates,
                updates=updates,
                known=True,
                lacks=lacking(abilities, NOTE in creates, get_search),
            )
        )

    def _up(self, state: SourceState) -> None:
        was_down = self.down
        self.tries = 0
        self._asked_to_wait = None
        self._set(state)
        if was_down and not self.down:
            self.back()

    def _set(self, state: SourceState) -> None:
        """Tell only what a person would see: the time of the last answer alone is no news."""
        was, self.state = self.state, state
        if replace(was, at=None) != replace(state, at=None):
            self.changed()


def lacking(abilities: Abilities, takes_notes: bool, get_search: bool) -> tuple[Lack, ...]:
    """What a clinician is told that a server does without, in the order in which it matters."""
    rows = [ROWS[ability] for ability in abilities.lacking()]
    found = {row.tells for row in rows if takes_notes or not row.writing}
    if not takes_notes:
        found.add(Lack.NOTES)
    if Lack.ADDRESS in found and not get_search:
        found.add(Lack.SEARCH)
    return tuple(lack for lack in Lack if lack in found and (lack is not Lack.ADDRESS or get_search))
