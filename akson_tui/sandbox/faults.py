"""Faults on purpose: which requests go wrong, and how, by the rules of a TOML file (--faults FILE).

The first rule that bites decides. A rule counts the requests that it matches, so that `nth` means the same whatever
else is asked; the file is read again when it changes, and counting begins anew. Example:

    seed = 7                      # of `share`; 1 where nothing is said
    [[fault]]
    do = "drop-answer"            # a row of mishaps.KINDS
    method = "POST"               # or a list; without it every method
    path = "/fhir/Document*"      # glob; without it every path
    nth = [1, 3]                  # of those that match, from 1; or `first = 2`, `last = 5`, or both; without them all
    share = 0.5                   # of those, by chance
"""

import codecs
import random
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from akson_tui.sandbox.mishaps import KINDS, Cut, Exchange, Settings

WHEN = frozenset({"do", "method", "path", "nth", "first", "last", "share"})


class FaultsRefused(Exception):
    """The file is no such table; the text says where and why."""


@dataclass(slots=True)
class Rule:
    """When (method, path, which of those that match) and what; `matched` counts."""

    kind: str
    settings: Settings
    methods: frozenset[str] = frozenset()
    path: str = "*"
    nth: frozenset[int] = frozenset()
    first: int = 1
    last: int = 2**62
    share: float = 1.0
    matched: int = field(default=0, compare=False)

    def bites(self, method: str, path: str, chance: Callable[[], float]) -> bool:
        """Whether this request goes wrong by this rule; counts it where it matches."""
        if (self.methods and method not in self.methods) or not fnmatchcase(path, self.path):
            return False
        self.matched += 1
        if self.nth and self.matched not in self.nth:
            return False
        return self.first <= self.matched <= self.last and (self.share >= 1 or chance() < self.share)


def rules(text: str) -> tuple[list[Rule], int]:
    """The rules of a file's text, and the seed. Raises FaultsRefused."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultsRefused(str(error)) from None
    listed = table.pop("fault", [])
    seed = table.pop("seed", 1)
    if table or not isinstance(listed, list) or not isinstance(seed, int):
        raise FaultsRefused(f"a file of faults holds `seed` and [[fault]] only, not {', '.join(table) or 'this'}")
    return [_rule(number, row) for number, row in enumerate(listed, 1)], seed


def _rule(number: int, row: dict[str, Any]) -> Rule:
    kind = row.get("do")
    if kind not in KINDS:
        raise FaultsRefused(f"fault {number}: do is one of {', '.join(KINDS)}")
    settings = {**KINDS[kind].settings, **{key: value for key, value in row.items() if key not in WHEN}}
    for key, value in settings.items():
        if key not in KINDS[kind].settings:
            raise FaultsRefused(f"fault {number}: {kind} has no setting {key!r}")
        wanted = type(KINDS[kind].settings[key])
        if not isinstance(value, (int, float) if wanted is float else wanted):
            raise FaultsRefused(f"fault {number}: {key} is of type {wanted.__name__}")
    if settings.get("recode"):
        try:
            codecs.lookup(settings["charset"])
        except LookupError:
            raise FaultsRefused(f"fault {number}: nothing can be recoded to {settings['charset']!r}") from None
    method, nth = row.get("method", []), row.get("nth", [])
    try:
        return Rule(
            kind,
            settings,
            frozenset(one.upper() for one in ([method] if isinstance(method, str) else method)),
            str(row.get("path", "*")),
            frozenset(int(one) for one in (nth if isinstance(nth, list) else [nth])),
            int(row.get("first", 1)),
            int(row.get("last", 2**62)),
            float(row.get("share", 1.0)),
        )
    except (TypeError, ValueError, AttributeError):
        raise FaultsRefused(f"fault {number}: method, nth, first, last or share is not what it should be") from None


class Faults:
    """An ASGI application before another: what a rule bites goes wrong, all else passes untouched.

    `cut` ends the connection of a request (see mishaps.Cut)."""

    def __init__(self, app: Any, file: Path, cut: Cut) -> None:
        self._app = app
        self._file = file
        self._cut = cut
        self._stamp = (-1, -1)
        self._rules: list[Rule] = []
        self._chance = random.Random(1)
        self._read()

    def _read(self) -> None:
        told = self._file.stat()
        stamp = (told.st_mtime_ns, told.st_size)
        if stamp != self._stamp:
            self._rules, seed = rules(self._file.read_text("utf-8"))
            self._chance = random.Random(seed)
            self._stamp = stamp

    def _read_again(self) -> None:
        """Takes a changed file; one that is gone or half written leaves the rules as they were."""
        try:
            self._read()
        except (OSError, UnicodeDecodeError, FaultsRefused) as error:
            print(f"sandbox: {self._file}: {error}", file=sys.stderr)

    def _bitten(self, method: str, path: str) -> Rule | None:
        # All rules count, also behind the one that bites.
        bitten = [rule for rule in self._rules if rule.bites(method, path, self._chance.random)]
        return bitten[0] if bitten else None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        self._read_again()
        rule = self._bitten(scope["method"], scope["path"])
        if rule is None:
            await self._app(scope, receive, send)
        else:
            exchange = Exchange(self._app, scope, receive, send, self._cut)
            await KINDS[rule.kind].run(exchange, rule.settings)
