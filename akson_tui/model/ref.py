"""Names of things read from a journal: which source, which type, which id, which version.

The same id in two sources is two things; a reference without a version means whichever version is held.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

PersonId = str
"""Our own random name for a human being, behind whom stand one or more patient records (`Ref`s)."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One resource in one source (FHIR `Resource.id`, `meta.versionId`)."""

    source: str
    type: str
    id: str
    version: str = ""

    @property
    def relative(self) -> str:
        """`Type/id`, as it stands in a reference within its source."""
        return f"{self.type}/{self.id}"

    def bare(self) -> Ref:
        """The same thing without a version."""
        return replace(self, version="") if self.version else self


def ref_from_text(text: str) -> Ref:
    """The inverse of `ref_to_text`."""
    source, type_, id_, version = text.split("|", 3)
    return Ref(source, type_, id_, version)


def ref_to_text(ref: Ref) -> str:
    """`source|Type|id|version`: one string that survives a round trip; FHIR ids and source names hold no bar."""
    return "|".join((ref.source, ref.type, ref.id, ref.version))
