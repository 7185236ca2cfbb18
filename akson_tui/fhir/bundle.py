"""Bundles and OperationOutcomes: what a server's answer holds, which page comes next, what went wrong in words.

The easy mistake is to take each entry for a match: included resources and outcomes stand among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json, ref_of, reference, safe_id
from akson_tui.model.ref import Ref

MAX_SAID = 500
"""Characters of an OperationOutcome that are kept."""


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One entry. `status` (`201 Created`), `location`, `etag`, `last_modified`, `outcome` tell of a transaction's part.

    `mode` is match, include or outcome in a search, '' elsewhere.
    """

    full_url: str
    resource: Json | None
    mode: str = ""
    status: str = ""
    location: str = ""
    etag: str = ""
    last_modified: str = ""
    outcome: Json | None = None


def entries(bundle: Json) -> tuple[BundleEntry, ...]:
    """The entries in their order. Never raises."""
    return tuple(_entry(one) for one in pick.objs(bundle.get("entry")))


def _entry(one: Json) -> BundleEntry:
    response = pick.obj(one.get("response"))
    return BundleEntry(
        full_url=pick.text(one.get("fullUrl")),
        resource=pick.obj(one.get("resource")) or None,
        mode=pick.text(pick.at(one, "search", "mode")),
        status=pick.text(response.get("status")),
        location=pick.text(response.get("location")),
        etag=pick.text(response.get("etag")),
        last_modified=pick.text(response.get("lastModified")),
        outcome=pick.obj(response.get("outcome")) or None,
    )


def link(bundle: Json, relation: str) -> str:
    """The address of the link with this relation, '' where there is none."""
    for one in pick.objs(bundle.get("link")):
        if pick.text(one.get("relation")) == relation:
            return pick.text(one.get("url"))
    return ""


def next_link(bundle: Json) -> str:
    """The address of the next page, as sent; '' where this is the last."""
    return link(bundle, "next")


def names(bundle: Json, source: str) -> dict[str, Ref]:
    """What the full URLs of a Bundle mean, for references by urn:uuid."""
    found: dict[str, Ref] = {}
    for one in entries(bundle):
        if one.full_url and one.resource is not None:
            ref = ref_of(one.resource, source)
            if ref.id and ref.type:
                found[one.full_url] = ref.bare()
    return found


def written(location: str, etag: str, source: str) -> Ref | None:
    """What a create or update made, from its Location and ETag; None where they tell nothing readable."""
    ref = reference(location, source)
    if ref is None or ref.version:
        return ref
    version = etag.strip().removeprefix("W/").strip('"')
    return Ref(ref.source, ref.type, ref.id, safe_id(version))


def outcome_text(outcome: Json) -> str:
    """An OperationOutcome in words: each issue once, errors first, cut to MAX_SAID; '' for anything else."""
    said: list[tuple[int, str]] = []
    for issue in pick.objs(outcome.get("issue")):
        text = pick.concept(issue.get("details")) or pick.text(issue.get("diagnostics")) or pick.text(issue.get("code"))
        severity = pick.text(issue.get("severity"))
        if text:
            said.append((0 if severity in ("fatal", "error") else 1, " ".join(text[: MAX_SAID * 4].split())))
    joined = "; ".join(dict.fromkeys(text for _, text in sorted(said, key=lambda one: one[0])))
    return joined if len(joined) <= MAX_SAID else joined[: MAX_SAID - 1].rstrip() + "…"
