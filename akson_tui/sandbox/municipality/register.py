"""The register: everybody's Patient, the staff of their districts and today's worklists, before any of their journals.

It comes in slices, so that whoever searches finds people long before the last journal is written.
"""

from collections.abc import Iterator

from . import districts
from .clock import Clock
from .inhabitants import inhabitant, place
from .named import patient
from .resources import Resource
from .rounds import round_of


def register(many: int, clock: Clock, size: int) -> Iterator[list[Resource]]:
    """Slices of the registers of so many inhabitants, `size` in each. What a municipality shares, and its first
    district, exist however few live there."""
    yield [resource for key in districts.KEYS for number in (0, 1) for resource in districts.resources(key, number)]
    for start in range(0, many, size):
        made: list[Resource] = []
        for number in range(start, min(start + size, many)):
            at = place(number)
            # Districts fill one after the other, those of all municipalities at the same time.
            if at.within == 0 and at.district > 1:
                made += districts.resources(at.key, at.district)
            made.append(patient(inhabitant(number), clock))
            made += round_of(number, clock)
        yield made
