"""What a person is told where their files could not be opened: what happened, what was kept, what to do."""

from __future__ import annotations

from akson_tui.i18n import _, later
from akson_tui.store import troubles
from akson_tui.store.troubles import InUse, StoreTrouble

SAID: tuple[tuple[type[StoreTrouble], str], ...] = (
    (
        troubles.WrongKey,
        later("Nøkkelen passer ikke til dataene her. Dataene er urørt. Spør den som drifter maskinen."),
    ),
    (
        troubles.NotAStore,
        later("Filene i datamappen er ikke laget av dette programmet. De er urørt. Velg en annen mappe."),
    ),
    (troubles.TooNew, later("Dataene er laget av en nyere versjon. De er urørt. Installer den nyeste versjonen.")),
    (
        troubles.PreciousDamaged,
        later("Utkast og utboks kan ikke leses. Filen er urørt og kan kanskje reddes. Spør den som drifter maskinen."),
    ),
    (troubles.DiskFull, later("Disken er full. Det som var lagret, er lagret. Frigjør plass og start på nytt.")),
    (troubles.Busy, later("En annen økt holder dataene opptatt. Ingenting er tapt. Prøv igjen om litt.")),
    (troubles.RunDirectory, later("Mappen for kjørende økter kan ikke brukes. Ingenting er tapt. Se --home.")),
)
"""Trouble → sentence; the first that fits."""


def said(trouble: StoreTrouble) -> str:
    """The sentence for `trouble`, in the user's language."""
    if isinstance(trouble, InUse):
        return _(
            "Dataene er åpne på {host} og kan bare brukes der. Ingenting er tapt. Avslutt der, eller spør drift."
        ).format(host=trouble.host)
    for kind, sentence in SAID:
        if isinstance(trouble, kind):
            return _(sentence)
    return _("Dataene kunne ikke åpnes. De er urørt. Prøv igjen, eller spør den som drifter maskinen.")
