"""Textual's text fields without a drawn cursor: the terminal's own stands in them, and nothing blinks.

The easy mistake is `cursor_blink = False` alone: the block would still be drawn, and cost its SGR at every key.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
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
    """Many lines of text, wrapped at the width; brackets are not matched, nor is the cursor's line marked.

    Textual renders every line anew at each key, and reads the whole text for each of them. Here only the rows whose
    text is another than what was rendered last are.
    """

    cursor_blink = reactive(False, init=False)
    match_cursor_bracket = reactive(False, init=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._rendered: dict[int, str | None] = {}
        """By row of the screen: the text it was last rendered with; None where more than that decides (`_row`)."""
        self._restyle = True
        self._compare = False
        super().__init__(*arguments, **{"highlight_cursor_line": False, **named})

    @property
    def _draw_cursor(self) -> bool:
        return False

    def find_matching_bracket(self, bracket: str, search_from: tuple[int, int]) -> tuple[int, int] | None:
        """None where brackets are not matched: the search reads the whole text."""
        return super().find_matching_bracket(bracket, search_from) if self.match_cursor_bracket else None

    def notify_style_update(self) -> None:
        self._restyle = True
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        if not self._restyle:
            # Not TextArea's own: that reads the style sheet each time.
            return ScrollView.render_lines(self, crop)
        self._restyle = False
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        text = self._rendered[y] = self._row(y)
        return super().render_line(y) if text is None else self._render_line(y)

    def _set_dirty(self, *regions: Region) -> None:
        # Without regions the whole area is meant; which rows changed is known when all of the key's act is done.
        if regions or self._restyle or not self._rendered:
            super()._set_dirty(*regions)
        else:
            self._compare = True

    def _exchange_repaint_regions(self) -> Collection[Region]:
        if self._compare:
            self._compare = False
            width, height = self.size
            changed = [Region(0, y, width, 1) for y in range(height) if self._changed(y)]
            if self._restyle or changed:
                super()._set_dirty(*([] if self._restyle else changed))
        return super()._exchange_repaint_regions()

    def _changed(self, y: int) -> bool:
        before = self._rendered.get(y)
        return before is None or before != self._row(y)

    def _row(self, y: int) -> str | None:
        """The text on row `y` of the screen where nothing but its text decides how it looks; else None."""
        start, end = self.selection
        if start != end or self.suggestion or self.show_line_numbers or not self.soft_wrap or self._highlights:
            return None
        row, wrapped = y + self.scroll_offset.y, self.wrapped_document
        if row >= wrapped.height:
            return ""
        line, section = wrapped._offset_to_line_info[row]
        text = self.document.get_line(line)
        if "\t" in text or (self.placeholder and not text and wrapped.height == 1):
            return None
        offsets = wrapped.get_offsets(line)
        if not offsets:
            return text
        bounds = [0, *offsets, len(text)]
        return text[bounds[section] : bounds[section + 1]]
