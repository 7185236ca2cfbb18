"""One entry opened, as lines: what, when, who, its text; what it replaces or adds to; what cannot be shown is named.

The easy mistake is an empty space where an attachment or an unreadable text is: it is said that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from akson_tui.i18n import _
from akson_tui.model.entry import Attachment, Detail, EntryState
from akson_tui.screens import text, words


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with the older one that it replaces or adds to, and what was added to it, as far as these are held."""

    detail: Detail
    older: Detail | None = None
    added: tuple[Detail, ...] = ()


def lines(opened: Opened, width: int) -> list[Content]:
    """All of it in `width` columns."""
    detail = opened.detail
    entry = detail.entry
    title = [text.line(entry.title or _(words.KINDS[entry.kind]), "heading")]
    if words.STATES[entry.state]:
        title.append(text.line(_(words.STATES[entry.state]), "warning"))
    written = [text.join(title), _origin(detail)]
    if entry.withheld:
        written.append(text.line(_("Sperret. At det finnes, vises; innholdet vises ikke."), "warning"))
        return [line for each in written for line in text.wrap(each, width)]
    if detail.replaced_by or entry.state is EntryState.SUPERSEDED:
        written.append(text.line(_("Erstattet av en nyere utgave."), "warning"))
    if entry.withheld_from_patient:
        written.append(text.line(_("Skjult for pasientens eget innsyn."), "warning"))
    flat = [line for each in written if each.plain for line in text.wrap(each, width)]
    flat += _text(detail, width, "")
    for extra in opened.added:
        flat.append(text.EMPTY)
        flat += _related(_("Tillegg"), extra, width, "")
    if opened.older is not None:
        replaced = entry.replaces is not None
        flat.append(text.EMPTY)
        label = _("Erstatter") if replaced else _("Tillegg til")
        flat += _related(label, opened.older, width, "struck" if replaced else "quiet")
    return flat


def _origin(detail: Detail) -> Content:
    entry = detail.entry
    who = ", ".join(part for part in (entry.author, entry.role) if part)
    at = words.when(entry.when) or _("uten dato")
    return text.join([text.line(at), text.line(who), text.line(entry.service)])


def _related(label: str, detail: Detail, width: int, ink: str) -> list[Content]:
    head = text.join([text.line(f"{label}:", "heading"), text.line(detail.entry.title), _origin(detail)])
    return [*text.wrap(head, width), *_text(detail, width, ink)]


def _text(detail: Detail, width: int, ink: str) -> list[Content]:
    if detail.unreadable:
        said = _("Innholdet kan ikke leses. Det er tatt vare på slik det kom.")
        return text.lines(said, width, "warning")
    found: list[Content] = []
    for paragraph in detail.paragraphs:
        if found:
            found.append(text.EMPTY)
        if paragraph.heading:
            found += text.wrap(text.line(paragraph.heading, ink or "heading"), width)
        found += text.lines(paragraph.body, width, ink)
    for label, value in detail.fields:
        found += text.wrap(text.line(f"{_(label)}: ", "quiet") + text.line(value), width)
    for attachment in detail.attachments:
        found += text.wrap(_attachment(attachment), width)
    if not found:
        found.append(text.line(_("Ingen tekst.")))
    return found


def _attachment(attachment: Attachment) -> Content:
    facts = [fact for fact in (attachment.media_type, words.size(attachment.size)) if fact]
    name = attachment.title or _("uten navn")
    said = _("Vedlegg: {name}").format(name=name)
    if facts:
        said = f"{said} ({', '.join(facts)})"
    return text.line(_("{what} – vises ikke her").format(what=said), "warning")
