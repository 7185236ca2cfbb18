"""An answer from a journal, read within bounds: unpacked, turned to UTF-8, its time and its words found.

The easy mistake: trusting what the headers say. Encodings lie, charsets are made up, proxies answer in HTML, and a
small gzip unpacks to gigabytes; every byte is counted after unpacking.
"""

from __future__ import annotations

import codecs
import json
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from akson_tui.journal.troubles import JournalTrouble, NotFhir, TooLarge, for_status

SAID_MOST = 600
"""Characters kept of what a server says in words."""
_SLICE = 1 << 16
_LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` have lower-case names; `raw` is UTF-8 (b"" where there was no body); `date` is the server's clock."""

    status: int
    headers: Mapping[str, str]
    raw: bytes
    date: datetime | None = None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises NotFhir."""
        return json_object(self.raw)


def json_object(raw: bytes) -> dict[str, Any]:
    """`raw` as a JSON object; for the journal's own few questions, not for clinical content. Raises NotFhir."""
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        raise NotFhir from None
    if not isinstance(read, dict):
        raise NotFhir
    return read


async def unpacked(chunks: AsyncIterator[bytes], encoding: str, most: int) -> bytes:
    """The body from `chunks` as they came over the line, never more than `most` bytes in memory.

    Raises TooLarge; NotFhir for an encoding that was not asked for, or a packed body that is damaged or cut short.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        whole = bytearray()
        async for chunk in chunks:
            whole += chunk
            if len(whole) > most:
                raise TooLarge
        return bytes(whole)
    if encoding not in ("gzip", "x-gzip"):
        raise NotFhir
    return await _gunzipped(chunks, most)


async def _gunzipped(chunks: AsyncIterator[bytes], most: int) -> bytes:
    opener = zlib.decompressobj(wbits=31)
    whole = bytearray()
    began = False
    try:
        async for chunk in chunks:
            began = began or bool(chunk)
            while chunk:
                if opener.eof:  # gzip may be several members, one after another
                    opener = zlib.decompressobj(wbits=31)
                whole += opener.decompress(chunk, _SLICE)
                if len(whole) > most:
                    raise TooLarge
                chunk = opener.unconsumed_tail or opener.unused_data
        while not opener.eof:  # what the opener still holds back
            more = opener.decompress(opener.unconsumed_tail, _SLICE)
            if not more:
                break
            whole += more
            if len(whole) > most:
                raise TooLarge
    except zlib.error:
        raise NotFhir from None
    if began and not opener.eof:
        raise NotFhir
    return bytes(whole)


def to_utf8(raw: bytes, content_type: str) -> bytes:
    """`raw` as UTF-8 without a byte order mark; FHIR is UTF-8 whatever the header claims, where it can be read so."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            return _recoded(raw[len(mark) :], name)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _recoded(raw, _charset(content_type))
    return raw


def _recoded(raw: bytes, charset: str) -> bytes:
    try:
        return raw.decode(charset, errors="replace").encode("utf-8", errors="replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", errors="replace").encode("utf-8")


def _charset(content_type: str) -> str:
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
            try:
                return charset if codecs.lookup(charset)._is_text_encoding else "utf-8"
            except (LookupError, ValueError):
                return "utf-8"
    return "utf-8"


def looks_like_json(raw: bytes, content_type: str) -> bool:
    """True for an object, whatever the header calls it; a page of HTML that calls itself JSON is none."""
    start = raw[:64].lstrip()
    return start.startswith(b"{") and "html" not in content_type.lower()


def trouble_in(status: int, headers: Mapping[str, str], raw: bytes, now: datetime) -> JournalTrouble:
    """The trouble that an answer with a status of 300 or more stands for, with the server's words."""
    return for_status(status, said_in(raw), retry_after(headers.get("retry-after", ""), now))


def said_in(raw: bytes) -> str:
    """What an OperationOutcome says in words, cut; '' for anything else (a proxy's HTML is not shown)."""
    try:
        outcome = json_object(raw)
    except NotFhir:
        return ""
    issues = outcome.get("issue")
    if outcome.get("resourceType") != "OperationOutcome" or not isinstance(issues, list):
        return ""
    words: list[str] = []
    for issue in issues[:20]:
        if not isinstance(issue, dict):
            continue
        details = issue.get("details")
        text = details.get("text") if isinstance(details, dict) else None
        said = next((s for s in (text, issue.get("diagnostics"), issue.get("code")) if isinstance(s, str) and s), "")
        if said and said not in words:
            words.append(said)
    return "; ".join(words).encode("utf-8", "replace").decode()[:SAID_MOST]


def retry_after(text: str, now: datetime) -> float | None:
    """Seconds of a Retry-After (a number or a date); None where there is none. Never more than an hour."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT)
    date = http_date(text)
    if date is None:
        return None
    return min(max((date - now).total_seconds(), 0.0), _LONGEST_WAIT)


def http_date(text: str) -> datetime | None:
    """An HTTP date as aware UTC; None for anything else."""
    try:
        read = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
