"""Asking the registers who a patient is, and keeping whom they name.

The easy mistake: a name, a birth date or a national id in an address. All of them go in the body of a POST `_search`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from akson_tui.clinical.query import Query, QueryKind
from akson_tui.journal.rest import escaped
from akson_tui.journal.troubles import JournalTrouble
from akson_tui.model.ref import Ref
from akson_tui.model.trouble import Trouble
from akson_tui.model.want import RegisterAnswer
from akson_tui.store.files import Store
from akson_tui.sync import intake
from akson_tui.sync.page import Page
from akson_tui.sync.source import Source, at
from akson_tui.sync.urgency import Urgency

HITS = 20
"""Hits in a page."""
WORDS = 8
"""Words of a name that are asked for."""


async def search(store: Store, sources: Sequence[Source], query: Query, page: str = "") -> RegisterAnswer:
    """Ask every source at once, or for their further pages; never raises for a line's trouble."""
    links = _links(page)
    asked = [source for source in sources if not page or source.id in links]
    answers = await asyncio.gather(*(_one(store, source, query, links.get(source.id, "")) for source in asked))
    found = dict.fromkeys(ref for answer in answers for ref in answer.found)
    more = {source.id: answer.more for source, answer in zip(asked, answers, strict=True) if answer.more}
    trouble = next((answer.trouble for answer in answers if answer.trouble), "")
    return RegisterAnswer(tuple(found), json.dumps(more) if more else "", trouble)


async def _one(store: Store, source: Source, query: Query, link: str) -> RegisterAnswer:
    level = at(Urgency.SEARCH)
    try:
        await source.ready()
        if link:
            came: Page = await source.page(level, link)
        else:
            params = params_of(query)
            if not params:
                return RegisterAnswer()
            came = await source.search(level, "Patient", [*params, ("_count", str(HITS))], naming=True)
    except JournalTrouble as trouble:
        return RegisterAnswer(trouble=trouble.trouble.value)
    kept, dropped = intake.patients(came, source.id)
    await intake.keep_patients(store, kept, source.line.now())
    refs: list[Ref] = [patient.ref.bare() for patient, _raw in kept]
    return RegisterAnswer(tuple(refs), came.next, Trouble.NOT_FHIR.value if dropped else "")


def params_of(query: Query) -> list[tuple[str, str]]:
    """The parameters of a Patient search; none for an empty query."""
    if query.kind is QueryKind.NATIONAL_ID:
        return [("identifier", escaped(query.number))]
    params: list[tuple[str, str]] = []
    if query.kind is QueryKind.NAME:
        said = [word.strip(",()") for word in query.text.split()]
        dated = query.born is not None
        words = [word for word in said if word and not (dated and any(sign.isdigit() for sign in word))]
        params += [("name", escaped(word)) for word in words[:WORDS]]
    born = [when.text for when in (query.born, query.born_also) if when is not None]
    if born and query.kind in (QueryKind.NAME, QueryKind.BIRTH_DATE):
        params.append(("birthdate", ",".join(born)))
    return params


def _links(page: str) -> dict[str, str]:
    return dict(json.loads(page)) if page else {}
