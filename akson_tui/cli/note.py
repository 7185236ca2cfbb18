"""`akson-tui note`: a note from a file. Without --sign a draft is left; with it the note waits in the outbox.

Easy to get wrong: measurements that nobody confirmed. Those in the text are sent only where --measurements says so, and
none that is outside what is likely.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, REFUSED, USAGE, forms, out, person
from akson_tui.cli.ending import Ended, not_held
from akson_tui.cli.progress import Progress
from akson_tui.cli.running import Work, clinician, head, on_the_desks
from akson_tui.i18n import _, n_
from akson_tui.model.want import Want, WantKind

if TYPE_CHECKING:
    from akson_tui.model.access import Opened
    from akson_tui.model.note import Draft, Recognised, Template
    from akson_tui.wiring import Errand

LIMIT = 1_000_000
"""Bytes of a note."""


def run(options: argparse.Namespace) -> int:
    """Write; returns the exit code."""

    def prepared() -> Work:
        if options.patient == options.file == "-":
            raise Ended(USAGE, _("Bare én av pasienten og teksten kan komme på standard inn."))
        if options.measurements and not options.sign:
            raise Ended(USAGE, _("--measurements trenger --sign."))
        handle = person.handle_of(options)
        return partial(_note, options, handle, _text(options.file))

    return on_the_desks(options, prepared)


def _text(name: str) -> str:
    """The note's text, with the line ends of this program. Raises Ended."""
    try:
        if name == "-":
            text = out.asked(_("Notat (én linje): "), LIMIT)
        else:
            with open(name, "rb") as file:
                raw = file.read(LIMIT + 1)
            if len(raw) > LIMIT:
                raise out.TooMuch
            text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Ended(USAGE, _("Teksten er ikke UTF-8.")) from None
    except out.TooMuch:
        raise Ended(USAGE, _("Teksten er for lang (høyst {n} byte).").format(n=LIMIT)) from None
    except OSError as trouble:
        raise Ended(REFUSED, _("{file}: {why}").format(file=name, why=trouble.strerror)) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip()
    if not text.strip():
        raise Ended(REFUSED, _("Notatet har ingen tekst"))
    return text


async def _note(options: argparse.Namespace, handle: str, text: str, errand: Errand) -> int:
    template = _template(errand, options.template)
    who = await person.opened(errand, handle, False)
    draft = await drafted(errand, who.opened, template.id, text)
    top = await head(errand, handle=handle)
    if not options.sign:
        if options.json:
            out.form({**top, "state": "draft", "draft": draft.id, "act": None, "measurements": []})
        else:
            out.remark(_("Utkastet er lagret. Det ligger under g d i programmet."))
        return DONE
    measured = await signed(errand, draft, options.measurements)
    if options.json:
        rows = [forms.recognised(one) for one in measured]
        out.form({**top, "state": "waiting", "draft": None, "act": draft.id, "measurements": rows})
    else:
        said_signed(measured)
    return DONE


def _template(errand: Errand, said: str) -> Template:
    """The kind of note of that id or name; the free note where none was said. Raises Ended."""
    known = errand.workspace.notes.templates()
    wanted = said.casefold()
    found = [one for one in known if wanted in (one.id.casefold(), one.name.casefold())] if said else list(known[:1])
    if not found:
        names = ", ".join(one.id for one in known)
        raise Ended(USAGE, _("Ingen mal heter det. Velg blant: {names}").format(names=names))
    return found[0]


async def drafted(errand: Errand, opened: Opened, template: str, text: str) -> Draft:
    """A draft with `text`, on disk. Raises Ended, and what the notes desk raises."""
    notes, patient = errand.workspace.notes, opened.patients[0]
    if not await notes.offered(patient):
        with Progress() as progress:
            progress.at(_("spør journalen om den tar imot notater"))
            await errand.fetch(Want(WantKind.PERSON, opened.person))  # which asks for its CapabilityStatement first
        state = next(state for state in await errand.workspace.lines() if state.source == patient.source)
        if not state.known and state.trouble:
            raise not_held(state.trouble)
    draft = await notes.begin(opened, template)
    await notes.keep(draft.id, text, len(text))
    return draft


async def signed(errand: Errand, draft: Draft, with_measurements: bool) -> tuple[Recognised, ...]:
    """Sign; returns the measurements that go with it. The draft is left where it cannot be signed.

    Raises Ended, and what the notes desk raises.
    """
    try:
        await clinician(errand)
        summary = await errand.workspace.notes.summary(draft.id)
    except BaseException:
        out.remark(_("Ikke signert. Utkastet er lagret."))
        raise
    measured = tuple(one for one in summary.measurements if with_measurements and not one.doubtful)
    if not summary.measurements_taken:
        if measured:
            out.remark(_("Journalen tar ikke imot målinger: de står i teksten."))
        measured = ()
    left = len(summary.measurements) - len(measured)
    if with_measurements and summary.measurements_taken and left:
        out.remark(
            n_(
                "{n} måling er utenfor det sannsynlige og står bare i teksten.",
                "{n} målinger er utenfor det sannsynlige og står bare i teksten.",
                left,
            ).format(n=left)
        )
    await errand.workspace.notes.sign(summary, measured)
    return measured


def said_signed(measured: tuple[Recognised, ...]) -> None:
    """What was done, and what sends it."""
    if measured:
        n = len(measured)
        out.remark(n_("Med {n} måling.", "Med {n} målinger.", n).format(n=n))
    out.remark(_("Signert. Det venter i utboksen, og sendes av programmet når det går, eller av «akson-tui sync»."))
