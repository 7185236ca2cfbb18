"""A nurse at a terminal, and the practice journal: real processes, driven as a person would drive them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from base64 import b64decode
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.tools.terminal import Terminal

NOW = "2026-11-24T09:30:00+01:00"
"""A morning on the round; both the journal's and the workstation's clock stand there."""
PASSPHRASE = "en lang frase til prøving"


class Journal:
    """The sandbox as a process on loopback; it can be stopped and started again on the same port and data."""

    def __init__(self, data: Path, *words: str, now: str = NOW) -> None:
        self._data = data
        self._words = words
        self._now = now
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.base = ""

    def __enter__(self) -> Journal:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Until it answers."""
        words = ["--port", str(self.port), "--data", str(self._data), "--now", self._now, *self._words]
        if not {"--population", "--empty"} & set(self._words):
            words += ["--population", "small"]  # the worklists and Astrid: what most journeys need
        self._process = subprocess.Popen(
            [sys.executable, "-m", "akson_tui.sandbox", *words], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
        )
        assert self._process.stdout is not None
        self.base = json.loads(self._process.stdout.readline())["base"]
        self.port = int(self.base.rsplit(":", 1)[1].split("/")[0])

    def stop(self) -> None:
        """As a machine that goes down: at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def get(self, path: str) -> dict[str, Any]:
        """What a plain GET answers."""
        request = urllib.request.Request(f"{self.base}/{path}", headers={"Accept": "application/fhir+json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            held: dict[str, Any] = json.load(answer)
        return held

    def all_of(self, path: str) -> list[dict[str, Any]]:
        """Every resource that a search answers with, page by page."""
        bundle = self.get(path)
        rows = [entry["resource"] for entry in bundle.get("entry", ())]
        links = [link["url"] for link in bundle.get("link", ()) if link["relation"] == "next"]
        return rows + self.all_of(links[0].removeprefix(f"{self.base}/")) if links else rows

    def notes_with(self, text: str) -> list[dict[str, Any]]:
        """Every DocumentReference of Astrid's whose text holds `text`, oldest first."""
        rows = self.all_of("DocumentReference?patient=astrid-bakken&_count=1000&_lastUpdated=ge2026-11-24")
        found = [note for note in rows if text in text_of(note)]
        return sorted(found, key=lambda note: int(note["meta"]["versionId"]) and note["meta"]["lastUpdated"])

    def until_notes(self, text: str, count: int, limit: float = 20.0) -> list[dict[str, Any]]:
        """Wait until there are `count` notes with `text`; more than that fails at once."""
        end = time.monotonic() + limit
        while True:
            found = self.notes_with(text)
            assert len(found) <= count, "a note stands there twice"
            if len(found) == count:
                return found
            assert time.monotonic() < end, f"{len(found)} of {count} notes came"
            time.sleep(0.1)

    def provenances_on(self, note: dict[str, Any]) -> list[dict[str, Any]]:
        """Every Provenance whose target is `note`."""
        target = {"reference": f"DocumentReference/{note['id']}"}
        rows = self.all_of(f"Provenance?target=DocumentReference/{note['id']}")
        return [row for row in rows if row["resourceType"] == "Provenance" and target in row["target"]]


def text_of(note: dict[str, Any]) -> str:
    """The inline text of a DocumentReference."""
    return "\n".join(
        b64decode(content["attachment"].get("data", "")).decode("utf-8", "replace")
        for content in note.get("content", ())
    )


def site(home: Path, name: str, *sources: dict[str, str | bool], environment: str = "TEST") -> str:
    """Write a site's file with these sources into `home`; returns its name."""
    lines = [f'name = "{name}"', f'environment = "{environment}"']
    for source in sources:
        lines += ["", "[[source]]", *(f"{key} = {json.dumps(value)}" for key, value in source.items())]
    folder = home / "sites"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text("\n".join(lines) + "\n")
    return name


class Nurse:
    """Kari Nilsen at a terminal of 80×24, with a home of her own."""

    def __init__(
        self,
        home: Path,
        journal: str,
        *,
        size: tuple[int, int] = (80, 24),
        now: str = NOW,
        words: tuple[str, ...] = (),
        through: tuple[str, ...] = (),
    ) -> None:
        """`journal` is an address, or the name of a site in `home`; `words` are further flags; `through` runs the
        workstation in a terminal of its own."""
        self.home = home
        where = ["--journal", journal] if "://" in journal else ["--site", journal]
        self.command = [
            *through, sys.executable, "-m", "akson_tui", "--home", str(home), *where, "--as", "demo",
            *(["--now", now] if now else []), *words,
        ]  # fmt: skip
        self.size = size
        self._terminal: Terminal | None = None

    def __enter__(self) -> Nurse:
        self.sits_down()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._terminal is not None:
            self._terminal.close()

    @property
    def terminal(self) -> Terminal:
        """The terminal she sits at."""
        assert self._terminal is not None
        return self._terminal

    def sits_down(self) -> None:
        """Start the workstation and wait for the worklist."""
        env = {
            "AKSON_PASSPHRASE": PASSPHRASE,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "LANG": "C.UTF-8",
        }
        columns, lines = self.size
        self._terminal = Terminal(self.command, columns=columns, lines=lines, env=env)
        self.sees("Kari Nilsen")

    def sees(self, text: str, limit: float = 20.0) -> None:
        """`text` stands on the screen."""
        self.terminal.wait(text, limit)

    def presses(self, *keys: str) -> None:
        """Keys, one by one."""
        self.terminal.press(*keys)

    def types(self, text: str) -> None:
        """Letters, all in one go, as hands faster than the line."""
        self.terminal.burst(text)

    def opens_astrid(self) -> None:
        """From anywhere outside a text field to Astrid's overview."""
        self.terminal.burst("/")
        self.types("bakken")
        self.sees("Bakken")
        self.presses("enter")
        self.sees("enicillin")

    def writes(self, text: str) -> None:
        """A free note with `text`, from a patient's screen; it is left unsigned."""
        self.presses("w")
        self.sees("Nytt notat")
        self.presses("enter")
        self.sees("Utkast")
        self.types(text)

    def signs(self) -> None:
        """F9 F9."""
        self.presses("f9")
        self.sees("Se over før sending")
        self.presses("f9")
        self.terminal.gone("Se over før sending")

    def is_cut_off(self) -> None:
        """kill -9 of the workstation, and a terminal that is gone."""
        os.kill(self.terminal.pid, signal.SIGKILL)
        self.terminal.close()

    def leaves(self) -> int:
        """Ctrl+Q; the exit status."""
        self.terminal.send(b"\x11")
        status = self.terminal.ended(10)
        self.terminal.close()
        return status
