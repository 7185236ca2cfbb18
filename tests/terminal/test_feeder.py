"""Keys one at a time: what a key opened has the focus before the next is looked at. A fake program and a fake clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.terminal.feeder import FULL, MUTE, PATIENCE, QUIET, Feeder

ANSWER = b"\x1b[0n"


class Loop(asyncio.SelectorEventLoop):
    """Runs no slower than it can: when it has nothing to do, its clock goes to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def time(self) -> float:
        return self._ahead

    def _run_once(self) -> None:
        scheduled = [handle for handle in self._scheduled if not handle._cancelled]  # type: ignore[attr-defined]
        if not self._ready and scheduled:  # type: ignore[attr-defined]
            self._ahead = max(self._ahead, min(handle._when for handle in scheduled))
        super()._run_once()  # type: ignore[misc]


class Program:
    """Screens with or without a field; `opens` tells which key opens which screen."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, answers: bool = True, acts_in: float = 0.05) -> None:
        self.loop = loop
        self.answers = answers
        self.acts_in = acts_in
        self.screen = "list"
        self.opens = {("list", "/"): "field", ("field", "escape"): "list", ("field", "enter"): "patient"}
        self.got: list[tuple[str, str]] = []
        self.at: list[float] = []
        self.asked = self.answered_count = self.rests = 0
        self.errors: list[BaseException] = []
        self._pending: str | None = None

    def _take(self, what: str) -> None:
        self.got.append((self.screen, what))
        self.at.append(self.loop.time())
        self._pending = self.opens.get((self.screen, what))

    def key(self, name: str, character: str | None) -> None:
        self._take(name)

    def text(self, text: str) -> None:
        self._take(text)

    def paste(self, text: str) -> None:
        self._take(f"paste:{text}")

    def mouse(self, report: str) -> None:
        self._take(f"mouse:{report}")

    def in_field(self) -> bool:
        return self.screen == "field"

    async def acted(self, impatient: Callable[[], bool]) -> None:
        end = self.loop.time() + self.acts_in
        while self.loop.time() < end and not impatient():
            await asyncio.sleep(0.01)
        if self._pending is not None:
            self.screen, self._pending = self._pending, None

    def rested(self) -> None:
        self.rests += 1

    def failed(self, error: BaseException) -> None:
        self.errors.append(error)

    def ask(self) -> bool:
        self.asked += self.answers
        return self.answers

    def answered(self) -> None:
        self.answered_count += 1


def run(*steps: bytes | float, **how: Any) -> Program:
    """Feed bytes, waiting the seconds between them; then until all has come to rest."""
    loop = Loop()
    program = Program(loop, **how)

    async def person() -> None:
        feeder = Feeder(program, loop)
        for step in steps:
            if isinstance(step, bytes):
                feeder.feed(step)
            else:
                await asyncio.sleep(step)
        await asyncio.sleep(30)

    try:
        loop.run_until_complete(person())
    finally:
        loop.close()
    assert not program.errors
    return program


def keys(program: Program) -> list[str]:
    return [key for _, key in program.got]


def test_what_was_typed_ahead_belongs_to_the_screen_that_the_key_before_it_opened() -> None:
    program = run(b"/bakken\rw")
    assert program.got == [("list", "/"), ("field", "bakken"), ("field", "enter"), ("patient", "w")]


def test_letters_for_a_field_go_in_together_and_for_a_list_one_by_one() -> None:
    assert run(b"abc/abc").got == [("list", "a"), ("list", "b"), ("list", "c"), ("list", "/"), ("field", "abc")]


def test_a_paste_is_made_safe() -> None:
    program = run(b"/\x1b[200~en\r\nto\x1b[31m\x00\xe2\x80\xae\x1b[201~")
    assert program.got[1] == ("field", "paste:en\nto�[31m")


def test_esc_and_a_letter_are_two_keys_whatever_the_gap() -> None:
    for gap in (0.0, 0.05, 0.3, 5.0):
        assert keys(run(b"\x1b", gap, b"w")) == ["escape", "w"]
    assert keys(run(b"\x1bw")) == ["escape", "w"]
    assert keys(run(b"/abc", b"\x1bw")) == ["/", "abc", "escape", "w"]


@pytest.mark.parametrize("gap", [0.15, 0.6, 7.0])
@pytest.mark.parametrize("answers", [True])
def test_a_cursor_key_cut_in_two_by_the_line_is_one_key(gap: float, answers: bool) -> None:
    assert keys(run(b"\x1b", gap, b"[B", ANSWER)) == ["down"]
    assert keys(run(b"\x1bO", gap, b"P", ANSWER)) == ["f1"]
    assert keys(run(b"\x1b[", gap, b"B")) == ["down"]
    assert keys(run(b"\x1b[1;", gap, b"5B")) == ["ctrl+down"]


def test_something_between_that_answers_by_itself_cuts_no_key_within_the_quiet_time() -> None:
    assert keys(run(b"\x1b", ANSWER, 0.15, b"[B")) == ["down"]


def test_esc_alone_acts_when_the_terminal_has_answered_and_was_quiet() -> None:
    program = run(b"\x1b", 0.001, ANSWER)
    assert keys(program) == ["escape"] and program.at[0] == pytest.approx(QUIET)
    program = run(b"\x1b", 1.3, ANSWER)
    assert keys(program) == ["escape"] and program.at[0] == pytest.approx(1.3)
    assert program.asked == 1


def test_esc_alone_is_not_decided_while_the_answer_is_owed() -> None:
    assert keys(run(b"\x1b", 20.0)) == []


def test_esc_alone_acts_after_a_while_on_a_terminal_that_answers_nothing() -> None:
    program = run(b"\x1b", answers=False)
    assert keys(program) == ["escape"] and program.at[0] == pytest.approx(MUTE)
    assert keys(run(b"\x1b", 0.6, b"[B", answers=False)) == ["down"]


def test_esc_twice_is_esc_twice() -> None:
    assert keys(run(b"\x1b\x1b", 0.01, ANSWER)) == ["escape", "escape"]
    assert keys(run(b"\x1b", ANSWER, 1.0, b"\x1b", ANSWER)) == ["escape", "escape"]


def test_answers_are_counted_and_are_no_keys() -> None:
    program = run(ANSWER + b"a" + ANSWER, b"\x1b[0", b"n")
    assert keys(program) == ["a"] and program.answered_count == 3


def test_esc_and_ctrl_q_lead_out_of_what_does_not_end() -> None:
    program = run(b"a", 5.0, b"\x1b", ANSWER, b"b", acts_in=100.0)
    assert keys(program)[:2] == ["a", "escape"]
    assert program.at[1] == pytest.approx(max(PATIENCE, 5.0), abs=0.1)
    assert keys(run(b"ab\x11", 20.0, acts_in=100.0)) == ["a"]
    assert keys(run(b"a\x11", 20.0, acts_in=100.0)) == ["a", "ctrl+q"]


def test_the_first_key_waits_until_the_program_has_come_up() -> None:
    loop = Loop()
    program = Program(loop, acts_in=0.5)

    async def person() -> None:
        feeder = Feeder(program, loop)
        feeder.start()
        feeder.feed(b"a")
        await asyncio.sleep(5)

    loop.run_until_complete(person())
    loop.close()
    assert program.got == [("list", "a")] and program.at[0] >= 0.5 and program.rests == 1


def test_a_feeder_that_was_closed_hands_nothing_over() -> None:
    loop = Loop()
    program = Program(loop)

    async def person() -> None:
        feeder = Feeder(program, loop)
        feeder.feed(b"ab\x1b")
        await asyncio.sleep(0.01)
        feeder.close()
        feeder.feed(b"c")
        await asyncio.sleep(5)

    loop.run_until_complete(person())
    loop.close()
    assert keys(program) == ["a"]


def test_a_program_that_fails_is_told_so() -> None:
    loop = Loop()
    program = Program(loop)

    async def broken(impatient: Callable[[], bool]) -> None:
        raise RuntimeError

    program.acted = broken  # type: ignore[method-assign]

    async def person() -> None:
        feeder = Feeder(program, loop)
        feeder.feed(b"a")
        await asyncio.sleep(1)

    loop.run_until_complete(person())
    loop.close()
    assert [type(error) for error in program.errors] == [RuntimeError]


def test_a_flood_of_keys_asks_for_a_rest() -> None:
    loop = Loop()
    feeder = Feeder(Program(loop), loop)

    async def person() -> None:
        feeder.feed(b"a" * FULL)
        assert feeder.full
        feeder.close()

    loop.run_until_complete(person())
    loop.close()


WORDS = [b"/", b"a", b"b", b"\r", b"\x1b[B", b"\x1b[20~", "å".encode(), b"\x1b[200~p\x1b[201~", b"\x7f", b"\x1bw"]


@given(st.lists(st.sampled_from(WORDS), max_size=10), st.data())
def test_however_the_line_cuts_it_the_same_keys_act_on_the_same_screens(
    words: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(words)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=5).map(sorted))
    gaps = data.draw(st.lists(st.sampled_from([0.0, 0.01, 0.15, 0.6]), min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    steps: list[bytes | float] = []
    for start, stop, gap in zip([0, *cuts], [*cuts, len(stream)], gaps, strict=True):
        steps += [stream[start:stop], gap]

    def letters(program: Program) -> list[tuple[str, str]]:
        """Runs of text letter by letter: how many came together depends on the line."""
        found: list[tuple[str, str]] = []
        for screen, what in program.got:
            run_of_text = screen == "field" and not what.startswith("paste:") and what not in NAMES
            found += [(screen, letter) for letter in what] if run_of_text else [(screen, what)]
        return found

    assert letters(run(*steps)) == letters(run(stream))


NAMES = {"enter", "down", "f9", "backspace", "escape"}
