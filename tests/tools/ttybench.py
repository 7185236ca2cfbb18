"""Drive a terminal program through a pseudo terminal and measure what it costs: for tests, and from the command line.

    python -m tests.tools.ttybench [--size 80x24] [--runs 5] [--json] --keys 'wait:Ready' 'text:hansen' -- COMMAND ARG…

The easy mistake in a test is to wait for a time; wait for what stands on the screen (`Terminal.wait`), which ends as
soon as it does. Steps (each is one argument of --keys):

  wait:TEXT[@SECONDS]  until TEXT stands on the screen          (default 20 s; a miss ends the run, exit 1)
  gone:TEXT[@SECONDS]  until TEXT no longer stands on it
  text:STRING          typed one character at a time
  burst:STRING         all of it in one write, as a slow line hands over keys typed ahead (\\e Esc, \\r Enter, \\t Tab)
  key:NAME[*N]         enter esc tab space up down left right pgup pgdn home end f1..f12 backspace ctrl+a..ctrl+z
  paste:STRING         a bracketed paste
  idle:SECONDS         do nothing; bytes and CPU of these seconds are reported
  send:STRING          written and nothing read, as one types while the line stalls (before stall:)
  stall:SECONDS        read nothing from the program, as a stalled line does
  mark:NAME            a line of figures (bytes, seconds) since the last mark
  resize:WxH           a new size, with SIGWINCH
  signal:NAME          HUP, TERM, KILL, STOP, CONT to the program
  hangup               close the terminal, as a dropped line does
  screen               print the screen as it stands now
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.tools.terminal import KEYS, Miss, Terminal

__all__ = ["KEYS", "Miss", "Terminal", "run_steps"]


class Run:
    """The steps of one run and its figures."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys: list[tuple[int, float, float]] = []
        self.marks: list[dict[str, Any]] = []
        self.idles: list[dict[str, float]] = []
        self._since = (0, terminal.started)

    def step(self, step: str) -> None:
        """Do one step. Raises `Miss`."""
        kind, _, argument = step.partition(":")
        if kind not in _STEPS:
            raise SystemExit(f"ttybench: no such step: {step}")
        _STEPS[kind](self, argument)

    def _press(self, data: bytes) -> None:
        terminal = self.terminal
        before, sent = terminal.total, time.monotonic()
        terminal.first = terminal.last = None
        terminal.send(data)
        terminal.settle(3.0)
        self.keys.append((terminal.total - before, (terminal.first or sent) - sent, (terminal.last or sent) - sent))

    def _wait(self, argument: str) -> None:
        text, limit = _limit(argument)
        self.terminal.wait(text, limit)

    def _gone(self, argument: str) -> None:
        text, limit = _limit(argument)
        self.terminal.gone(text, limit)

    def _text(self, argument: str) -> None:
        for letter in argument:
            self._press(letter.encode())

    def _key(self, argument: str) -> None:
        name, _, times = argument.partition("*")
        for _ in range(int(times or 1)):
            self._press(KEYS.get(name, name).encode())

    def _idle(self, argument: str) -> None:
        self.terminal.settle()
        before, cpu = self.terminal.total, self.terminal.cpu()
        self.terminal.pump_for(float(argument))
        self.idles.append(
            {
                "seconds": float(argument),
                "bytes": self.terminal.total - before,
                "cpu_s": round(self.terminal.cpu() - cpu, 3),
            }
        )

    def _mark(self, argument: str) -> None:
        terminal = self.terminal
        terminal.settle()
        now = time.monotonic()
        self.marks.append(
            {"mark": argument, "bytes": terminal.total - self._since[0], "s": round(now - self._since[1], 3)}
        )
        self._since = (terminal.total, now)

    def _resize(self, argument: str) -> None:
        columns, lines = map(int, argument.split("x"))
        self.terminal.resize(columns, lines)
        self.terminal.settle()

    def _signal(self, argument: str) -> None:
        self.terminal.signal(getattr(signal, f"SIG{argument}"))
        self.terminal.settle()

    def _screen(self, _: str) -> None:
        self.terminal.settle(2)
        print("\n".join(line.rstrip() for line in self.terminal.display), file=sys.stderr)


def _limit(argument: str) -> tuple[str, float]:
    if re.search(r"@[\d.]+$", argument):
        text, _, limit = argument.rpartition("@")
        return text, float(limit)
    return argument, 20.0


def keys(written: str) -> bytes:
    r"""What `burst:` and `send:` write: \e, \r and \t for Esc, Enter and Tab."""
    return written.replace("\\e", "\x1b").replace("\\r", "\r").replace("\\t", "\t").encode()


_STEPS: dict[str, Callable[[Run, str], object]] = {
    "wait": Run._wait,
    "gone": Run._gone,
    "text": Run._text,
    "burst": lambda run, argument: run._press(keys(argument)),
    "key": Run._key,
    "paste": lambda run, argument: run._press(b"\x1b[200~" + argument.encode() + b"\x1b[201~"),
    "idle": Run._idle,
    "send": lambda run, argument: run.terminal.send(keys(argument)),
    "stall": lambda run, argument: run.terminal.stall(float(argument)),
    "mark": Run._mark,
    "resize": Run._resize,
    "signal": Run._signal,
    "hangup": lambda run, _: run.terminal.hangup(),
    "screen": Run._screen,
}


def run_steps(terminal: Terminal, steps: Iterable[str]) -> dict[str, Any]:
    """Do `steps` in `terminal`, end the program, and return the figures."""
    run = Run(terminal)
    result: dict[str, Any] = {"ok": True}
    try:
        for number, step in enumerate(steps):
            run.step(step)
            if number == 0:
                result["first_wait_s"] = round(time.monotonic() - terminal.started, 3)
    except Miss as miss:
        result.update(ok=False, miss=str(miss))
    if terminal.alive:
        terminal.settle(2)
    result.update(
        bytes=terminal.total,
        keys=len(run.keys),
        bytes_per_key=_spread([key[0] for key in run.keys]),
        first_byte_ms=_spread([key[1] * 1000 for key in run.keys]),
        last_byte_ms=_spread([key[2] * 1000 for key in run.keys]),
        marks=run.marks,
        idle=run.idles,
        memory=terminal.memory() if terminal.alive else None,
        screen=[line.rstrip() for line in terminal.display],
    )
    terminal.close()
    result["exit"] = terminal.status
    return result


def _spread(values: list[float]) -> dict[str, float] | None:
    if not values:
        return None
    values = sorted(values)
    p95 = values[min(len(values) - 1, int(0.95 * len(values)))]
    figures = {"median": statistics.median(values), "mean": statistics.mean(values), "p95": p95, "max": values[-1]}
    return {name: round(figure, 2) for name, figure in figures.items()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--term", default="xterm-256color")
    parser.add_argument("--env", action="append", default=[], metavar="K=V")
    parser.add_argument("--keys", nargs="*", default=[])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--raw", metavar="FILE", help="keep every byte written")
    parser.add_argument("--json", action="store_true")
    arguments = sys.argv[1:]
    at = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_args(arguments[:at])
    command = arguments[at + 1 :]
    if not command:
        parser.error("no command after --")
    columns, lines = map(int, options.size.split("x"))
    env = dict(pair.split("=", 1) for pair in options.env)
    results = []
    for _ in range(options.runs):
        terminal = Terminal(command, columns=columns, lines=lines, env={"TERM": options.term, **env})
        results.append(run_steps(terminal, options.keys))
        if options.raw:
            with open(os.open(options.raw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as raw:
                raw.write(terminal.output)
    best = sorted(results, key=lambda result: result["bytes"])[len(results) // 2]
    all_ok = all(result["ok"] for result in results)
    if options.json:
        print(json.dumps(best | {"runs": len(results), "all_ok": all_ok}, ensure_ascii=False))
    else:
        for line in best["screen"]:
            print("|" + line)
        for name, value in best.items():
            if name not in ("screen", "marks"):
                print(f"{name:14} {value}")
        for mark in best["marks"]:
            print(f"mark {mark['mark']:20} {mark['bytes']:8} bytes {mark['s']:8} s")
    sys.exit(0 if all_ok else 1)


if __name__ == "__main__":
    main()
