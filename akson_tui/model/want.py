"""What the workspace asks of the line, and what a register answers: two neighbours meet in these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from akson_tui.model.ref import PersonId, Ref


class WantKind(StrEnum):
    WORKLIST = "worklist"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Want:
    """Something to be fetched; `fresh` asks although it was fetched a moment ago (F5), and compares all of it."""

    kind: WantKind
    person: PersonId = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """The register's answer: which patients (already in the store), a token for the next page, a trouble."""

    found: tuple[Ref, ...] = ()
    more: str = ""
    trouble: str = ""
