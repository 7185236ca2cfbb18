"""Medicines as lines: grouped by how they are used, each with its dose, what it is for, since when.

The easy mistake is to cut a dose at its column's edge: each column wraps, and a medicine takes the lines that it needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.content import Content

from akson_tui.clinical import medicines
from akson_tui.clinical.medicines import IN_USE, Change, ChangeKind, Use
from akson_tui.i18n import _, later
from akson_tui.model.health import Medicine
from akson_tui.model.ref import Ref
from akson_tui.model.when import Precision
from akson_tui.screens import text, words
from akson_tui.screens.parts.stops import Block
from akson_tui.workspace.medication import Medicines

TITLES: dict[Use, str] = {
    Use.MULTIDOSE: later("Multidose"),
    Use.REGULAR: later("Fast, utenom multidose"),
    Use.AS_NEEDED: later("Ved behov"),
    Use.ON_HOLD: later("Satt på vent"),
    Use.LATER: later("Ikke begynt"),
    Use.ENDED: later("Avsluttet"),
}
CHANGES: dict[ChangeKind, str] = {
    ChangeKind.STARTED: later("begynt"),
    ChangeKind.CHANGED: later("endret"),
    ChangeKind.ENDED: later("avsluttet"),
}
RECENT = timedelta(days=90)
"""How far back changes are told in the list; each medicine's own are told whole."""
CHANGES_AT_MOST = 6
DAY = 8


@dataclass(frozen=True, slots=True)
class Page:
    """What the list is made of. `ended`: those too; `journals` the names of the sources, by their ids."""

    medicines: Medicines
    now: datetime
    ended: bool
    journals: dict[str, str]


def blocks(page: Page, width: int) -> list[Block]:
    """What is doubled, then each source with its groups, then what changed lately."""
    rows = page.medicines.all.rows
    groups = medicines.grouped(rows, page.now)
    made = [Block((line,)) for line in _doubles(groups, width)]
    sources = _sources(page, rows)
    for source in sources:
        if len(sources) > 1:
            made.append(Block((*_gap(made), text.cut(text.line(source or _("Uten liste"), "heading"), width))))
        for use, members in groups.items():
            held = [each for each in members if _source(page, each) == source]
            if held and (use is not Use.ENDED or page.ended):
                made.append(Block((*_gap(made), text.cut(_title(use, held), width))))
                mostly = _mostly(held)
                made += [Block(_row(each, use, mostly, width), each.ref) for each in held]
    ended = len(groups.get(Use.ENDED, ()))
    if ended and not page.ended:
        made.append(Block((*_gap(made), text.line(_("{n} avsluttet (v viser)").format(n=ended)))))
    if rows:
        made.append(Block((*_gap(made), *_changes(page, width))))
    return made


def _gap(made: Sequence[Block]) -> tuple[Content, ...]:
    """A blank line, but not at the top."""
    return (text.EMPTY,) if made and any(block.key is not None for block in made) else ()


def _sources(page: Page, rows: Sequence[Medicine]) -> list[str]:
    """Every source once, those with a list of their own first."""
    named = dict.fromkeys(_source(page, each) for each in rows)
    return sorted(named, key=lambda source: (source == "", source))


def _source(page: Page, medicine: Medicine) -> str:
    """The list in which it stands with its date, or the journal where there are several; '' for neither."""
    held = medicines.source_of(medicine, page.medicines.lists)
    if held is not None:
        at = words.day(held.at)
        title = held.title or _("Legemiddelliste")
        return _("{list}, gjennomgått {at}").format(list=title, at=at) if at else title
    return page.journals.get(medicine.ref.source, medicine.ref.source) if len(page.journals) > 1 else ""


def _doubles(groups: dict[Use, tuple[Medicine, ...]], width: int) -> list[Content]:
    taken = [medicine for use in IN_USE for medicine in groups.get(use, ())]
    made: list[Content] = []
    for same in medicines.doubles(taken):
        said = words.listed([name_of(each) for each in same])
        made += text.wrap(text.line(_("Mulig dobbelt: {what}").format(what=said), "warning"), width)
    return made


def _title(use: Use, held: Sequence[Medicine]) -> Content:
    mostly = _mostly(held)
    who = text.line(_told(held[0], mostly)) if mostly else text.EMPTY
    return text.join([text.line(_("{group} ({n})").format(group=_(TITLES[use]), n=len(held)), "heading"), who])


def _mostly(held: Sequence[Medicine]) -> str:
    """Who told of most of them: named once, and of the others beside each."""
    named = Counter(each.told_by for each in held if each.told_by)
    return named.most_common(1)[0][0] if named else ""


def _told(medicine: Medicine, who: str) -> str:
    template = _("forskrevet av {who}") if medicine.requested else _("ifølge {who}")
    return template.format(who=who)


def _row(medicine: Medicine, use: Use, mostly: str, width: int) -> tuple[Content, ...]:
    why = [medicine.reason]
    if medicine.told_by and medicine.told_by != mostly:
        why.append(_told(medicine, medicine.told_by))
    rest = max(width - DAY - 3, 30)
    name, dose = rest * 43 // 100, rest * 34 // 100
    columns = [
        (text.line(name_of(medicine)), name),
        (dose_of(medicine), dose),
        (text.line("; ".join(part for part in why if part)), rest - name - dose),
        (text.line(_day(medicine, use)), DAY),
    ]
    wrapped = [(text.wrap(content, wide), wide) for content, wide in columns]
    lines = max(len(column) for column, _wide in wrapped)
    return tuple(
        text.cells(*((column[at] if at < len(column) else text.EMPTY, wide) for column, wide in wrapped))
        for at in range(lines)
    )


def _day(medicine: Medicine, use: Use) -> str:
    """Since when; of what has ended, until when: 22.08.26, or as much as was said."""
    at = medicine.until if use is Use.ENDED else medicine.since
    if at is None or at.precision < Precision.DAY:
        return words.when(at)
    return f"{at.local:%d.%m}.{at.local.year % 100:02}"


def name_of(medicine: Medicine) -> str:
    """What it is called."""
    return medicine.name.text or medicine.name.code or _("uten navn")


def dose_of(medicine: Medicine) -> Content:
    """How much and when; a missing dose is said."""
    return text.line(medicine.dosage or _("dosering ikke oppgitt"), "" if medicine.dosage else "warning")


def _changes(page: Page, width: int) -> list[Content]:
    """What changed lately."""
    since = page.now - RECENT
    found = [change for change in medicines.changes(page.medicines.all.rows, page.now) if change.at.earliest >= since]
    title = text.line(_("Endret siste 90 dager"), "heading")
    if not found:
        return [text.join([title, text.line(_("ingen kjente"))])]
    made = [title]
    for change in found[:CHANGES_AT_MOST]:
        made += text.wrap(change_words(change), width)
    if len(found) > CHANGES_AT_MOST:
        made.append(text.line(_("+{n}: se tidslinjen").format(n=len(found) - CHANGES_AT_MOST)))
    return made


def change_words(change: Change) -> Content:
    """12.11.2026 endret: Furosemid 40 mg, 1 tablett kl. 8 (før: Furosemid 20 mg, 1 tablett kl. 8)."""
    said = f"{words.day(change.at)} {_(CHANGES[change.kind])}: {_what(change.medicine)}"
    if change.before is not None:
        said = _("{what} (før: {before})").format(what=said, before=_what(change.before))
    if change.kind is ChangeKind.ENDED and change.medicine.ended_for:
        said = f"{said} ({change.medicine.ended_for})"
    return text.line(said)


def _what(medicine: Medicine) -> str:
    return ", ".join(part for part in (name_of(medicine), medicine.dosage) if part)


def panel(page: Page, ref: Ref, width: int, height: int) -> list[Content]:
    """All that is known of one medicine, and what changed of its substance."""
    medicine = next((each for each in page.medicines.all.rows if each.ref == ref), None)
    if medicine is None:
        return []
    use = medicines.use(medicine, page.now)
    held = medicines.source_of(medicine, page.medicines.lists)
    parts = [
        (_("Bruk"), _(TITLES[use])),
        (_("Dosering"), medicine.dosage or _("ikke oppgitt")),
        (_("Brukes mot"), medicine.reason),
        (_("Fra"), words.day(medicine.since)),
        (_("Til"), words.day(medicine.until)),
        (_("Årsak"), medicine.ended_for),
        (_("Forskrevet av") if medicine.requested else _("Ifølge"), medicine.told_by),
        (_("Står i"), _source(page, medicine) if held is not None or len(page.journals) > 1 else ""),
        (_("Kode"), medicine.name.code),
    ]
    lines = text.wrap(text.line(name_of(medicine), "heading"), width)
    lines += text.pack([text.line(f"{label}: ", "quiet") + text.line(said) for label, said in parts if said], width)
    for change in medicines.history(medicine, medicines.changes(page.medicines.all.rows, page.now)):
        lines += text.wrap(change_words(change), width)
    return lines[:height]
