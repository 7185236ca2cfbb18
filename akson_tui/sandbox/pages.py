"""Bundles in pages: what a page is called, how large it grows, and how its entries are joined.

A page is named by the sequence number at which it was first asked and how far it came, so that it stands still while
others write. Resources are joined as the bytes that they are.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from akson_tui.sandbox import instants
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.store import Session, Version

DEFAULT_COUNT = 100
MAX_COUNT = 1000
# A page ends before it grows beyond this, whatever _count says.
MAX_PAGE_BYTES = 8_000_000
PAGE = "_page"


class Page(NamedTuple):
    """Where a page begins: as of which sequence number, and after how many entries (or after which)."""

    snapshot: int
    offset: int


def page_of(session: Session, text: str | None) -> Page:
    """`_page` as this server wrote it; the first page where it is missing. Raises Trouble 400 for anything else."""
    if text is None:
        return Page(session.now_seq, 0)
    snapshot, _, offset = text.partition(".")
    if not (snapshot.isascii() and snapshot.isdigit() and offset.isascii() and offset.isdigit()) or len(text) > 30:
        raise Trouble(400, "_page is not one of this server's")
    page = Page(int(snapshot), int(offset))
    if page.snapshot > session.now_seq:
        raise Trouble(400, "_page is not one of this server's")
    return page


def count_of(value: str) -> int:
    """`_count`, at most MAX_COUNT. Raises Trouble 400 where it is no number."""
    if not value.isascii() or not value.isdigit():
        raise Trouble(400, "_count is a number")
    return min(int(value[:9]), MAX_COUNT)


def instant_of(name: str, value: str) -> int:
    """The beginning of an instant, in ms. Raises Trouble 400 where it is none."""
    try:
        # A plus that was not escaped in a URL arrives as a space.
        return instants.instant(value.strip().replace(" ", "+"))[0]
    except (ValueError, OverflowError):
        raise Trouble(400, f"{name} is a date or time") from None


def fitting(versions: Iterable[Version]) -> list[Version]:
    """As many as fit on a page, but one at least."""
    shown: list[Version] = []
    size = 0
    for version in versions:
        size += len(version.body)
        if shown and size > MAX_PAGE_BYTES:
            break
        shown.append(version)
    return shown


def link(here: str, pairs: Iterable[tuple[str, str]], page: Page | None = None) -> str:
    """The address of a page; of what was asked, where `page` is None."""
    named = [pair for pair in pairs if page is None or pair[0] != PAGE]
    if page is not None:
        named.append((PAGE, f"{page.snapshot}.{page.offset}"))
    return f"{here}?{urlencode(named)}" if named else here


def time_of(session: Session, snapshot: int) -> str:
    """When the state that these pages show was written."""
    row = session.db.execute("SELECT updated FROM version WHERE seq = ?", (snapshot,)).fetchone()
    return instants.text(int(row[0]) if row else 0)


def entry(base: str, version: Version, body: bytes, mode: str) -> bytes:
    """One resource of a searchset."""
    url = f'{{"fullUrl":"{base}/{version.type}/{version.id}","resource":'.encode()
    return url + body + b',"search":{"mode":"' + mode.encode() + b'"}}'


def bundle(kind: str, head: dict[str, Any], entries: list[bytes]) -> bytes:
    """The Bundle as it goes on the wire."""
    whole = {"resourceType": "Bundle", "type": kind, **head}
    made = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return made[:-1] + b',"entry":[' + b",\n".join(entries) + b"]}" if entries else made
