"""Histories: all versions of a resource, of a type or of all types, newest first, in pages.

What was deleted stands here as an entry without a resource: it is the only place where a client sees that it went.
"""

import json
from collections.abc import Sequence

from akson_tui.sandbox import instants, pages
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.pages import Page
from akson_tui.sandbox.store import Session, Version

# By how much is named (nothing, the type, type and id).
WHERE = ("version.seq <= ?", "version.seq <= ? AND type = ?", "version.seq <= ? AND type = ? AND id = ?")
# In the order of an index each; time and sequence number rise together.
ORDER = ("version.seq DESC", "updated DESC, version.seq DESC", "number DESC")


def answer(session: Session, named: Sequence[str], pairs: Sequence[tuple[str, str]], base: str) -> bytes:
    """The history Bundle of what is named: a type and an id, a type, or nothing.

    Raises Trouble 404 for a resource that never was, 400 for a `_count`, `_since` or `_page` without sense."""
    given = dict(pairs)
    page = pages.page_of(session, given.get(pages.PAGE))
    count = pages.count_of(given["_count"]) if given.get("_count") else pages.DEFAULT_COUNT
    where = WHERE[len(named)]
    values: list[str | int] = [page.snapshot, *named]
    if given.get("_since"):
        where += " AND updated >= ?"
        values.append(pages.instant_of("_since", given["_since"]))
    total = session.count(where, values)
    if len(named) == 2 and session.current(*named) is None:
        raise Trouble(404, f"there is no such {named[0]}")
    shown = pages.fitting(session.listed(where, values, ORDER[len(named)], count, page.offset)) if count else []
    here = "/".join([base, *named, "_history"])
    links = [{"relation": "self", "url": pages.link(here, pairs)}]
    after = page.offset + len(shown)
    if shown and after < total:
        links.append({"relation": "next", "url": pages.link(here, pairs, Page(page.snapshot, after))})
    head = {"meta": {"lastUpdated": pages.time_of(session, page.snapshot)}, "total": total, "link": links}
    return pages.bundle("history", head, [_entry(version, base) for version in shown])


def _entry(version: Version, base: str) -> bytes:
    address = version.type if version.method == "POST" else f"{version.type}/{version.id}"
    told = {
        "fullUrl": f"{base}/{version.type}/{version.id}",
        "request": {"method": version.method, "url": address},
        "response": {
            "status": "204" if version.deleted else "201" if version.number == 1 else "200",
            "etag": version.etag,
            "lastModified": instants.text(version.updated),
        },
    }
    made = json.dumps(told, separators=(",", ":")).encode()
    return made[:-1] + b',"resource":' + version.body + b"}" if version.body else made
