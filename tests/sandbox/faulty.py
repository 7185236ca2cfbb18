"""A sandbox on a real line whose faults a test switches while it runs."""

import contextlib
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.sandbox.processes import sandbox


class Line:
    """`base` is where it answers; what goes wrong is as the last `fault` or `sound` said."""

    def __init__(self, base: str, file: Path) -> None:
        self.base = base
        self.file = file
        self._numbers = itertools.count()

    def fault(self, **row: Any) -> None:
        """From now on this goes wrong, and nothing else: the settings of one [[fault]] (sandbox/faults.py)."""
        self.write("[[fault]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in row.items()))

    def sound(self) -> None:
        """From now on nothing goes wrong."""
        self.write("")

    def write(self, text: str) -> None:
        """The file of faults. It is seen as changed by its length too, since a clock may be coarse."""
        self.file.write_text(text + "#" * (next(self._numbers) + 1) + "\n")


@contextlib.contextmanager
def faulty(file: Path, *words: str) -> Iterator[Line]:
    """A sandbox started with these words, and with this file of faults, which is made."""
    file.write_text("")
    with sandbox(*words, "--faults", str(file)) as (base, _):
        yield Line(base, file)
