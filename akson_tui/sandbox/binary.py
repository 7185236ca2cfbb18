"""Binary: what a document or picture is made of, given and taken as its own bytes as well as in JSON.

Bytes are sent so that no browser runs what stands in them: they come from anybody.
"""

import base64
import binascii
import json
import re
from typing import Any

from akson_tui.sandbox import spans
from akson_tui.sandbox.negotiation import JSON
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.rest import Answer, Sent

_MEDIA_TYPE = re.compile(
    r"[\w!#$&^.+\-]{1,64}/[\w!#$&^.+\-]{1,64}(?:\s*;\s*[\w\-]{1,32}=\"?[\w.\-]{1,64}\"?){0,4}", re.ASCII
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def wants_bytes(accept: str, format_: str | None) -> bool:
    """Whether the bytes themselves are asked for: R4 gives JSON only to those who name it."""
    if format_ is not None:
        return False
    return not any(part.partition(";")[0].strip().lower() in JSON for part in accept.split(","))


def as_bytes(answer: Answer, accept: str) -> Answer:
    """The answer to a read of a Binary with its content in place of the resource.

    Raises Trouble 406 where the kind that it has is not accepted."""
    if answer.status != 200:
        return answer
    held: dict[str, Any] = json.loads(answer.body)
    kind = held["contentType"]
    media = kind.partition(";")[0].strip().lower()
    accepted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if not any(one in ("", "*/*", media, media.partition("/")[0] + "/*") for one in accepted):
        raise Trouble(
            406, f"this Binary is {media}" if _MEDIA_TYPE.fullmatch(kind) else "this Binary is something else"
        )
    content = base64.b64decode("".join(held.get("data", "").split()))
    headers = {**answer.headers, **_SAFE}
    headers["Content-Type"] = kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"
    return Answer(200, content, headers, answer.version)


def is_bytes(content_type: str) -> bool:
    """Whether what is sent is content of its own, not a resource."""
    return content_type.partition(";")[0].strip().lower() not in JSON


def from_bytes(raw: bytes, content_type: str, security_context: str | None, ident: str | None) -> Sent:
    """The Binary that holds these bytes. Raises Trouble 415 where they have no kind."""
    kind = content_type.strip()
    if not _MEDIA_TYPE.fullmatch(kind):
        raise Trouble(415, "a Binary needs a Content-Type")
    made: dict[str, Any] = {"resourceType": "Binary", **({"id": ident} if ident else {}), "contentType": kind}
    if security_context:
        made["securityContext"] = {"reference": security_context}
    if raw:
        made["data"] = base64.b64encode(raw).decode()
    text = json.dumps(made)
    return Sent(text, spans.parse(text))


def data_of(resource: dict[str, Any]) -> bytes:
    """The content of a Binary in a Bundle. Raises Trouble 400 where it has none."""
    try:
        return base64.b64decode("".join(resource["data"].split()), validate=True)
    except (KeyError, AttributeError, binascii.Error, ValueError):
        raise Trouble(400, "the Binary holds no data") from None
