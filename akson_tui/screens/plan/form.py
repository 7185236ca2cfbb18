"""A few fields about an activity: what, when, why. Enter goes to the field that lacks something, else it is done.

The easy mistake is to leave before it is signed: until the desk has taken it, the words stand in their fields.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.patient_place import PatientPlace


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its label, what stands in it when it is empty and when it is opened, whether it must be filled."""

    label: str
    hint: str = ""
    value: str = ""
    needed: bool = True


class Form(PatientPlace):
    """`title` says what is done, `about` to what; `then` gets what stands in the fields, without blanks around."""

    called = "plan-form"
    TITLE_TEXT = later("Tiltak i planen")
    MOVABLE = False
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("plan.go_on", ("enter",), later("Videre; til slutt: før det i planen"), "go_on", later("før"), False),
        Command("plan.next_field", ("tab",), later("Neste felt"), "next_field", later("neste felt"), False),
    )

    def __init__(
        self, case: Case, title: str, about: str, asked: Sequence[Asked], then: Callable[[list[str]], Awaitable[None]]
    ) -> None:
        super().__init__(case)
        self._title = title
        self._asked = tuple(asked)
        self._then = then
        self.about = Paper([text.line(about)])
        self.fields = [Field(one.label, one.hint) for one in self._asked]

    def view(self) -> ComposeResult:
        yield self.about
        yield from self.fields

    def attention(self) -> Widget:
        return self.fields[0].input

    def headed(self) -> Content:
        return text.line(self._title, "heading")

    def on_mount_fields(self) -> None:
        """What stands in the fields when they are opened."""
        for field, one in zip(self.fields, self._asked, strict=True):
            if one.value and not field.value:
                field.value = one.value

    def put(self) -> None:
        if not self._filled:
            self._filled = True
            self.on_mount_fields()
        super().put()

    _filled = False

    @property
    def _at(self) -> int:
        return next((at for at, field in enumerate(self.fields) if field.input.has_focus), 0)

    def next_field(self) -> None:
        """To the field below, from the last to the first."""
        self.set_focus(self.fields[(self._at + 1) % len(self.fields)].input, scroll_visible=False)

    async def go_on(self) -> None:
        """From the last field, or where all is filled that must be: done."""
        values = [field.value.strip() for field in self.fields]
        lacks = next((at for at, one in enumerate(self._asked) if one.needed and not values[at]), None)
        if self._at < len(self.fields) - 1:
            self.next_field()
        elif lacks is not None:
            self.set_focus(self.fields[lacks].input, scroll_visible=False)
            self.tell(_("{what} mangler").format(what=self._asked[lacks].label))
        else:
            await self._then(values)
