"""The command line: what may be said. A command's own file is imported when it is named."""

from __future__ import annotations

import argparse
from importlib import import_module

from akson_tui.i18n import LANGUAGES, _

COMMANDS = {
    "demo": "akson_tui.cli.demo",
    "sandbox": "akson_tui.cli.sandbox",
}
"""Command name → module with `run(options) -> int`. No name is the workstation."""


class _Norwegian(argparse.HelpFormatter):
    """Headings in the user's language."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, prefix or _("bruk: "))


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="akson-tui", description=_("Journalen i terminalen."), formatter_class=_Norwegian, allow_abbrev=False
    )
    top.add_argument("--version", action="store_true", help=_("vis versjonen og slutt"))
    top.add_argument("--site", default="", metavar=_("NAVN"), help=_("stedet, fra sites/NAVN.toml"))
    top.add_argument("--journal", default="", metavar="URL", help=_("FHIR R4-adressen til én journal"))
    top.add_argument(
        "--as", dest="user", default="", metavar=_("HVEM"), help=_("HPR-nummer, Practitioner-id eller demo")
    )
    top.add_argument("--home", default="", metavar=_("MAPPE"), help=_("mappen som alt ligger i"))
    top.add_argument("--lang", default="", choices=("", *LANGUAGES), metavar="nb|nn|en", help=_("språket"))
    top.add_argument("--theme", default="", metavar=_("NAVN"), help=_("fargene"))
    top.add_argument("--mouse", action="store_true", help=_("ta imot mus (koster linje)"))
    top.add_argument("--insecure", action="store_true", help=_("tillat ukryptert http ut av maskinen"))
    top.add_argument("--token-env", default="", metavar=_("NAVN"), help=_("miljøvariabelen som holder et bearer-token"))
    top.add_argument(
        "--passphrase-file", default="", metavar=_("FIL"), help=_("les passfrasen fra FIL (også /dev/fd/N)")
    )
    top.add_argument("--now", default="", metavar=_("TID"), help=_("fest klokken (til prøver)"))
    commands = top.add_subparsers(dest="command", metavar=_("KOMMANDO"))

    demo = commands.add_parser("demo", help=_("øv på en journal som følger med, med oppdiktede mennesker"))
    demo.add_argument("--port", type=_port, default=0, metavar="N", help=_("porten på 127.0.0.1 (ellers en ledig)"))
    demo.add_argument("--seed", type=int, default=1, metavar="N", help=_("hvilken oppdiktet verden"))
    demo.add_argument("--now", dest="demo_now", default="", metavar=_("TID"), help=_("fest klokken for begge"))
    demo.add_argument("--home", dest="demo_home", default="", metavar=_("MAPPE"), help=_("behold alt i MAPPE"))

    sandbox = commands.add_parser("sandbox", help=_("bare øvingsjournalen, som FHIR-tjeneste"))
    sandbox.add_argument("--host", default="127.0.0.1", metavar=_("VERT"))
    sandbox.add_argument("--port", type=_port, default=8181, metavar="N")
    sandbox.add_argument("--data", default="", metavar=_("MAPPE"), help=_("behold dataene i MAPPE"))
    sandbox.add_argument("--seed", type=int, default=1, metavar="N")
    sandbox.add_argument("--now", dest="sandbox_now", default="", metavar=_("TID"))
    sandbox.add_argument(
        "--load", nargs="+", default=[], metavar=_("STI"), help=_("les inn ressurser, Bundles, NDJSON, mapper")
    )
    return top


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError
    return number


def run_command(options: argparse.Namespace) -> int:
    """Run the command that was named, or the workstation."""
    module = import_module(COMMANDS.get(options.command, "akson_tui.cli.workstation"))
    code: int = module.run(options)
    return code
