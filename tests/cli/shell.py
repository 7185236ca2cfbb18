"""A power user's shell: bash, with `akson-tui` on its path, a home of its own, and the practice journal on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from akson_tui.store import keys, salvage
from akson_tui.store.place import Place
from tests.journeys.people import NOW, PASSPHRASE

PROGRAM = f"""#!/bin/sh
exec {sys.executable} -m akson_tui --now {NOW} "$@"
"""
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs command lines; `home` is kept from one to the next."""

    def __init__(self, home: Path, base: str, user: str = "demo", passphrase: str = PASSPHRASE) -> None:
        self.home = home
        self._programs = home / "bin"
        self._programs.mkdir(parents=True)
        self.program("akson-tui", PROGRAM)
        self.env = {
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "AKSON_HOME": str(home / "akson"),
            "AKSON_JOURNAL": base,
            "AKSON_USER": user,
            "AKSON_PASSPHRASE": passphrase,
        }
        self.env = {name: value for name, value in self.env.items() if value}

    def program(self, name: str, text: str) -> Path:
        """Put a program on the path."""
        path = self._programs / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def __call__(self, line: str, stdin: str | bytes = "", **env: str) -> Ran:
        """Run a line of bash; the exit code is that of the last part of a pipe that failed."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ran = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            input=given,
            capture_output=True,
            env={**self.env, **env},
            cwd=self.home,
            timeout=90,
            start_new_session=True,
        )
        err = ran.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(ran.returncode, ran.stdout.decode(), err)

    def started(self, *words: str) -> subprocess.Popen[str]:
        """`akson-tui` with words, running beside; its stdout can be read."""
        return subprocess.Popen(
            ["akson-tui", *words],
            executable=str(self._programs / "akson-tui"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.env,
            cwd=self.home,
        )

    def astrid(self) -> str:
        """Her handle."""
        ran = self("akson-tui find - --json", "bakken")
        assert ran.code == 0, ran.err
        handle: str = ran.json["hits"][0]["handle"]
        return handle


def acts_logged(shell: Shell) -> list[str]:
    """What the log in the user's files says was done, oldest first."""
    (directory,) = (shell.home / "akson" / "data").glob("*/*")
    key = keys.unlock(directory, PASSPHRASE)
    both = salvage.open_both(Place(directory, shell.home / "akson" / "run"), key)
    try:
        found = both.precious.execute("SELECT act FROM audit ORDER BY id").fetchall()
    finally:
        both.cache.close()
        both.precious.close()
    return [act for (act,) in found]
