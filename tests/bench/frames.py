"""Recorded frames: the screens of a visit, act by act, to paint again by other means and compare bytes.

A driver calls `Recorder.add` with each grid that it hands to the painter; one line of JSON per frame.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from rich.cells import cell_len

from akson_tui.terminal.cells import TAIL, Cell, Cursor, Grid
from akson_tui.terminal.pen import Pens, Style


@dataclass(frozen=True)
class Frame:
    """One screen: runs of (graphemes, style) by line, and where the cursor stands."""

    act: str
    columns: int
    lines: int
    cursor: Cursor
    rows: tuple[tuple[tuple[tuple[str, ...], Style], ...], ...]

    @classmethod
    def of(cls, act: str, grid: Grid, cursor: Cursor, pens: Pens) -> Frame:
        """What `grid` shows."""
        rows = tuple(
            tuple(
                (tuple(cell.text for cell in run), pens.style(pen))
                for pen, run in groupby((cell for cell in row if cell.width), key=lambda cell: cell.pen)
            )
            for row in grid.rows
        )
        return cls(act, grid.columns, grid.lines, cursor, rows)

    def grid(self, pens: Pens) -> Grid:
        """The grid again, with the numbers that `pens` gives."""
        grid = Grid(self.columns, self.lines)
        for y, runs in enumerate(self.rows):
            row = []
            for texts, style in runs:
                pen = pens.of_style(style)
                for text in texts:
                    width = cell_len(text)
                    row += [Cell(text, width, pen), *[TAIL] * (width - 1)]
            grid.rows[y] = row
        return grid


class Recorder:
    """Writes frames to a file as they come."""

    def __init__(self, path: Path, pens: Pens) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8")
        self._pens = pens
        self.act = "start"
        """The act to which the frames belong that come now."""

    def add(self, grid: Grid, cursor: Cursor) -> None:
        """Keep one frame."""
        self._file.write(json.dumps(_plain(Frame.of(self.act, grid, cursor, self._pens)), ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """End the recording."""
        self._file.close()


def save(path: Path, frames: Iterable[Frame]) -> None:
    """Write `frames` to `path`, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_plain(frame), ensure_ascii=False) + "\n" for frame in frames)


def load(path: Path) -> Iterator[Frame]:
    """The frames that `save` or a `Recorder` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            data = json.loads(line)
            cursor = data["cursor"]
            yield Frame(
                data["act"],
                data["columns"],
                data["lines"],
                (cursor[0], cursor[1]) if cursor else None,
                tuple(tuple((tuple(texts), Style(*style)) for texts, style in row) for row in data["rows"]),
            )


def _plain(frame: Frame) -> dict[str, Any]:
    return {
        "act": frame.act,
        "columns": frame.columns,
        "lines": frame.lines,
        "cursor": frame.cursor,
        # A string where each letter is a grapheme, which is nearly always: a list where it is not.
        "rows": [
            [("".join(texts) if all(len(text) == 1 for text in texts) else texts, style) for texts, style in row]
            for row in frame.rows
        ],
    }
