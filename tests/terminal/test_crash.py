"""A program that fails tells the person what to do, and the report nothing about a patient."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from akson_tui.terminal import crash

SECRET = "Astrid Bakken 17054200000"


def failure() -> BaseException:
    name = SECRET

    def inner() -> None:
        raise KeyError(name)

    try:
        try:
            inner()
        except KeyError as error:
            raise ExceptionGroup(f"for {name}", [ValueError(name), OSError(2, name)]) from error
    except ExceptionGroup as group:
        return group


def test_a_report_has_kinds_and_places_and_no_texts(tmp_path: Path) -> None:
    path = crash.write_report(failure(), tmp_path / "new", now=0)
    assert path is not None and path.name.startswith("crash-19700101T000000Z-")
    text = path.read_text()
    for word in ("builtins.ExceptionGroup", "builtins.ValueError", "builtins.KeyError", "FileNotFoundError", "inner"):
        assert word in text
    assert "Bakken" not in text and "1705" not in text
    assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0


def test_a_circle_of_causes_and_a_deep_recursion_end(tmp_path: Path) -> None:
    one, two = ValueError(), TypeError()
    one.__cause__, two.__cause__ = two, one
    assert crash.places(one) == ["builtins.ValueError", "builtins.TypeError"]

    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    assert len(crash.places(caught.value)) <= crash.FRAMES + 1


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for second in range(crash.KEPT_AT_MOST + 5):
        crash.write_report(failure(), tmp_path, now=second)
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == crash.KEPT_AT_MOST and "T000024Z" in kept[-1].name


def test_the_person_is_told_in_words_what_happened_and_what_to_do(tmp_path: Path) -> None:
    words = crash.Words(happened="It stopped.", kept="Kept.", do="Start again.", report="See {path}", no_report="None.")
    said = crash.tell(tmp_path / "crash-1.txt", words)
    assert [line for line in said.splitlines() if line] == [
        "It stopped.",
        "Kept.",
        "Start again.",
        f"See {tmp_path / 'crash-1.txt'}",
    ]
    assert "None." in crash.tell(None, words)


def test_where_no_report_can_be_written_the_person_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert crash.write_report(failure(), tmp_path / "file") is None
    assert crash.write_report(failure(), None) is None


def test_errors_that_nobody_caught_are_told_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    said: list[str] = []
    crash.install(tmp_path, crash.Words(), said.append)
    error = failure()
    sys.excepthook(type(error), error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(said) == 1 and "feil i programmet" in said[0] and "Bakken" not in said[0]

    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    reports = [path.read_text() for path in tmp_path.iterdir()]
    assert any("builtins.ValueError" in report and "fail" in report for report in reports)
    assert not any("Bakken" in report for report in reports)
