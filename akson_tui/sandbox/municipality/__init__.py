"""An invented land of seven municipalities: people, staff, today's worklists and journals in Norwegian, from a seed
and a clock.

`generate` yields chunks in the order in which a server should store them: when the first is stored, the worklists of
the four who sign in can be read; when the registers are, everybody is found. One person's journal depends on nothing
but the seed, `now` and that person's row. `today` gives the lists of another day for a municipality that was kept,
`later` what happens while it runs.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice

from .clock import Clock
from .people import ASTRID, BY_IDENT, LISTED, ODD_ARNE, ROUND
from .resources import Resource

CHUNK = 500
POPULATION = 300
# So many inhabitants stand in one register.
SLICE = 300
# How many chunks Odd Arne's journal is.
_ODD_ARNES = 21
# The registers that come before the journals of those on the lists.
_AT_ONCE = 2


def neighbours(population: int) -> int:
    """How many inhabitants there are beside those who always exist."""
    return max(0, population - sum(person.merged is None for person in LISTED))


def steps(population: int) -> int:
    """About how many chunks `generate` yields: what a progress bar counts to."""
    many = neighbours(population)
    registers = 1 + -(-many // SLICE)
    return 1 + (len(LISTED) - 1) + registers + _ODD_ARNES + many


def generate(seed: int, now: dt.datetime, population: int = POPULATION) -> Iterator[tuple[str, list[Resource]]]:
    """The municipalities as chunks `(label, resources)` of plain R4 JSON.

    A label is the person's id (with ` 2`, ` 3` … where the journal has more chunks), or begins with `worklists` or
    `register`. Nothing is held but the chunk that is given.

    Args:
        seed: what varies in the journals; the people, their ids and their national ids do not depend on it.
        now: the time (with offset) from which every date counts back.
        population: how many live here in all. Those of `texts/people.toml` always exist, however few are asked for.
    """
    from . import staff, work
    from .named import patient

    clock = Clock(now)
    first = [*staff.resources(), *(patient(person, clock) for person in LISTED), *work.appointments(BY_IDENT, clock)]
    yield "worklists", first

    # Only now: what the worklists do not need must not hold them up.
    from .astrid import astrid
    from .inhabitants import inhabitant
    from .odd_arne import odd_arne
    from .others import neighbour, other
    from .register import register

    yield ASTRID.ident, astrid(clock, seed)
    many = neighbours(population)
    registers = enumerate(register(many, clock, SLICE), 1)
    # As many as are stored in a moment; who asks for more waits a little longer for them.
    for number, chunk in islice(registers, _AT_ONCE):
        yield f"register {number}", chunk
    done = {ASTRID.ident, ODD_ARNE.ident}
    for person in (*ROUND, *LISTED):
        if person.ident not in done:
            done.add(person.ident)
            yield person.ident, other(person, clock, seed)
    for number, chunk in registers:
        yield f"register {number}", chunk
    journal = odd_arne(clock, seed)
    for start in range(0, len(journal), CHUNK):
        yield f"{ODD_ARNE.ident} {start // CHUNK + 1}", journal[start : start + CHUNK]
    for number in range(many):
        yield inhabitant(number).ident, neighbour(number, clock, seed)


def today(
    seed: int, now: dt.datetime, population: int = POPULATION, since: dt.datetime | None = None
) -> list[Resource]:
    """Every list of the day of `now`, those of the four who sign in first: appointments, and on another day than that
    of `since` also what the legevakt's nurse wrote of those who wait.

    Args:
        since: the moment from which the journals count back (when the municipality was made); `now` without it.
            Resources of the same day and seed have the same ids each time, so they can be stored again without harm.
    """
    from .today import day

    return day(seed, Clock(now), Clock(since or now), neighbours(population))


def later(
    seed: int,
    now: dt.datetime,
    step: int,
    *,
    population: int = POPULATION,
    since: dt.datetime | None = None,
    held: Callable[[str, str], Resource | None] = lambda kind, ident: None,
) -> list[Resource]:
    """What others do at step `step` of a living municipality, dated at `now`: a note with its measurements, a
    laboratory answer, a message, or a plan as it is after a change (stored as its next version).

    Args:
        step: each step of a seed is another event; ids hold it, so a step must not be used twice.
        since: the moment from which the journals count back; `now` without it.
        held: gives what the server holds by type and id: a plan is changed from there. May change what it gives.
    """
    from .live import event

    return event(seed, now, step, neighbours(population), since or now, held)
