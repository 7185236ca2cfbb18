"""Documents that a reader of their kind can open."""

import re
import zlib
from base64 import b64decode
from hashlib import sha1
from random import Random
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.municipality import papers, picture

from .conftest import World


def test_a_pdf_has_its_objects_where_its_table_says() -> None:
    made = papers.pdf("Epikrise", "Æøå (i parentes) \\ og " + "lange linjer " * 600)
    assert made.startswith(b"%PDF-1.4") and made.rstrip().endswith(b"%%EOF")
    start = int(made.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    table = made[start:].split(b"trailer")[0].splitlines()
    assert table[0] == b"xref"
    places = [int(line[:10]) for line in table[3:]]
    assert len(places) > 6  # more than one page
    for number, at in enumerate(places, 1):
        assert made[at:].startswith(f"{number} 0 obj".encode())
    assert len(re.findall(rb"/Type /Page\b", made)) == made.count(b"stream\nBT")
    for length, body in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.S):
        assert len(body) == int(length)
    assert "Æøå \\(i parentes\\) \\\\ og".encode("cp1252") in made


@given(st.text(st.characters(min_codepoint=10, max_codepoint=0x2FF, blacklist_categories=("Cc", "Cs")), max_size=200))
def test_rtf_gives_back_every_letter(text: str) -> None:
    made = papers.rtf(text).decode("ascii")
    body = made.split("\\fs22\n", 1)[1][: -len("\\par\n}")]
    read = re.sub(r"\\u(\d+)\?", lambda found: chr(int(found[1])), body)
    assert re.sub(r"\\([\\{}])", r"\1", read.replace("\\par\n", "\n")) == text


def test_cda_is_well_formed_and_names_the_patient() -> None:
    made = papers.cda(
        "x",
        "Sammendrag & mer",
        "2026-11-24T10:00:00+01:00",
        ("1", "2.3", "Áile <Čáhput>"),
        "A",
        "B",
        "Hode\nen\nto\n\nTo\ntre",
    )
    root = ElementTree.fromstring(made)
    assert root.tag == "{urn:hl7-org:v3}ClinicalDocument"
    assert [one.text for one in root.iter("{urn:hl7-org:v3}title")] == ["Sammendrag & mer", "Hode", "To"]
    assert root.find(".//{*}patient/{*}name").text == "Áile <Čáhput>"  # type: ignore[union-attr]
    assert root.find("{*}effectiveTime").get("value") == "20261124100000+0100"  # type: ignore[union-attr]


def test_an_attachment_tells_size_and_hash_of_its_bytes() -> None:
    made = papers.file(b"abc", "application/pdf", "x.pdf", "2026")
    assert made["size"] == 3
    assert b64decode(made["hash"]) == sha1(b"abc").digest()


def test_a_picture_of_a_wound_is_a_png_that_holds_every_pixel() -> None:
    made = picture.wound(Random(1), 3.2, 2.1, 40)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(made):
        length = int.from_bytes(made[at : at + 4], "big")
        kind, data = made[at + 4 : at + 8], made[at + 8 : at + 8 + length]
        assert int.from_bytes(made[at + 8 + length : at + 12 + length], "big") == zlib.crc32(kind + data)
        chunks[kind] = data
        at += 12 + length
    wide, high = (int.from_bytes(chunks[b"IHDR"][n : n + 4], "big") for n in (0, 4))
    assert len(zlib.decompress(chunks[b"IDAT"])) == high * (1 + 3 * wide)


def test_every_kind_of_document_hangs_on_somebody(town: World) -> None:
    kinds = {
        content["attachment"]["contentType"]
        for chunk in town.values()
        for r in chunk
        if r["resourceType"] == "DocumentReference"
        for content in r["content"]
    }
    assert kinds >= {
        "text/plain",
        "text/html",
        "text/markdown",
        "application/pdf",
        "application/rtf",
        "application/hl7-cda+xml",
        "image/png",
    }
