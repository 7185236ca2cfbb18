"""The bar of the population: on a terminal only, never more than a line, ended once."""

import io

from akson_tui.sandbox.progress import WIDE, Bar, bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def stepping(total: int, steps: int, seconds: float) -> str:
    out, now = Terminal(), [0.0]
    made = Bar(out, total, lambda: now[0])
    for _ in range(steps):
        now[0] += seconds
        made.step()
    made.end()
    return out.getvalue()


def test_no_terminal_no_bar() -> None:
    assert bar(io.StringIO(), 10) is None
    assert isinstance(bar(Terminal(), 10), Bar)


def test_it_grows_to_its_end_and_says_how_long_it_took() -> None:
    *drawn, last = stepping(4, 4, 1.0).split("\r")[1:]
    assert [line.count("#") for line in drawn] == [WIDE // 4, WIDE // 2, WIDE * 3 // 4, WIDE]
    assert all(len(line) == len(drawn[0]) for line in drawn)
    assert last.rstrip() == "sandbox: all people are stored after 4 s"
    assert last.endswith("\n") and len(last) > len(drawn[0])


def test_more_steps_than_were_thought_stay_at_the_end() -> None:
    assert "100%" in stepping(2, 5, 1.0).split("\r")[-2]
    assert "\n" not in stepping(2, 5, 1.0)[:-1]


def test_it_is_not_drawn_at_each_step() -> None:
    assert stepping(1000, 1000, 0.01).count("\r") < 25
    assert stepping(3, 3, 0.01) == ""
