"""The manual page, made from the parser and the table of commands, in bokmål."""

from __future__ import annotations

import argparse
import re

from akson_tui.cli.commands import BY_NAME

ENDS = (
    ("0", "gjort, eller tatt vare på"),
    ("1", "fantes ikke, eller ble avvist"),
    ("2", "feil bruk"),
    ("3", "låst, eller ingen bruker"),
    ("4", "ingen linje, og ingenting er hentet fra før"),
)
FILES = (
    ("config.toml, sites/*.toml, templates/*.toml", "innstillinger, steder og maler (se docs/settings.md)"),
    ("data/<sted>/<bruker>/", "krypterte data, utkast og utboks"),
)
ENVIRONMENT = (
    ("AKSON_PASSPHRASE", "låser opp uten å spørre; tas ut av miljøet med en gang"),
    ("AKSON_HOME, AKSON_SITE, AKSON_JOURNAL, AKSON_USER, AKSON_LANG", "som valgene med samme navn"),
    ("NO_COLOR", "ingen farger"),
)


def page(parser: argparse.ArgumentParser, version: str) -> str:
    """The page as roff (man(7)), UTF-8."""
    subs = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    lines = [
        f'.TH AKSON\\-TUI 1 "" "akson\\-tui {_escaped(version)}" "Brukerkommandoer"',
        ".SH NAVN",
        "akson\\-tui \\- journalen i terminalen",
        ".SH BRUK",
        f".B akson\\-tui\n[valg] [{_escaped(subs.metavar if isinstance(subs.metavar, str) else '')} ...]",
        ".SH BESKRIVELSE",
        _escaped(
            "Uten kommando åpnes arbeidsstasjonen. Kommandoene gjør det samme fra skallet, med samme tilgang og logg."
        ),
        _escaped("Pasienten nevnes ved kortnavnet som «akson-tui find -» skriver; et fødselsnummer skal aldri stå på"),
        _escaped("kommandolinjen. Valg for sted og journal står før kommandoens navn."),
        ".SH VALG",
        *_options(parser),
        ".SH KOMMANDOER",
    ]
    for name, sub in subs.choices.items():
        lines += [f".SS {_escaped(name)}", _escaped(sub.description or ""), *_options(sub)]
        for typed, does in BY_NAME[name].examples:
            lines += [
                ".PP",
                _escaped(does[:1].upper() + does[1:]) + ":",
                ".PP",
                ".RS 4",
                ".EX",
                _escaped(typed),
                ".EE",
                ".RE",
            ]
    for title, rows in (("SLUTTKODER", ENDS), ("MILJØ", ENVIRONMENT), ("FILER", FILES)):
        lines.append(f".SH {title}")
        for term, text in rows:
            lines += [".TP", f".B {_escaped(term)}", _escaped(text)]
    return "\n".join(lines) + "\n"


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        names = ", ".join(action.option_strings)
        value = action.metavar if isinstance(action.metavar, str) and action.nargs != 0 else ""
        term = " ".join(part for part in (names, value) if part)
        lines += [".TP", f".B {_escaped(term)}", _escaped((action.help or "") % vars_of(action))]
    return lines


def vars_of(action: argparse.Action) -> dict[str, object]:
    """What help texts may name."""
    return {"default": action.default, "prog": "akson-tui"}


def _escaped(text: str) -> str:
    """Text that roff does not read as a request or an escape."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text)
