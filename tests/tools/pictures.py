"""The pictures of README, from the real program on the practice journal: `python -m tests.tools.pictures [FOLDER]`.

The clock is fixed, so that the pictures change only when the program does.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.journeys.people import NOW
from tests.tools.emulator import Char
from tests.tools.terminal import Terminal

ROOT = Path(__file__).parents[2]
STEPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("worklist", (), "LAR-medisin"),
    ("overview", ("/", "bakken", "enter"), "Problemer"),
    ("timeline", ("2", "j", "j", "j", "j", "j", "enter"), "Sykepleienotat"),
    ("sign", ("esc", "w", "enter", "Tung i pusten i morges, bedre etter inhalasjon. BT 142/88 p 91", "f9"), "Signer"),
)
"""Picture, what is typed to come there from the one before, and what stands there then."""


def picture(rows: list[list[Char]], title: str) -> str:
    """One screen as SVG, on a dark ground, without fonts from elsewhere."""
    console = Console(record=True, width=len(rows[0]), file=open("/dev/null", "w"), color_system="truecolor")  # noqa: SIM115
    for row in rows:
        line = Text()
        for cell in row:
            if cell.data:
                line.append(cell.data, _style(cell))
        console.print(line, no_wrap=True, overflow="crop", end="\n")
    svg = console.export_svg(title=title, unique_id="akson")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _style(cell: Char) -> Style:
    return Style(
        color=_colour(cell.fg),
        bgcolor=_colour(cell.bg),
        bold=cell.bold,
        dim=cell.dim,
        reverse=cell.reverse,
        underline=cell.underscore,
        strike=cell.strikethrough,
    )


def _colour(name: str) -> Color | None:
    if name == "default":
        return None
    if re.fullmatch("[0-9a-f]{6}", name):
        return Color.parse(f"#{name}")
    return Color.parse({"brown": "yellow"}.get(name, name))


def main() -> None:
    """Write every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "akson_tui", "demo", "--now", NOW]
    with tempfile.TemporaryDirectory() as temporary, Terminal(command, env={"TMPDIR": temporary}) as terminal:
        terminal.wait("LAR-medisin", 30)
        for name, keys, there in STEPS:
            for key in keys:
                terminal.press(key)
            terminal.wait(there)
            terminal.pump_for(2.0)
            (folder / f"{name}.svg").write_text(picture(terminal.emulator.rows(), "akson-tui demo"), "utf-8")
            print(folder / f"{name}.svg")
        terminal.send(b"\x11")
        terminal.ended(10)


if __name__ == "__main__":
    main()
