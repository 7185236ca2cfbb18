"""A list compared with what the server has, by numbers and ids: what is gone is noticed, what was missed is fetched.

The easy mistake: fetching ten thousand entries to find that none was deleted. The count is asked first; only where it
differs are ids and versions asked for, and only what differs is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence

from akson_tui.fhir.common import FhirUnreadable, load, ref_of
from akson_tui.journal.capability import Ability
from akson_tui.journal.troubles import JournalTrouble, LineTrouble, NotSignedIn
from akson_tui.model.ref import Ref
from akson_tui.sync.lists import MOST_PAGES, List
from akson_tui.sync.page import Page
from akson_tui.sync.source import Level, Search, Source

IDS_PAGE = 1000
AT_ONCE = 50


async def differing(source: Source, level: Level, lists: Sequence[List]) -> list[List]:
    """Those of `lists` of which the server does not count as many as are held; all where it cannot count.

    Raises LineTrouble, NotSignedIn.
    """
    abilities = source.rest.abilities
    countable = [one for one in lists if abilities.has(Ability.TOTAL, one.row.type)]
    wanted = [
        Search(one.row.type, (one.whose(abilities), ("_summary", "count")), one.naming(abilities)) for one in countable
    ]
    differing_ = [one for one in lists if one not in countable]
    results = await source.searches(level, wanted) if wanted else []
    for one, result in zip(countable, results, strict=True):
        if isinstance(result, JournalTrouble) or result.total is None:
            abilities.lacks(Ability.TOTAL, one.row.type)
            differing_.append(one)
        elif result.total != len(one.held):
            differing_.append(one)
    return differing_


async def differences(source: Source, level: Level, one: List) -> tuple[list[str], list[Ref]] | None:
    """(ids that are missing or of another version, refs that are gone); None where it could not be compared.

    Raises LineTrouble, NotSignedIn.
    """
    abilities = source.rest.abilities
    params = [one.whose(abilities), ("_count", str(IDS_PAGE))]
    if abilities.has(Ability.ELEMENTS, one.row.type):
        params.append(("_elements", "id,meta"))
    there: dict[Ref, str] = {}
    try:
        page = await source.search(level, one.row.type, params, one.naming(abilities))
        for _ in range(MOST_PAGES):
            before = len(there)
            there |= _names(page, source.id, one.row.type)
            if page.left or (page.next and len(there) == before):
                return None
            if not page.next:
                if page.total is not None and page.total > len(there):
                    return None  # there are more than it sends: what did not come may be there
                break
            page = await source.page(level, page.next)
        else:
            return None
    except (LineTrouble, NotSignedIn):
        raise
    except JournalTrouble:
        return None
    missing = [
        ref.id for ref, version in there.items() if ref not in one.held or (version and one.held[ref] != version)
    ]
    return missing, [ref for ref in one.held if ref not in there]


async def bodies(source: Source, level: Level, one: List, ids: Sequence[str]) -> list[Page]:
    """The resources of these ids, in pages. Raises LineTrouble, NotSignedIn."""
    abilities = source.rest.abilities
    whose, naming = one.whose(abilities), one.naming(abilities)
    wanted = [
        Search(one.row.type, (whose, ("_id", ",".join(ids[at : at + AT_ONCE])), ("_count", str(AT_ONCE))), naming)
        for at in range(0, len(ids), AT_ONCE)
    ]
    results = await source.searches(level, wanted) if wanted else []
    return [result for result in results if isinstance(result, Page)]


def _names(page: Page, source: str, type_: str) -> dict[Ref, str]:
    found: dict[Ref, str] = {}
    for piece in page.pieces:
        if not piece.raw or piece.mode == "outcome":
            continue
        try:
            ref = ref_of(load(piece.raw), source)
        except FhirUnreadable:
            continue
        if ref.type == type_ and ref.id:
            found[ref.bare()] = ref.version
    return found
