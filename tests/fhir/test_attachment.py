"""Attachments: shown where they are text, else named; never empty."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir import attachment
from akson_tui.fhir.attachment import Content, first_words, read


def inline(text: str | bytes, media: str | None = "text/plain", **more: Any) -> dict[str, Any]:
    data = text.encode() if isinstance(text, str) else text
    made: dict[str, Any] = {"data": b64encode(data).decode()} | more
    return made | ({"contentType": media} if media is not None else {})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (inline("Blåbær"), "Blåbær"),
        (inline("Blåbær", "text/plain; charset=utf-8"), "Blåbær"),
        (inline("Blåbær".encode("latin-1"), 'text/plain;charset="ISO-8859-1"'), "Blåbær"),
        (inline("Blåbær".encode("utf-16"), "text/plain; charset=utf-16"), "Blåbær"),
        (inline("Blåbær".encode("latin-1")), "Blåbær"),
        (inline("Blåbær", "TEXT/Markdown"), "Blåbær"),
        (inline("<p>Blå</p>", "text/html"), "Blå"),
        (inline("a\r\nb\rc"), "a\nb\nc"),
        (inline("\ufeffHei"), "Hei"),
        (inline("Hei", None), "Hei"),
        (inline("Hei", "text/plain; charset=tull"), "Hei"),
        ({"contentType": "text/plain", "data": "SGVp\n  SGVp"}, "HeiHei"),
    ],
)
def test_a_text_is_shown(value: dict[str, Any], text: str) -> None:
    assert read(value) == Content(text=text)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (inline(b"%PDF-", "application/pdf", title="Brev"), 5),
        (inline(b"\xff\xfe\x00", None, title="Brev"), 3),
        (inline(b"a\0b", None, title="Brev"), 3),
        ({"contentType": "text/plain", "title": "Brev", "url": "Binary/1", "size": 17}, 17),
        ({"contentType": "text/plain", "title": "Brev"}, None),
        ({"title": "Brev", "size": -1}, None),
        (inline("  \n ", title="Brev"), 4),
        (inline("<script>x</script>", "text/html", title="Brev"), 18),
    ],
)
def test_what_is_no_text_is_named_with_its_size(value: dict[str, Any], size: int | None) -> None:
    found = read(value)
    assert not found.text and not found.unreadable
    assert found.attachment is not None
    assert (found.attachment.title, found.attachment.size) == ("Brev", size)


def test_a_text_beyond_the_bound_is_named_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(attachment._READERS, "text/plain", (str, 10))
    found = read(inline("x" * 11))
    assert found.attachment is not None and found.attachment.size == 11


@pytest.mark.parametrize("data", ["%%%", "SGV", "æøå", "\ud800"])
def test_damaged_data_is_told(data: str) -> None:
    found = read({"contentType": "text/plain", "data": data})
    assert found.unreadable and found.attachment is not None and not found.text


@given(
    st.dictionaries(
        st.sampled_from(["contentType", "data", "size", "title", "url"]),
        st.text(max_size=20) | st.integers() | st.none() | st.lists(st.text()),
    )
)
def test_any_attachment_is_shown_or_named(value: dict[str, Any]) -> None:
    found = read(value)
    assert bool(found.text) != (found.attachment is not None)


def test_first_words_are_one_line_that_tells_that_it_goes_on() -> None:
    assert first_words("  En\n\nto\ttre ") == "En to tre"
    cut = first_words("ord " * 100, 20)
    assert len(cut) <= 20 and cut.endswith("…")
