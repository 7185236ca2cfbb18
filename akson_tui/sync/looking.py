"""After an answer was lost: what of an act does the journal have already?

The easy mistake: taking silence for no. Only a search that was answered shows that something is missing; a trouble on
the way ends the look, and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from akson_tui.fhir.common import FhirUnreadable, Json, load, ref_of, type_of
from akson_tui.journal.rest import Rest
from akson_tui.journal.troubles import Gone, Invalid, NotFhir, NotFound, NotSupported, ServerFailed
from akson_tui.model.act import Act, Part
from akson_tui.model.ref import Ref
from akson_tui.sync.acts import has_identifier, is_ours, own_id, search_for
from akson_tui.sync.page import Page, cut

PAGES = 50


async def look(rest: Rest, act: Act, names: Mapping[str, str]) -> dict[int, Ref]:
    """The parts that are not known to be done and that the journal has, as it names them. Raises JournalTrouble."""
    found: dict[int, Ref] = {}
    known = dict(names)
    for index, part in sorted(enumerate(act.parts), key=lambda one: _turn(one[1])):
        if part.done is not None:
            continue
        if part.method == "PUT" and any(one.identifier[1] and one.full_url not in known for one in act.parts):
            continue  # our note is not there, so a change that looks like ours was made by somebody else
        ref = await _look_for(rest, act, part, known)
        if ref is not None:
            found[index] = ref
            known[part.full_url] = ref.relative
    return found


def _turn(part: Part) -> int:
    """What is made is sought first, then what is changed, then the Provenance on them."""
    return 0 if part.identifier[1] else 1 if part.method == "PUT" else 2


async def _look_for(rest: Rest, act: Act, part: Part, names: Mapping[str, str]) -> Ref | None:
    if part.method == "PUT":
        raw = await target_now(rest, part)
        current = _loaded(raw) if raw is not None else None
        return None if current is None or not is_ours(part, current) else ref_of(current, act.source)
    if rest.abilities.named_by_us(part.type):
        found = await _by_our_id(rest, act, part)
        if found is not None:
            return found
    if part.identifier[1]:
        return await _by_identifier(rest, act, part)
    return await _by_target(rest, act, part, names)


async def _by_our_id(rest: Rest, act: Act, part: Part) -> Ref | None:
    """What stands at the id that we gave. Raises Gone: it was there, and somebody took it away."""
    try:
        answer = await rest.read(part.type, own_id(part))
    except NotFound:
        return None
    try:
        return ref_of(load(answer.raw), act.source)
    except FhirUnreadable:
        raise NotFhir from None


async def target_now(rest: Rest, part: Part) -> bytes | None:
    """What a change is made to, as the journal has it now; None where it is gone. Raises JournalTrouble."""
    if part.target is None:
        return None
    try:
        return (await rest.read(part.target.type, part.target.id)).raw
    except (NotFound, Gone):
        return None


def _loaded(raw: bytes) -> Json:
    try:
        return load(raw)
    except FhirUnreadable:
        raise NotFhir from None


async def _by_identifier(rest: Rest, act: Act, part: Part) -> Ref | None:
    try:
        answer = await rest.search(part.type, [search_for(part)])
        page = cut(answer.raw)
    except (Invalid, NotSupported, ServerFailed):
        # no search by identifier: look through what the patient has of this type
        answer = await rest.search(part.type, [("patient", act.patient.relative), ("_count", "200")])
        return await _through(rest, cut(answer.raw), act, part)
    return await _through(rest, page, act, part)  # more than one page: it does not heed what it is asked for


async def _by_target(rest: Rest, act: Act, part: Part, names: Mapping[str, str]) -> Ref | None:
    """A Provenance has no identifier: it is sought on what it is about; where that is not there, it is not either."""
    for one in act.parts:
        ref = one.done or (one.target if one.method == "PUT" else None)
        about = ref.relative if ref is not None else names.get(one.full_url)
        if one.type == part.type or about is None:
            continue
        try:
            answer = await rest.search(part.type, [("target", about), ("_count", "200")])
        except (Invalid, NotSupported, ServerFailed):
            answer = await rest.search(part.type, [("patient", act.patient.relative), ("_count", "200")])
        found = await _through(rest, cut(answer.raw), act, part)
        if found is not None:
            return found
    return None


async def _through(rest: Rest, page: Page, act: Act, part: Part) -> Ref | None:
    for _ in range(PAGES):
        found = _ours(page, act, part)
        if found is not None or not page.next:
            return found
        page = cut((await rest.page(page.next)).raw)
    raise NotFhir  # no end is in sight: nothing was shown to be missing


def _ours(page: Page, act: Act, part: Part) -> Ref | None:
    """The first that is ours; the oldest, should there ever be two."""
    mine = [one for one in _resources(page) if type_of(one) == part.type]
    if part.identifier[1]:
        mine = [one for one in mine if has_identifier(one, part)]
    else:
        mine = [one for one in mine if is_ours(part, one)]
    refs = sorted((ref_of(one, act.source) for one in mine), key=lambda ref: ref.id)
    return next((ref for ref in refs if ref.id), None)


def _resources(page: Page) -> Iterable[Json]:
    for piece in page.pieces:
        try:
            yield load(piece.raw) if piece.raw else {}
        except FhirUnreadable:
            continue
