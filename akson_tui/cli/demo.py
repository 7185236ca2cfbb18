"""`akson-tui demo`: the practice journal as a process of its own on loopback, and the workstation on it.

The sandbox hangs on a pipe: when this process ends, however it ends, the pipe closes, the sandbox ends, and takes the
temporary folder with it.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from akson_tui.cli import LOCKED, REFUSED
from akson_tui.cli.sandbox import missing
from akson_tui.cli.workstation import flags, start
from akson_tui.config.load import fixed_time, load
from akson_tui.config.paths import private_folder
from akson_tui.config.settings import Settings, Site

SITE = "DEMO"
PERSON = "demo"
"""Kari Nilsen, nurse, home care, Kristiansand."""


def run(options: argparse.Namespace) -> int:
    """Start both; returns the workstation's exit code."""
    trouble = missing()
    if trouble:
        print(f"akson-tui: {trouble}", file=sys.stderr)
        return REFUSED
    home = options.demo_home or options.home
    temporary = None if home else Path(tempfile.mkdtemp(prefix="akson-demo-"))
    port = options.port or _free_port()
    settings = _settings(options, home or str(temporary), f"http://127.0.0.1:{port}/fhir")
    settings = replace(settings, memory_key=not home, ask_nothing=bool(home), clean=temporary)
    practice = Practice(settings, port, options.seed, options.demo_now or options.now, temporary)
    code = start(settings, practice.ready)
    practice.end()
    return REFUSED if code == LOCKED else code


def _settings(options: argparse.Namespace, home: str, base: str) -> Settings:
    said = replace(
        flags(options),
        home=home,
        site="",
        journal=base,
        user=options.user or PERSON,
        now=options.demo_now or options.now,
    )
    settings = load(said, {key: value for key, value in os.environ.items() if key not in ("AKSON_SITE", "AKSON_USER")})
    source = replace(settings.site.sources[0], id=SITE)
    return replace(settings, site=Site(SITE, SITE, (source,)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Practice:
    """The sandbox's process. It never has the terminal: what it prints is read here or thrown away."""

    def __init__(self, settings: Settings, port: int, seed: int, now: str, temporary: Path | None) -> None:
        held, self._hold = os.pipe()
        os.set_inheritable(self._hold, False)
        data = private_folder(settings.places.config / "sandbox")
        at = fixed_time(now)
        words = ["--port", str(port), "--seed", str(seed), "--data", str(data), "--parent-fd", str(held)]
        words += ["--now", at.isoformat()] if at else []
        words += ["--clean", str(temporary)] if temporary else []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "akson_tui.sandbox", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(held,),
            start_new_session=True,
        )
        os.close(held)

    def ready(self) -> bool:
        """Wait until it answers; False where it ended first. Blocks: call it in a thread."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline(4096)
        try:
            return "base" in json.loads(line)
        except ValueError:
            return False

    def end(self) -> None:
        """Let go; it ends by itself and cleans up."""
        os.close(self._hold)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
