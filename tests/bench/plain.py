"""The workstation on Textual's own driver, fields and display, to compare with: what the light line saves.

    python -m tests.bench.plain [what akson-tui takes]

The easy mistake is a comparison without a cursor: Textual hides the terminal's, so its own is drawn, in a field as
Textual draws it, in a list as a row in reverse.
"""

from __future__ import annotations

from typing import Any, cast

from rich.style import Style
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, TextArea

from akson_tui.terminal import driver, driver_fields


class LightInput(Input):
    """Textual's own, by the name that the style sheets know."""


class LightTextArea(TextArea):
    """Textual's own, by the name that the style sheets know."""


def undo() -> None:
    """Take the light line away; before any screen is imported."""
    for module in (driver, driver_fields):
        cast(Any, module).LightInput = LightInput
        cast(Any, module).LightTextArea = LightTextArea
    light = driver.LightApp.__init__

    def plain(self: Any, **named: Any) -> None:
        light(self, **{"driver_class": LinuxDriver, **named})

    cast(Any, driver.LightApp).__init__ = plain
    _mark_rows()


def _mark_rows() -> None:
    from akson_tui.screens.parts.rows import Rows

    point, render = Rows.point, Rows.render_line

    def marked_point(self: Rows, x: int, y: int) -> None:
        before = self.goal
        point(self, x, y)
        if self.goal != before:
            rows = {at[1] for at in (before, self.goal) if at is not None}
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))

    def marked_line(self: Rows, y: int) -> Strip:
        strip = render(self, y)
        marked = self.goal is not None and self.goal[1] == y and self.selected is not None
        return strip.apply_style(Style(reverse=True)) if marked else strip

    cast(Any, Rows).point = marked_point
    cast(Any, Rows).render_line = marked_line


def main() -> None:
    """Be akson-tui."""
    undo()
    from akson_tui.__main__ import main as program

    program()


if __name__ == "__main__":
    main()
