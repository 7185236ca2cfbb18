"""A draft as bytes, as it is kept beside the act that was made of it, so that it can be taken back."""

from __future__ import annotations

import json
from datetime import datetime

from akson_tui.model.note import Draft, DraftKind
from akson_tui.model.ref import ref_from_text, ref_to_text


def to_bytes(draft: Draft) -> bytes:
    """JSON of our own; the inverse of `from_bytes`."""
    return json.dumps(
        {
            "id": draft.id,
            "person": draft.person,
            "patient": ref_to_text(draft.patient),
            "kind": draft.kind.value,
            "template": draft.template,
            "text": draft.text,
            "cursor": draft.cursor,
            "begun": draft.begun.isoformat(),
            "saved": draft.saved.isoformat(),
            "target": ref_to_text(draft.target) if draft.target else "",
            "origin": draft.origin,
        },
        ensure_ascii=True,
    ).encode()


def from_bytes(raw: bytes) -> Draft:
    """The draft that `to_bytes` wrote."""
    held = json.loads(raw)
    return Draft(
        id=held["id"],
        person=held["person"],
        patient=ref_from_text(held["patient"]),
        kind=DraftKind(held["kind"]),
        template=held["template"],
        text=held["text"],
        cursor=held["cursor"],
        begun=datetime.fromisoformat(held["begun"]),
        saved=datetime.fromisoformat(held["saved"]),
        target=ref_from_text(held["target"]) if held["target"] else None,
        origin=held["origin"],
    )
