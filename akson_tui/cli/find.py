"""`akson-tui find`: who is meant? Those held here, then the register's answer; a handle for each.

Easy to get wrong: calling it "nobody" when the register did not answer. That is no line (4), not "not found" (1).
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, NO_LINE, REFUSED, USAGE, forms, out
from akson_tui.cli.ending import Ended
from akson_tui.cli.progress import Progress
from akson_tui.cli.running import head, on_the_desks
from akson_tui.i18n import _
from akson_tui.screens import words

if TYPE_CHECKING:
    from akson_tui.wiring import Errand
    from akson_tui.workspace.views import Hit

LIMIT = 1_000
"""Bytes of a query on stdin."""


def run(options: argparse.Namespace) -> int:
    """Find and print; returns the exit code."""
    return on_the_desks(options, lambda: partial(_find, options, _query(options)))


def _query(options: argparse.Namespace) -> str:
    said = " ".join(options.query)
    if said != "-":
        return said
    try:
        return out.asked(_("Navn, fødselsdato eller fødselsnummer: "), LIMIT).strip()
    except (UnicodeDecodeError, out.TooMuch):
        raise Ended(USAGE, _("Det som kom på standard inn, er ikke et søk.")) from None


async def _find(options: argparse.Namespace, query: str, errand: Errand) -> int:
    find = errand.workspace.find
    trouble, more = "", False
    if query and not options.offline:
        with Progress() as progress:
            progress.at(_("spør registeret"))
            await errand.connect()
            answer = await find.register(query)
            while answer.more and len(answer.hits) < options.limit:
                further = await find.register_more()
                if further is None or further.trouble:
                    break
                answer = further
        trouble, more = answer.trouble, answer.more
    found = (await find.local(query)).hits
    hits = found[: options.limit]
    given = await errand.workspace.people.handles([hit.person for hit in hits])
    top = await head(errand)
    more = more or len(found) > len(hits)
    if options.json:
        rows = [_form(hit, handle) for hit, handle in zip(hits, given, strict=True)]
        out.form({**top, "hits": rows, "more": more, "trouble": trouble})
    else:
        out.rows(out.table(_cells(hit, handle) for hit, handle in zip(hits, given, strict=True)))
        out.remark(f"{top['journal']}: " + _said(len(hits), more))
    if trouble:
        out.remark(_("Registeret svarte ikke: {trouble}").format(trouble=words.trouble(trouble)))
    return DONE if hits else NO_LINE if trouble else REFUSED


def _said(count: int, more: bool) -> str:
    if not count:
        return _("ingen treff")
    return (_("{n} treff, og det finnes flere") if more else _("{n} treff")).format(n=count)


def _cells(hit: Hit, handle: str) -> tuple[str, ...]:
    patient = hit.patient
    return (
        handle,
        patient.name.text or _("uten navn"),
        words.day(patient.born),
        words.national_id(patient.national_id),
        patient.city,
        _("på lista") if hit.own else "",
    )


def _form(hit: Hit, handle: str) -> forms.Form:
    return {"handle": handle, **forms.patient(hit.patient), "own": hit.own, "recent": forms.instant(hit.recent)}
