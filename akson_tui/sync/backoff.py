"""How long to wait before trying again: 1, 2, 5, 10, 30, then 60 seconds.

The easy mistake: everybody at once. Each wait is a little off, so that a server that comes back is not run over.
"""

from __future__ import annotations

from collections.abc import Callable

STEPS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_SPREAD = 0.2


def wait(tries: int, random: Callable[[], float], asked: float | None = None) -> float:
    """Seconds before the next try after `tries` that failed (1 or more); `random` gives 0 ≤ x < 1.

    `asked` is what the server asked for (Retry-After): never less than that.
    """
    step = STEPS[min(max(tries, 1), len(STEPS)) - 1]
    return max(step * (1 + _SPREAD * (2 * random() - 1)), asked or 0.0)
