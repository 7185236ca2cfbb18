"""A text field of one line with its label before it. What is pasted into it is made harmless on its way in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Paste
from textual.widget import Widget

from akson_tui.screens import text
from akson_tui.screens.parts.paper import Paper
from akson_tui.terminal.driver import LightInput


class _Line(LightInput):
    def _on_paste(self, event: Paste) -> None:
        # Input's own handler runs after this one, with what is left here: calling it too would paste twice.
        event.text = text.plain(event.text)


class Field(Widget):
    """`label` and what stands in the field as long as it is empty."""

    DEFAULT_CSS = "Field { height: 1; layout: horizontal; }"

    def __init__(self, label: str, hint: str = "", *, password: bool = False) -> None:
        super().__init__()
        said = text.line(label, "heading")
        self.label = Paper([said])
        self.label.styles.width = said.cell_length + 2 if label else 0
        self.input = _Line(placeholder=text.plain(hint), password=password, select_on_focus=False)
        self.input.styles.width = "1fr"

    def compose(self) -> ComposeResult:
        yield self.label
        yield self.input

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.input.value

    @value.setter
    def value(self, value: str) -> None:
        self.input.value = text.plain(value)
        self.input.cursor_position = len(self.input.value)
