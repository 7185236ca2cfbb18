"""NEWS2, the national early warning score 2 (Royal College of Physicians, 2017), with both scales for SpO2.

The easy mistake is a total with something missing, which looks safe: where a parameter was not measured there is none.
What a total is to lead to is the municipality's to say; the score is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Parameter(StrEnum):
    RESPIRATION = "respiration"
    SPO2 = "spo2"
    OXYGEN = "oxygen"
    SYSTOLIC = "systolic"
    PULSE = "pulse"
    CONSCIOUSNESS = "consciousness"
    TEMPERATURE = "temperature"


class Risk(StrEnum):
    """The bands of the total; LOW_MEDIUM is a total below 5 with 3 in one parameter."""

    NONE = "none"
    LOW = "low"
    LOW_MEDIUM = "low-medium"
    MEDIUM = "medium"
    HIGH = "high"


ALERT = "A"
ACVPU = ("A", "C", "V", "P", "U")
"""Alert, new confusion, voice, pain, unresponsive: all but alert score 3."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was measured; None (or '') for what was not.

    `respiration` and `pulse` per minute, `spo2` in %, `systolic` in mmHg, `temperature` in °C. `oxygen`: whether
    oxygen is given. `consciousness` one of ACVPU. `scale` 2 is for those whose target is 88–92 % (hypercapnic
    respiratory failure), and a clinician's decision.
    """

    respiration: Decimal | None = None
    spo2: Decimal | None = None
    oxygen: bool | None = None
    systolic: Decimal | None = None
    pulse: Decimal | None = None
    consciousness: str = ""
    temperature: Decimal | None = None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class News2:
    """Points by parameter; `total` and `risk` are None as long as `missing` names any."""

    points: dict[Parameter, int]
    missing: tuple[Parameter, ...]
    total: int | None
    risk: Risk | None


Steps = tuple[tuple[str, int], ...]

_STEPS: dict[Parameter, tuple[Steps, int]] = {
    Parameter.RESPIRATION: ((("8", 3), ("11", 1), ("20", 0), ("24", 2)), 3),
    Parameter.SYSTOLIC: ((("90", 3), ("100", 2), ("110", 1), ("219", 0)), 3),
    Parameter.PULSE: ((("40", 3), ("50", 1), ("90", 0), ("110", 1), ("130", 2)), 3),
    Parameter.TEMPERATURE: ((("35.0", 3), ("36.0", 1), ("38.0", 0), ("39.0", 1)), 2),
}
"""(at most, points) from the lowest on, and the points above the last."""
_SCALE_1: tuple[Steps, int] = ((("91", 3), ("93", 2), ("95", 1)), 0)
_SCALE_2_AIR: tuple[Steps, int] = ((("83", 3), ("85", 2), ("87", 1)), 0)
_SCALE_2_OXYGEN: tuple[Steps, int] = ((("83", 3), ("85", 2), ("87", 1), ("92", 0), ("94", 1), ("96", 2)), 3)
_MEDIUM, _HIGH, _ALONE = 5, 7, 3


def score(seen: Observed) -> News2:
    """The points of what was measured, and the total where all was."""
    points: dict[Parameter, int] = {}
    for parameter, (steps, above) in _STEPS.items():
        value: Decimal | None = getattr(seen, parameter.value)
        if value is not None:
            points[parameter] = _step(value, steps, above)
    if seen.oxygen is not None:
        points[Parameter.OXYGEN] = 2 if seen.oxygen else 0
    # On scale 2 the points of a saturation above the target depend on whether oxygen is given.
    if seen.spo2 is not None and (seen.scale == 1 or seen.oxygen is not None):
        scale = _SCALE_1 if seen.scale == 1 else _SCALE_2_OXYGEN if seen.oxygen else _SCALE_2_AIR
        points[Parameter.SPO2] = _step(seen.spo2, *scale)
    if seen.consciousness in ACVPU:
        points[Parameter.CONSCIOUSNESS] = 0 if seen.consciousness == ALERT else 3
    missing = tuple(parameter for parameter in Parameter if parameter not in points)
    if missing:
        return News2(points, missing, None, None)
    total = sum(points.values())
    return News2(points, (), total, risk(total, max(points.values())))


def risk(total: int, most: int) -> Risk:
    """The band of a `total` whose highest single points are `most`."""
    if total >= _HIGH:
        return Risk.HIGH
    if total >= _MEDIUM:
        return Risk.MEDIUM
    if most >= _ALONE:
        return Risk.LOW_MEDIUM
    return Risk.LOW if total else Risk.NONE


def _step(value: Decimal, steps: Steps, above: int) -> int:
    return next((points for most, points in steps if value <= Decimal(most)), above)
