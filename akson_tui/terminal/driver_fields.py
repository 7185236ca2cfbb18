"""Textual's text fields without a drawn cursor: the terminal's own stands in them, and nothing blinks.

The easy mistake is `cursor_blink = False` alone: the block would still be drawn, and cost its SGR at every key.
"""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Input, TextArea


class _NeverDrawn:
    """Stands in the place of `_cursor_visible`: always False, whatever the field sets."""

    def __get__(self, obj: object, owner: type | None = None) -> bool:
        return False

    def __set__(self, obj: object, value: bool) -> None:
        return


class LightInput(Input):
    """One line of text."""

    cursor_blink = reactive(False, init=False)
    _cursor_visible = _NeverDrawn()


class LightTextArea(TextArea):
    """Many lines of text."""

    cursor_blink = reactive(False, init=False)

    @property
    def _draw_cursor(self) -> bool:
        return False
