"""What has to wait for what: by what it changes, and by what it names."""

from __future__ import annotations

from akson_tui.model.act import ActKind
from akson_tui.model.ref import Ref
from akson_tui.store import needs, outbox
from akson_tui.store.files import Files
from tests.store import given

OLD = Ref("journal", "DocumentReference", "old", "1")


def waits(files: Files, first: object, second: object) -> bool:
    outbox.put(files, first)  # type: ignore[arg-type]
    return needs.blocked(files, outbox.put(files, second))  # type: ignore[arg-type]


def test_the_same_target_in_any_version_waits(files: Files) -> None:
    other = Ref("journal", "DocumentReference", "old", "2")
    first = given.act("urn:uuid:1", kind=ActKind.CORRECTION, target=OLD)
    assert waits(files, first, given.act("urn:uuid:2", "q", kind=ActKind.ADDENDUM, target=other))


def test_the_same_id_in_another_source_does_not(files: Files) -> None:
    there = Ref("hospital", "Patient", "1")
    first = given.act("urn:uuid:1", kind=ActKind.CORRECTION, target=OLD)
    target = Ref("hospital", "DocumentReference", "old", "1")
    second = given.act("urn:uuid:2", "q", about=there, kind=ActKind.CORRECTION, target=target)
    assert not waits(files, first, second)


def test_two_corrections_about_one_person_keep_their_order_two_notes_need_not(files: Files) -> None:
    first = given.act("urn:uuid:1", kind=ActKind.CORRECTION)
    assert waits(files, first, given.act("urn:uuid:2", kind=ActKind.WRONG_PATIENT))
    assert not waits(files, given.act("urn:uuid:3", "q"), given.act("urn:uuid:4", "q"))


def test_who_is_named_in_a_body_is_relied_on_until_the_other_is_gone(files: Files) -> None:
    first, second = given.act("urn:uuid:1"), given.act("urn:uuid:2", mentions="urn:uuid:1", kind=ActKind.ADDENDUM)
    assert waits(files, first, second)
    assert needs.relied_on(files, 1) and not needs.relied_on(files, 2)
    with files.tx("precious"):
        needs.forget(files, 2)
    assert not needs.relied_on(files, 1)
