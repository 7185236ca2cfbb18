"""One entry of the journal on one line, in the timeline and in the overview.

The easy mistake is to show a state by colour alone: *erstattet*, *feilført*, *sperret* are words in front of the text.
"""

from __future__ import annotations

from textual.content import Content

from akson_tui.i18n import _
from akson_tui.model.entry import EntryKind, EntryState, TimelineRow
from akson_tui.screens import text, words


def kind_word(row: TimelineRow) -> str:
    """Notat, Måling …; a type that nobody named as itself."""
    entry = row.entry
    return entry.type if entry.kind is EntryKind.OTHER and entry.type else _(words.KINDS[entry.kind])


def entry_words(row: TimelineRow, brief: bool = False) -> Content:
    """State, title and first words of an entry; of a withheld one only that it is withheld.

    `brief`, where room is scarce: the first words of a sykepleienotat say more than its name.
    """
    entry = row.entry
    if entry.withheld:
        return text.line(_("sperret"), "warning")
    states = [_(words.STATES[entry.state])] if words.STATES[entry.state] else []
    if row.replaced and entry.state is not EntryState.SUPERSEDED:
        states.append(_("erstattet"))
    struck = row.replaced or entry.state in (EntryState.SUPERSEDED, EntryState.ERROR)
    marks = text.line(", ".join(states), "warning")
    kind = kind_word(row)
    title = entry.title or kind
    # The kind has a column of its own: a title that only repeats it (sykepleienotat) is left out where there is more to
    # say; an epikrise is called one.
    unsaid = title.casefold() == kind.casefold() or (brief and title.casefold().endswith(kind.casefold()))
    said = entry.summary if unsaid else f"{title}: {entry.summary}"
    summed = text.line(said if entry.summary else title, "struck" if struck else "")
    relation = ""
    if entry.replaces is not None:
        relation = _("(retting)")
    elif entry.appends is not None:
        relation = _("(tillegg)")
    if row.addenda:
        relation = _("(+{n} tillegg)").format(n=row.addenda)
    return text.join([marks, summed, text.line(relation)], " ")
