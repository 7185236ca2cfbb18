"""Documents in formats that hospitals and older systems really send: PDF, RTF and CDA, each whole and small.

They are written by hand here, without a library: a reader must be able to open them, and nothing more is needed.
"""

import textwrap
from base64 import b64encode
from hashlib import sha1
from xml.sax.saxutils import escape

from .resources import Resource

_LINE = 88
_LINES_PER_PAGE = 52


def file(data: bytes, content_type: str, title: str, created: str, language: str | None = None) -> Resource:
    """An Attachment that holds these bytes, with their size and SHA-1 as R4 has them."""
    made: Resource = {
        "contentType": content_type,
        "data": b64encode(data).decode("ascii"),
        "size": len(data),
        "hash": b64encode(sha1(data, usedforsecurity=False).digest()).decode("ascii"),
        "title": title,
        "creation": created,
    }
    if language is not None:
        made["language"] = language
    return made


def _wrapped(text: str) -> list[str]:
    return [line for part in text.split("\n") for line in (textwrap.wrap(part, _LINE) or [""])]


def _page(lines: list[str]) -> bytes:
    shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    drawn = "".join(f"({line}) Tj T*\n" for line in shown)
    return f"BT /F1 10 Tf 14 TL 56 786 Td\n{drawn}ET".encode("cp1252", "replace")


def pdf(title: str, text: str) -> bytes:
    """A PDF 1.4 of as many A4 pages as the text needs, in Helvetica."""
    lines = [title, "", *_wrapped(text)]
    pages = [_page(lines[at : at + _LINES_PER_PAGE]) for at in range(0, len(lines), _LINES_PER_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, drawn in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream")
    made = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + table.encode() + tail.encode()


def rtf(text: str) -> bytes:
    """RTF as an older system exported it: letters outside ASCII as escapes, a paragraph for each line."""

    def told(letter: str) -> str:
        if letter in "\\{}":
            return "\\" + letter
        if letter == "\n":
            return "\\par\n"
        return letter if letter < "\x7f" else f"\\u{ord(letter)}?"

    body = "".join(told(letter) for letter in text)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs22\n{body}\\par\n}}".encode("ascii")


def cda(
    ident: str, title: str, when: str, patient: tuple[str, str, str], author: str, custodian: str, sections: str
) -> bytes:
    """A CDA document with a structured body. `patient` is the number with its OID and the name; each paragraph of
    `sections` is one section, its first line the heading."""
    number, oid, name = patient
    stamp = when[:19].replace("-", "").replace(":", "").replace("T", "") + when[19:].replace(":", "")
    body = "".join(
        f"<component><section><title>{escape(head)}</title><text>"
        + "".join(f"<paragraph>{escape(line)}</paragraph>" for line in lines.split("\n"))
        + "</text></section></component>\n"
        for head, _, lines in (part.partition("\n") for part in sections.strip().split("\n\n"))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="2.16.578.1.12.4.9.9" extension="{escape(ident)}"/>
<code code="60591-5" codeSystem="2.16.840.1.113883.6.1" displayName="Patient summary Document"/>
<title>{escape(title)}</title>
<effectiveTime value="{stamp}"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<languageCode code="nb-NO"/>
<recordTarget><patientRole><id root="{oid}" extension="{number}"/>
<patient><name>{escape(name)}</name></patient></patientRole></recordTarget>
<author><time value="{stamp}"/><assignedAuthor><id nullFlavor="NI"/>
<assignedPerson><name>{escape(author)}</name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id nullFlavor="NI"/>
<name>{escape(custodian)}</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
{body}</structuredBody></component>
</ClinicalDocument>
""".encode()
