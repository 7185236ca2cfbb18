"""The commands: one row each, with all that may be said to it. Data alone: a command's own file is imported when named.

Easy to get wrong: text that is formatted here. Help and metavars are marked `later`, and translated by the parser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from akson_tui.i18n import later
from akson_tui.model.entry import EntryKind


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its names, its help (to be translated), and what argparse is told besides."""

    names: tuple[str, ...]
    help: str
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: name, help and examples (to be translated), arguments; `file` completes file names for these."""

    name: str
    help: str
    arguments: tuple[Argument, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    """(what is typed, what it does)."""

    @property
    def module(self) -> str:
        """The module with `run(options) -> int`."""
        return f"akson_tui.cli.{self.name}"


def _argument(*names: str, help: str, **more: Any) -> Argument:
    return Argument(names, help, tuple(more.items()))


def _number(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds; argparse tells the rest."""

    def tall(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError
        return number

    return tall


port = _number(0, 65535)
JSON = _argument("--json", help=later("skriv JSON (formene står i docs/schemas)"), action="store_true")
FRESH = _argument("--fresh", help=later("hent på nytt selv om det er hentet før"), action="store_true")
PATIENT = _argument(
    "patient",
    help=later("kortnavnet som find skrev, som p7k2; - leser det fra standard inn"),
    metavar=later("PASIENT"),
)
COPY = (
    _argument(
        "--output",
        help=later("skriv en kopi til FIL (logges som utlevert)"),
        default="",
        metavar=later("FIL"),
        file=True,
    ),
    _argument(
        "--lp",
        help=later("skriv ut med lp, på SKRIVER eller den vanlige (logges som utskrift)"),
        nargs="?",
        const="-",
        default="",
        metavar=later("SKRIVER"),
    ),
)
KINDS = tuple(kind.value for kind in EntryKind)

COMMANDS: tuple[Command, ...] = (
    Command(
        "demo",
        later("øv på en journal som følger med, med oppdiktede mennesker"),
        (
            _argument("--port", help=later("porten på 127.0.0.1 (ellers en ledig)"), type=port, default=0, metavar="N"),
            _argument("--seed", help=later("hvilken oppdiktet verden"), type=int, default=1, metavar="N"),
            _argument("--now", help=later("fest klokken for begge"), dest="demo_now", default="", metavar=later("TID")),
            _argument("--home", help=later("behold alt i MAPPE"), dest="demo_home", default="", metavar=later("MAPPE")),
        ),
    ),
    Command(
        "sandbox",
        later("bare øvingsjournalen, som FHIR-tjeneste"),
        (
            _argument("--host", help=later("adressen den lytter på"), default="127.0.0.1", metavar=later("VERT")),
            _argument("--port", help=later("porten den lytter på"), type=port, default=8181, metavar="N"),
            _argument("--data", help=later("behold dataene i MAPPE"), default="", metavar=later("MAPPE")),
            _argument("--seed", help=later("hvilken oppdiktet verden"), type=int, default=1, metavar="N"),
            _argument("--now", help=later("fest klokken"), dest="sandbox_now", default="", metavar=later("TID")),
            _argument("--population", help=later("hvor mange oppdiktede mennesker"), default="", metavar="N"),
            _argument(
                "--as-server", help=later("gi seg ut for en ringere tjeneste"), default="", metavar=later("NAVN")
            ),
            _argument(
                "--faults",
                help=later("hvilke forespørsler som skal gå galt (TOML)"),
                default="",
                metavar=later("FIL"),
                file=True,
            ),
            _argument("--live", help=later("andre skriver også"), action="store_true"),
            _argument("--live-seed", help=later("hva de skriver"), default="", metavar="N"),
            _argument(
                "--load",
                help=later("les inn ressurser, Bundles, NDJSON, mapper"),
                nargs="+",
                default=[],
                metavar=later("STI"),
                file=True,
            ),
        ),
    ),
    Command(
        "find",
        later("finn pasienter, her og i registeret; skriver et kortnavn for hver"),
        (
            _argument(
                "query",
                help=later("navn eller fødselsdato; - leser fra standard inn, og bare der kan fødselsnummer stå"),
                nargs="+",
                metavar=later("SØK"),
            ),
            _argument("--offline", help=later("spør ikke registeret"), action="store_true"),
            _argument("--limit", help=later("høyst så mange treff"), type=_number(1, 1000), default=50, metavar="N"),
            JSON,
        ),
        (
            ("akson-tui find -", later("spør, og viser ikke navnet for andre på maskinen")),
            ("akson-tui find - < navn.txt | akson-tui show -", later("oversikten for den ene som passet")),
            ("akson-tui find --json bakken | jq -r '.hits[].handle'", later("bare kortnavnene")),
        ),
    ),
    Command(
        "show",
        later("oversikten for en pasient, eller én oppføring"),
        (
            PATIENT,
            _argument(
                "--entry",
                help=later("bare oppføringen med dette navnet (feltet entry i timeline --json)"),
                default="",
                metavar=later("NAVN"),
            ),
            FRESH,
            JSON,
            *COPY,
        ),
        (
            ("akson-tui find - | akson-tui show -", later("finn og vis")),
            ("akson-tui show p7k2 --output kopi.txt", later("en kopi på fil")),
        ),
    ),
    Command(
        "timeline",
        later("tidslinjen for en pasient, det nyeste først"),
        (
            PATIENT,
            _argument(
                "--since",
                help=later("ikke eldre enn TID: 2026-11-24, 24.11.2026, eller 7d, 12t, 3u bakover"),
                default="",
                metavar=later("TID"),
            ),
            _argument(
                "--kind",
                help=later("bare dette slaget; kan gjentas"),
                action="append",
                default=[],
                choices=KINDS,
                metavar=later("SLAG"),
            ),
            _argument("--text", help=later("ta med teksten i notatene"), action="store_true"),
            _argument("--limit", help=later("høyst så mange"), type=_number(1, 100_000), default=0, metavar="N"),
            _argument("--follow", help=later("bli stående, og skriv det som kommer"), action="store_true"),
            _argument(
                "--every",
                help=later("med --follow: hent på nytt hvert N. sekund (ellers bare det som hentes av andre)"),
                type=_number(5, 86_400),
                default=0,
                metavar="N",
            ),
            FRESH,
            JSON,
            *COPY,
        ),
        (
            ("akson-tui timeline p7k2 --since 7d", later("den siste uken")),
            ("akson-tui timeline p7k2 --json | jq -r '.entries[].title'", later("titlene")),
            ("akson-tui timeline p7k2 --follow", later("det som kommer mens du ser på")),
        ),
    ),
    Command(
        "note",
        later("skriv et notat fra en fil; uten --sign blir det et utkast"),
        (
            PATIENT,
            _argument(
                "--file",
                help=later("teksten (UTF-8); - er standard inn"),
                required=True,
                metavar=later("FIL"),
                file=True,
            ),
            _argument("--template", help=later("slaget notat, ved navn eller id"), default="", metavar=later("MAL")),
            _argument(
                "--sign", help=later("signer: det legges i utboksen og sendes av neste sync"), action="store_true"
            ),
            _argument("--measurements", help=later("med --sign: send målingene i teksten også"), action="store_true"),
            JSON,
        ),
        (
            ("akson-tui note p7k2 --file - --sign < notat.txt", later("signer det som står i filen")),
            ("akson-tui note p7k2 --file - --template home_visit", later("et utkast av hjemmebesøk")),
        ),
    ),
    Command("plan", later("planene for en pasient"), (PATIENT, FRESH, JSON, *COPY)),
    Command(
        "measure",
        later("før målinger; de legges i utboksen og sendes av neste sync"),
        (
            PATIENT,
            _argument(
                "line",
                help=later("målingene, som BT 142/88 p 91; - leser dem fra standard inn"),
                metavar=later("MÅLINGER"),
            ),
            _argument("--unlikely", help=later("ta imot verdier utenfor det sannsynlige"), action="store_true"),
            JSON,
        ),
        (
            ("akson-tui measure p7k2 -", later("spør etter målingene")),
            ('echo "BT 142/88 p 91" | akson-tui measure p7k2 -', later("målinger fra et annet program")),
        ),
    ),
    Command("worklist", later("dagens liste"), (FRESH, JSON)),
    Command("outbox", later("det som er signert og venter, er sendt eller avvist"), (JSON,)),
    Command("sync", later("hent dagens liste med journalene, og send det som venter"), (JSON,)),
    Command(
        "forget",
        later("slett det som er hentet, for én pasient eller alle; utkast og utboks blir liggende"),
        (
            _argument(
                "patient",
                help=later("kortnavnet; - leser det fra standard inn; uten blir alt hentet glemt"),
                nargs="?",
                default="",
                metavar=later("PASIENT"),
            ),
            JSON,
        ),
    ),
    Command(
        "doctor",
        later("se hva maskinen, terminalen og journalen kan, og hva som mangler"),
        (
            _argument("--terminal", help=later("et prøvekort for terminalen"), action="store_true"),
            _argument(
                "--bundle",
                help=later("skriv alt til FIL for brukerstøtte, uten pasientopplysninger"),
                default="",
                metavar=later("FIL"),
                file=True,
            ),
            JSON,
        ),
    ),
    Command(
        "completion",
        later("skriv fullføring for skallet, eller manualsiden"),
        (
            _argument(
                "shell",
                help=later("hvilket skall, eller man"),
                choices=("bash", "zsh", "fish", "man"),
                metavar="bash|zsh|fish|man",
            ),
        ),
        (("akson-tui completion bash > ~/.local/share/bash-completion/completions/akson-tui", later("for bash")),),
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
