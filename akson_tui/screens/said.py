"""What a desk could not do, in words that say what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from akson_tui.i18n import _
from akson_tui.store import troubles as store
from akson_tui.workspace import troubles

TOLD = (troubles.WorkspaceTrouble, store.DiskFull, store.Busy, store.CacheDamaged)
"""What is told to the person; any other error of the store ends the program."""


def _not_kept(trouble: Exception) -> str:
    if isinstance(trouble, troubles.NotKept) and trouble.full:
        return _("Ikke lagret: disken er full. Teksten står på skjermen.")
    return _("Ikke lagret. Teksten står på skjermen.")


def _not_taken(trouble: Exception) -> str:
    if isinstance(trouble, troubles.NotTaken) and trouble.known:
        return _("Denne journalen tar ikke imot notater")
    return _("Journalen har ennå ikke sagt om den tar imot notater")


_WORDS: dict[type[Exception], Callable[[Exception], str]] = {
    troubles.NotOpened: lambda _trouble: _("Journalen er ikke hentet hit"),
    troubles.NotKept: _not_kept,
    troubles.NoAuthor: lambda _trouble: _("Ingen bruker er oppgitt"),
    troubles.NotTaken: _not_taken,
    troubles.EmptyNote: lambda _trouble: _("Notatet har ingen tekst"),
    troubles.TargetNotHeld: lambda _trouble: _("Notatet er ikke hentet i den utgaven som ble lest"),
    troubles.PlanNotTaken: lambda _trouble: _("Denne journalen tar ikke imot dette i planer"),
    troubles.StepNotHeld: lambda _trouble: _("Tiltaket er ikke hentet slik det står i planen nå: F5 henter"),
    troubles.NotSentYet: lambda _trouble: _("Tiltaket er ikke sendt ennå: vent, eller ta det tilbake i utboksen (g u)"),
    troubles.TooLate: lambda _trouble: _("For sent: det er sendt, eller sendes nå"),
    troubles.Gone: lambda _trouble: _("Finnes ikke lenger"),
    store.DiskFull: lambda _trouble: _("Disken er full: dette kan ikke gjøres før det er plass"),
    store.Busy: lambda _trouble: _("Lageret er opptatt i en annen økt: prøv igjen"),
    store.CacheDamaged: lambda _trouble: _("Det som var hentet, kunne ikke leses, og hentes på nytt"),
}


def trouble(trouble: Exception) -> str:
    """One sentence for the foot."""
    for kind in type(trouble).__mro__:
        if kind in _WORDS:
            return _WORDS[kind](trouble)
    return _("Det gikk ikke")
