"""`akson-tui sandbox`: the practice journal alone, as a process that this one becomes."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec

from akson_tui.cli import REFUSED
from akson_tui.i18n import _

NEEDS = ("starlette", "uvicorn", "starlette_compress", "jsonschema_rs")
INSTALL = "pip install 'akson-tui[sandbox]'"


def missing() -> str:
    """What to do where the sandbox's own dependencies are not installed; '' where they are."""
    if all(find_spec(name) is not None for name in NEEDS):
        return ""
    return _("Øvingsjournalen er ikke installert. Installer den med:  {command}").format(command=INSTALL)


def run(options: argparse.Namespace) -> int:
    """Replace this process by the sandbox."""
    trouble = missing()
    if trouble:
        print(f"akson-tui: {trouble}", file=sys.stderr)
        return REFUSED
    words = ["--host", options.host, "--port", str(options.port), "--seed", str(options.seed)]
    given = (
        ("--data", options.data),
        ("--now", options.sandbox_now or options.now),
        ("--population", options.population),
        ("--as-server", options.as_server),
        ("--faults", options.faults),
        ("--live-seed", options.live_seed),
    )
    for flag, value in given:
        words += [flag, value] if value else []
    words += ["--live"] if options.live else []
    words += ["--load", *options.load] if options.load else []
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "akson_tui.sandbox", *words])
