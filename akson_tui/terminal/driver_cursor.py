"""Where the terminal's cursor stands: at the caret, or where the widget that has the focus says (`terminal_cursor`).

The easy mistake is `app.cursor_position`: widgets set it when they think of it, so it can be stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from akson_tui.terminal.cells import Cursor


def _in_input(widget: Widget) -> Offset | None:
    assert isinstance(widget, Input)
    # Its own `cursor_screen_offset` is one too far at the end of the text.
    x, y, _, _ = widget.content_region
    return Offset(x + widget._position_to_cell(widget.cursor_position) - widget.scroll_offset.x, y)


def _in_text_area(widget: Widget) -> Offset | None:
    assert isinstance(widget, TextArea)
    return None if widget.read_only and not widget.show_cursor else widget.cursor_screen_offset


_OF_KIND: tuple[tuple[type[Widget], Callable[[Widget], Offset | None]], ...] = (
    (Input, _in_input),
    (TextArea, _in_text_area),
)


def _of(node: Widget | Screen[Any]) -> Offset | None:
    if hasattr(node, "terminal_cursor"):
        offered = node.terminal_cursor
        return offered if offered is None or isinstance(offered, Offset) else Offset(*offered)
    for kind, where in _OF_KIND:
        if isinstance(node, kind):
            return where(node)
    return None


def cursor_of(app: App[Any]) -> Cursor:
    """(column, line) for the terminal's cursor now, or None for none: the focus decides, then the screen."""
    if not app._screen_stack:
        return None
    screen = app._screen_stack[-1]
    focused = screen.focused
    where = _of(focused) if focused is not None else None
    if focused is not None and where is not None:
        where = _where_seen(screen, focused, where)
    if where is None:
        where = _of(screen)
    if where is None:
        return None
    width, height = screen.size
    # A caret behind a full line stands on its last column.
    x = min(where.x, width - 1)
    return (x, where.y) if x >= 0 and 0 <= where.y < height else None


def _where_seen(screen: Screen[Any], widget: Widget, where: Offset) -> Offset | None:
    """`where`, unless it lies in a part of `widget` that is scrolled away."""
    try:
        clip = screen.find_widget(widget).clip
    except NoWidget:
        return None
    # A caret stands one past the text, so the right edge belongs to it.
    return where if clip.x <= where.x <= clip.right and clip.y <= where.y < clip.bottom else None
