"""FHIR's interactions over one client, with the detours that a server which lacks something needs.

The easy mistake: search words in an address. Searches go by POST `_search`; what names a person (`naming`) goes by GET
only where the server lacks POST and the site allows it. Raw JSON in and out, none of our nouns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from akson_tui.journal.answer import Answer
from akson_tui.journal.capability import Abilities, Ability
from akson_tui.journal.client import Client, Pairs
from akson_tui.journal.troubles import Invalid, NotFhir, NotFound, NotSupported

_ID = re.compile(r"(?!\.+$)[A-Za-z0-9._~-]{1,128}", re.ASCII)
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}", re.ASCII)
_TAG = re.compile(r'(?:W/)?"([^"]{1,64})"', re.ASCII)


class Rest:
    """One journal's REST interface. Every method raises JournalTrouble; `heard` is told of each answer that came."""

    def __init__(self, client: Client, get_search: bool = False) -> None:
        self.client = client
        self.abilities = Abilities()
        self.heard: Callable[[Answer], None] = lambda _answer: None
        self.get_search = get_search
        """The site's leave to put what names a person in an address."""
        self._post_works = False

    async def capability(self) -> Answer:
        """Read the CapabilityStatement and go by it from now on."""
        answer = await self._ask("GET", "metadata")
        self.abilities.read(answer.json())
        return answer

    async def read(self, type_: str, id_: str) -> Answer:
        """One resource as it is now."""
        return await self._ask("GET", f"{_type(type_)}/{_id(id_)}")

    async def search(self, type_: str, params: Pairs, naming: bool = False) -> Answer:
        """A first page of a search. `naming`: the parameters name a person (name, birth date, national id)."""
        _type(type_)
        may_get = self.get_search or not naming
        if self.abilities.has(Ability.POST_SEARCH):
            try:
                answer = await self._ask("POST", f"{type_}/_search", form=params, safe=True)
            except (NotSupported, NotFound, Invalid) as trouble:
                # 400 may be about the search itself; once a POST went through, it is
                if isinstance(trouble, NotSupported) and not self._post_works:
                    self.abilities.lacks(Ability.POST_SEARCH)
                if not may_get or (self._post_works and isinstance(trouble, Invalid)):
                    raise
            else:
                self._post_works = True
                return answer
        elif not may_get:
            raise NotSupported
        answer = await self._ask("GET", type_, params=params)
        self.abilities.lacks(Ability.POST_SEARCH)
        return answer

    async def page(self, link: str) -> Answer:
        """A further page, by the server's own `next` link; only at the journal's own origin.

        Servers behind a proxy name themselves by an address that is not ours; then the same path is asked here.
        """
        return await self._ask("GET", self._here(link))

    def _here(self, link: str) -> str:
        base = urlsplit(self.client.base)
        try:
            named = urlsplit(urljoin(self.client.base + "/", link))
        except ValueError:
            raise NotFhir from None
        if named.path != base.path and not named.path.startswith(f"{base.path}/"):
            raise NotFhir
        return urlunsplit((base.scheme, base.netloc, named.path, named.query, ""))

    async def create(self, type_: str, body: bytes, if_none_exist: str = "") -> Answer:
        """Create a resource; `if_none_exist` is a search that must find none (FHIR conditional create)."""
        headers = {"Prefer": "return=representation"}
        if if_none_exist:
            headers["If-None-Exist"] = if_none_exist
        return await self._ask("POST", _type(type_), body=body, headers=headers)

    async def update(self, type_: str, id_: str, body: bytes, if_match: str = "") -> Answer:
        """Replace a resource; `if_match` is the version that it must still have (Conflict where it has not)."""
        headers = {"Prefer": "return=representation"}
        if if_match:  # heard or not: where nobody compares versions, the header does no harm
            headers["If-Match"] = f'W/"{if_match}"'
        return await self._ask("PUT", f"{_type(type_)}/{_id(id_)}", body=body, headers=headers)

    async def transaction(self, bundle: bytes) -> Answer:
        """All of a transaction Bundle or nothing of it."""
        return await self._ask("POST", "", body=bundle, headers={"Prefer": "return=representation"})

    async def batch(self, bundle: bytes) -> Answer:
        """A batch of reads and searches in one request; each entry of the answer has its own status."""
        return await self._ask("POST", "", body=bundle, safe=True)

    async def close(self) -> None:
        """Close every connection."""
        await self.client.close()

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Pairs = (),
        form: Pairs | None = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        safe: bool | None = None,
    ) -> Answer:
        # servers and proxies may keep answers for a while; whoever asks here wants what is so now
        head = {"Cache-Control": "no-cache", **(headers or {})}
        answer = await self.client.request(method, path, params=params, form=form, body=body, headers=head, safe=safe)
        self.heard(answer)
        return answer


def version_in(answer: Answer) -> str:
    """The version that an ETag names; '' where there is none."""
    found = _TAG.fullmatch(answer.headers.get("etag", "").strip())
    return found.group(1) if found else ""


def location_in(text: str) -> tuple[str, str, str] | None:
    """(type, id, version) of a Location (`…/Type/id/_history/version`); None where it is no such address."""
    parts = text.split("?", 1)[0].rstrip("/").split("/")
    version = ""
    if len(parts) >= 4 and parts[-2] == "_history":
        version, parts = parts[-1], parts[:-2]
    if len(parts) < 2 or not _TYPE.fullmatch(parts[-2]) or not _ID.fullmatch(parts[-1]):
        return None
    return parts[-2], parts[-1], version if _ID.fullmatch(version) else ""


def token(system: str, value: str) -> str:
    """A FHIR token parameter `system|value`, with what has a meaning in it escaped."""
    return f"{escaped(system)}|{escaped(value)}"


def escaped(text: str) -> str:
    """`text` as one value of a search parameter (https://hl7.org/fhir/R4/search.html#escaping)."""
    return re.sub(r"([\\$,|])", r"\\\1", text)


def query(params: Pairs) -> str:
    """`params` as the query of an address, for If-None-Exist and the entries of a batch."""
    return "&".join(f"{quote(name, safe='_:-.')}={quote(value, safe='')}" for name, value in params)


def since(instant: datetime) -> str:
    """An instant as a search parameter's value, to the second, in UTC."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _type(text: str) -> str:
    if not _TYPE.fullmatch(text):
        raise NotFhir
    return text


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise NotFhir
    return text
