"""An invented municipality: people, staff, today's worklists and journals in Norwegian, from a seed and a clock.

`generate` yields chunks in the order in which a server should store them: when the first is stored, every worklist
can be read. One person's journal depends on nothing but the seed, `now` and that person's row.
"""

import datetime as dt
from collections.abc import Iterator

from .clock import Clock
from .people import ASTRID, BY_IDENT, LISTED, ODD_ARNE, ROUND
from .resources import Resource

CHUNK = 500
_LISTED_OTHERS = len(LISTED) - 2


def generate(seed: int, now: dt.datetime, population: int = 30) -> Iterator[tuple[str, list[Resource]]]:
    """The municipality as chunks `(label, resources)` of plain R4 JSON.

    Args:
        seed: what varies in the journals; the people, their ids and their national ids do not depend on it.
        now: the time (with offset) from which every date counts back.
        population: how many live here beside Astrid and Odd Arne. The thirty who stand on today's lists always exist;
            more are added as users of home care in Kristiansand.
    """
    from . import staff, work
    from .named import patient

    clock = Clock(now)
    first = [*staff.resources(), *(patient(person, clock) for person in LISTED), *work.appointments(BY_IDENT, clock)]
    yield "worklists", first

    # Only now: what the worklists do not need must not hold them up.
    from .astrid import astrid
    from .names import more
    from .odd_arne import odd_arne
    from .others import other

    yield ASTRID.ident, astrid(clock, seed)
    done = {ASTRID.ident, ODD_ARNE.ident}
    for person in (*ROUND, *LISTED):
        if person.ident not in done:
            done.add(person.ident)
            yield person.ident, other(person, clock, seed)
    for person in more(population - _LISTED_OTHERS):
        yield person.ident, [patient(person, clock), *other(person, clock, seed)]
    journal = odd_arne(clock, seed)
    for start in range(0, len(journal), CHUNK):
        yield f"{ODD_ARNE.ident} {start // CHUNK + 1}", journal[start : start + CHUNK]
