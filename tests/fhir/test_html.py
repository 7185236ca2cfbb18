"""HTML as text: what is said stays, markup goes, and nothing hostile costs time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.fhir.html import MAX_HTML, to_text


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>En</p><p>To</p>", "En\n\nTo"),
        ("En<br>To<br/>Tre", "En\nTo\nTre"),
        ("<b>Blå</b>b&aelig;r &amp; &#229;l &lt;3", "Blåbær & ål <3"),
        ("<ul><li>a</li><li>b</li></ul>", "– a\n– b"),
        ("<table><tr><th>BT</th><td>142/88</td></tr></table>", "BT  142/88"),
        ("<script>alert('x')</script>Hei<style>p{}</style>", "Hei"),
        ("<head><title>t</title></head><body>Hei</body>", "Hei"),
        ("<head><body>Hei", "Hei"),
        ("a<!-- skjult <b> -->b", "ab"),
        ("a<!-- uten slutt", "a<!-- uten slutt"),
        ("5 < 6 og 7 > 3", "5 < 6 og 7 > 3"),
        ("CRP <5 mg/L", "CRP <5 mg/L"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("a   \n\t b", "a b"),
        ('<a href="javascript:x" title="a>b">lenke</a>', "lenke"),
        ('<img src="x" alt="Sår, venstre legg">', "[Sår, venstre legg]"),
        ("<?xml version='1.0'?><!DOCTYPE html><div>Hei</div>", "Hei"),
        ("uten merker", "uten merker"),
        ("<p", "<p"),
        ("", ""),
        ("a\0b", "ab"),
    ],
)
def test_html_is_shown_as_text(markup: str, shown: str) -> None:
    assert to_text(markup) == shown


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<!",
        "<?",
        "</",
        '<a b="',
        "<script>",
        "</script",
        "&",
        "&#",
        "<p>",
        "<td>",
        "<pre>",
        "<a b='\">",
        "\t",
        "<" * 3,
    ],
)
def test_a_hostile_page_is_read_in_linear_time(piece: str) -> None:
    """Quadratic reading of half a million characters would take hours: that this ends is what is tested."""
    assert isinstance(to_text(piece * (MAX_HTML // len(piece))), str)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<", ">", "</", "p", "script", " ", '"', "'", "=", "!", "--", "&", ";", "x", "\n", "/"]),
        max_size=60,
    )
)
def test_no_markup_makes_it_fail(pieces: list[str]) -> None:
    to_text("".join(pieces))


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="<>&", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
        max_size=40,
    )
)
def test_a_text_without_markup_is_itself(text: str) -> None:
    assert to_text(f"<p>{text}</p>") == text
