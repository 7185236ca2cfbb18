"""`akson-tui measure`: measurements of one line, as a signed note with what was measured beside it.

Easy to get wrong: a line of which only half is understood. All of it must be measurements, or nothing is written.
"""

from __future__ import annotations

import argparse
import re
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, REFUSED, USAGE, forms, out, person
from akson_tui.cli.ending import Ended
from akson_tui.cli.note import drafted, said_signed
from akson_tui.cli.running import Work, clinician, head, on_the_desks
from akson_tui.clinical.vitals import BY_KEY
from akson_tui.clinical.vitals_text import recognise
from akson_tui.i18n import _
from akson_tui.model.note import Recognised
from akson_tui.workspace.templates import FREE

if TYPE_CHECKING:
    from akson_tui.wiring import Errand

LIMIT = 1_000
"""Bytes of a line of measurements."""
_BETWEEN = re.compile(r"[\s,;.]*")


def run(options: argparse.Namespace) -> int:
    """Write; returns the exit code."""

    def prepared() -> Work:
        if options.patient == options.line == "-":
            raise Ended(USAGE, _("Bare én av pasienten og målingene kan komme på standard inn."))
        handle = person.handle_of(options)
        line = _line(options.line)
        return partial(_measure, options, handle, line, understood(line, options.unlikely))

    return on_the_desks(options, prepared)


def _line(said: str) -> str:
    if said != "-":
        return said.strip()
    try:
        return " ".join(out.asked(_("Målinger, som BT 142/88 p 91: "), LIMIT).split())
    except (UnicodeDecodeError, out.TooMuch):
        raise Ended(USAGE, _("Det som kom på standard inn, er ikke målinger.")) from None


def understood(line: str, unlikely: bool) -> tuple[Recognised, ...]:
    """The measurements in `line`, which must be all of it. Raises Ended."""
    found = recognise(line)
    rest, at = "", 0
    for one in found:
        rest, at = rest + line[at : one.start], one.end
    if not found or not _BETWEEN.fullmatch(rest + line[at:]):
        known = ", ".join(_(vital.name) for vital in BY_KEY.values())
        raise Ended(REFUSED, _("Ikke alt er målinger. Kjent er: {known}. Ingenting er skrevet.").format(known=known))
    doubtful = [said(one) for one in found if one.doubtful]
    if doubtful and not unlikely:
        what = "; ".join(doubtful)
        raise Ended(REFUSED, _("Utenfor det sannsynlige: {what}. Stemmer det, bruk --unlikely.").format(what=what))
    return found


def said(one: Recognised) -> str:
    """Blodtrykk 142/88 mmHg."""
    return f"{_(BY_KEY[one.kind].name)} {'/'.join(one.values).replace('.', ',')} {one.unit}"


async def _measure(
    options: argparse.Namespace, handle: str, line: str, found: tuple[Recognised, ...], errand: Errand
) -> int:
    workspace = errand.workspace
    await clinician(errand)
    who = await person.opened(errand, handle, False)
    draft = await drafted(errand, who.opened, FREE, line)
    summary = await workspace.notes.summary(draft.id)
    if not summary.measurements_taken:
        await workspace.notes.discard(draft.id)
        raise Ended(REFUSED, _("Denne journalen tar ikke imot målinger. Ingenting er skrevet."))
    await workspace.notes.sign(summary, found)
    if options.json:
        top = await head(errand, handle=handle, state="waiting", act=draft.id)
        out.form({**top, "measurements": [forms.recognised(one) for one in found]})
        return DONE
    out.rows(said(one) for one in found)
    said_signed(())
    return DONE
