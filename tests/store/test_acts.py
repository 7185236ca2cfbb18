"""An act comes back as it was signed, with its parts and how far it came."""

from __future__ import annotations

from dataclasses import replace

from akson_tui.model.act import ActKind, ActState
from akson_tui.model.ref import Ref
from akson_tui.store import acts, outbox
from akson_tui.store.files import Files
from tests.store import given


def test_everything_of_an_act_comes_back(files: Files) -> None:
    old = Ref("journal", "DocumentReference", "old", "3")
    signed = given.act(kind=ActKind.CORRECTION, target=old, mentions="æøå")
    number = outbox.put(files, signed)
    assert acts.by_id(files, signed.id) == acts.by_number(files, number) == replace(signed, order=number)
    assert acts.by_id(files, "gone") is None and acts.by_number(files, 99) is None


def test_the_list_is_in_the_order_of_signing_whatever_the_state(files: Files) -> None:
    for name in "abc":
        outbox.put(files, given.act(f"urn:uuid:{name}", name))
    outbox.mark_refused(files, "urn:uuid:a", "invalid", "Ugyldig: \ud800")
    listed = acts.listed(files, 0)
    assert [(act.id[-1], act.state) for act in listed] == [
        ("a", ActState.REFUSED), ("b", ActState.WAITING), ("c", ActState.WAITING),
    ]  # fmt: skip
    assert listed[0].said == "Ugyldig: ?"
