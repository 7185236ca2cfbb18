"""Parts of a resource: `_elements` and `_summary`, cut out of its text, so that what stays is as it was received.

What is cut is marked SUBSETTED: such a resource must never be sent back as if it were whole.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from akson_tui.sandbox import spans
from akson_tui.sandbox.outcome import Trouble

TABLE = Path(__file__).with_name("data") / "elements.tsv"
ALWAYS = frozenset({"resourceType", "id", "meta"})
MARK = '{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}'
SUMMARIES = ("true", "text", "data", "count", "false")


@cache
def _rows() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:])
    return {type_: (frozenset(needed.split(",")), frozenset(summary.split(","))) for type_, needed, summary in rows}


@dataclass(frozen=True, slots=True)
class Subset:
    """What is asked for: elements by name, or a summary (`true`, `text`, `data`, `count`, `false`)."""

    elements: frozenset[str] = frozenset()
    summary: str = "false"

    @property
    def whole(self) -> bool:
        """Whether nothing is cut."""
        return not self.elements and self.summary in ("false", "count")

    def of(self, type_: str, body: bytes) -> bytes:
        """The resource with only what is asked for, and what R4 says must be there."""
        return body if self.whole else cut(body.decode(), self._kept(type_)).encode()

    def _kept(self, type_: str) -> frozenset[str] | None:
        needed, summary = _rows()[type_]
        if self.elements:
            return ALWAYS | needed | self.elements
        return {"true": ALWAYS | summary, "text": ALWAYS | needed | {"text"}, "data": None}[self.summary]


WHOLE = Subset()


def cut(text: str, kept: frozenset[str] | None) -> str:
    """The resource with these members (and their `_` halves) only; None keeps all but the narrative."""
    made = []
    for member in spans.members(text):
        name = member.key.removeprefix("_")
        if name in kept if kept is not None else name != "text":
            value = text[member.start : member.end]
            made.append(f"{json.dumps(member.key)}:{_marked(value) if member.key == 'meta' else value}")
    return "{" + ",".join(made) + "}"


def _marked(meta: str) -> str:
    for member in spans.members(meta):
        if member.key == "tag":
            return spans.replace(meta, [(member.start + 1, member.start + 1, MARK + ",")])
    # A stored resource's meta is never empty: it has its version.
    return meta.rstrip()[:-1] + f',"tag":[{MARK}]}}'


def asked(pairs: Iterable[tuple[str, str]]) -> Subset:
    """What `_elements` and `_summary` ask for; elements that are named go before a summary. Raises Trouble 400 for a
    summary that is none."""
    elements: frozenset[str] = frozenset()
    summary = "false"
    for name, value in pairs:
        if name == "_elements":
            elements |= frozenset(filter(None, (one.strip() for one in value.split(","))))
        elif name == "_summary":
            if value not in SUMMARIES:
                raise Trouble(400, f"_summary is one of {', '.join(SUMMARIES)}")
            summary = value
    return Subset(elements, summary)
