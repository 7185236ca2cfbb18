"""What is said when the program itself fails: in the person's language, and nothing of what was being worked on."""

from __future__ import annotations

from akson_tui.i18n import _
from akson_tui.terminal.crash import Words


def words() -> Words:
    """The sentences that stand on the terminal after it was given back."""
    return Words(
        happened=_("Programmet stoppet på grunn av en feil i programmet."),
        kept=_("Det du har skrevet, er lagret fram til siste sekund, og utkastet tilbys neste gang du starter."),
        do=_("Start programmet på nytt. Skjer det igjen, gi beskjed til brukerstøtte."),
        report=_("Teknisk rapport uten pasientopplysninger: {path}"),
        no_report=_("Teknisk rapport uten pasientopplysninger (ingen fil ble skrevet):"),
    )
