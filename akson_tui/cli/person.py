"""Which patient is meant: a handle on the command line, or one on stdin; and their record, opened and logged.

Easy to get wrong: taking the first of several. Where `find` printed more than one, nobody is shown.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from akson_tui.cli import REFUSED, USAGE, out
from akson_tui.cli.ending import Ended, not_held
from akson_tui.cli.progress import Progress
from akson_tui.i18n import _
from akson_tui.model.access import Ground, Opened
from akson_tui.model.held import FetchStatus
from akson_tui.model.ref import PersonId
from akson_tui.model.want import Want, WantKind
from akson_tui.screens import words
from akson_tui.workspace.people import HANDLE
from akson_tui.workspace.reading import Freshness

if TYPE_CHECKING:
    from akson_tui.wiring import Errand

LIMIT = 1_000_000
"""Bytes of stdin that a list of hits may have."""
NEWEST = datetime.max.replace(tzinfo=UTC)
"""As far back as the newest entries reach, which come first."""
WHOLE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a handle means, opened."""

    handle: str
    opened: Opened


def handle_of(options: argparse.Namespace) -> str:
    """The handle that was said, or that stands alone on stdin. Raises Ended."""
    said: str = options.patient
    if said != "-":
        return _checked(said)
    try:
        text = out.asked(_("Kortnavn: "), LIMIT)
    except (UnicodeDecodeError, out.TooMuch):
        raise Ended(USAGE, _("Det som kom på standard inn, er ikke et kortnavn.")) from None
    words = {line.split()[0] for line in text.splitlines() if line.strip()}
    if not words:
        raise Ended(REFUSED, _("Ingen pasient kom på standard inn."))
    if len(words) > 1:
        raise Ended(REFUSED, _("Flere pasienter kom på standard inn ({n}): velg én.").format(n=len(words)))
    return _checked(words.pop())


def _checked(said: str) -> str:
    if not HANDLE.fullmatch(said):
        raise Ended(USAGE, _("Pasienten nevnes ved kortnavnet som «akson-tui find -» skriver, som p7k2."))
    return said


async def named(errand: Errand, handle: str) -> PersonId:
    """Whom the handle means. Raises Ended with 1 where it means nobody."""
    person = await errand.workspace.people.person(handle)
    if not person:
        raise Ended(REFUSED, _("Kortnavnet {handle} betyr ingen her. Finn pasienten på nytt.").format(handle=handle))
    return person


async def opened(errand: Errand, handle: str, fresh: bool, back_to: datetime = NEWEST) -> Person:
    """The record, opened and logged. It is fetched where it is not held as far back as `back_to`, or `fresh`.

    Raises Ended where it is not held and cannot be fetched.
    """
    person = await named(errand, handle)
    people = errand.workspace.people
    before = await people.fetched(person)

    async def enough() -> bool:
        now = await people.fetched(person)
        came = not fresh or now.entries.at != before.entries.at
        return came and now.summary.status is not FetchStatus.FETCHING and _reaches(now, back_to)

    asked = fresh or await people.hit(person) is None or not _reaches(before, back_to)
    if asked:
        with Progress() as progress:
            progress.at(_("henter journalen"))
            await errand.fetch(Want(WantKind.PERSON, person, fresh), enough)
    hit, now = await people.hit(person), await people.fetched(person)
    trouble = now.summary.trouble or now.entries.trouble
    if hit is None or not _reaches(now, NEWEST):
        raise not_held(trouble)
    if asked and trouble:
        out.remark(_("Ikke alt ble hentet: {trouble}").format(trouble=words.trouble(trouble)))
    record = await errand.workspace.record.open(person, Ground.ON_MY_LIST if hit.own else Ground.SEARCHED_FOR)
    return Person(handle, record)


def _reaches(held: Freshness, back_to: datetime) -> bool:
    """Whether the small lists are held, and the entries as far back."""
    if held.summary.at is None or held.entries.at is None:
        return False
    return back_to == NEWEST or held.entries.horizon is None or held.entries.horizon <= back_to
