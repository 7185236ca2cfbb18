"""Exactly once, in the order signed: the outbox's states and what holds what up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from akson_tui.model.access import AccessEvent
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.ref import Ref
from akson_tui.store import audit, drafts, outbox
from akson_tui.store.files import Files
from akson_tui.store.troubles import NotTheState
from tests.store import given

NOON = given.NOON
OLD = Ref("journal", "DocumentReference", "old", "1")
SIGNED = AccessEvent(NOON, "Kari Nilsen", "", "", "", "p", given.ASTRID, "signed", "on-my-list")


def arrive(files: Files, act: Act) -> None:
    """The journal takes all of it."""
    outbox.mark_sending(files, act.id)
    for index, part in enumerate(act.parts):
        outbox.part_done(files, act.id, index, Ref(act.source, part.type, f"{act.order}-{index}", "1"))
    outbox.mark_sent(files, act.id)


def next_id(files: Files, later: timedelta = timedelta(0)) -> str | None:
    act = outbox.next_due(files, NOON + later)
    return None if act is None else act.id


def test_signing_puts_the_act_drops_the_draft_and_logs_in_one_transaction(files: Files, told: given.Told) -> None:
    drafts.keep(files, given.draft())
    told.clear()
    act = given.act()
    assert outbox.put(files, act, "urn:uuid:1", SIGNED) == 1
    assert {change.topic: set(change.ids) for change in told} == {
        "outbox": {act.id}, "drafts": {"urn:uuid:1"}, "person": {"p"},
    }  # fmt: skip
    assert drafts.all(files) == []
    assert [row.act for row in audit.rows(files)] == ["signed"]
    held = outbox.get(files, act.id)
    assert held is not None
    assert (held.parts, held.draft, held.state, held.order) == (act.parts, act.draft, ActState.WAITING, 1)


def test_what_cannot_be_logged_is_not_signed(files: Files, told: given.Told) -> None:
    drafts.keep(files, given.draft())
    files.precious.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'x'); END")
    told.clear()
    with pytest.raises(Exception, match="x"):
        outbox.put(files, given.act(), "urn:uuid:1", SIGNED)
    assert outbox.acts(files) == [] and drafts.count(files) == 1 and told == []


def test_signing_the_same_act_twice_is_once(files: Files) -> None:
    assert outbox.put(files, given.act()) == outbox.put(files, given.act(label="Annet"))
    assert len(outbox.acts(files)) == 1


def test_acts_leave_in_the_order_signed(files: Files) -> None:
    for number in range(3):
        outbox.put(files, given.act(f"urn:uuid:{number}"))
    sent = []
    while (act := outbox.next_due(files, NOON)) is not None:
        sent.append(act.id)
        arrive(files, act)
    assert sent == ["urn:uuid:0", "urn:uuid:1", "urn:uuid:2"]
    assert outbox.counts(files) == (0, 0)
    assert all(act.state is ActState.SENT for act in outbox.acts(files))


def test_one_that_waits_for_its_time_holds_up_all_after_it_of_the_same_source(files: Files) -> None:
    outbox.put(files, given.act("urn:uuid:1"))
    outbox.put(files, given.act("urn:uuid:2", "q", about=given.ODD))
    outbox.put(files, given.act("urn:uuid:3", about=Ref("hospital", "Patient", "1")))
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.mark_retry(files, "urn:uuid:1", NOON + timedelta(minutes=2), "no-line")
    assert next_id(files) == "urn:uuid:3"
    assert next_id(files, timedelta(minutes=2)) == "urn:uuid:1"
    assert outbox.next_time(files) is not None


def test_the_timer_knows_when_the_next_is_due(files: Files) -> None:
    assert outbox.next_time(files) is None
    outbox.put(files, given.act())
    outbox.mark_retry(files, "urn:uuid:1", NOON + timedelta(minutes=2), "busy", doubtful=False)
    assert outbox.next_time(files) == NOON + timedelta(minutes=2)
    assert outbox.retry_now(files, "urn:uuid:1")
    assert next_id(files) == "urn:uuid:1"


def test_a_refused_act_holds_up_only_what_builds_on_it(files: Files) -> None:
    outbox.put(files, given.act("urn:uuid:1", kind=ActKind.CORRECTION, target=OLD))
    outbox.put(files, given.act("urn:uuid:same-target", kind=ActKind.ADDENDUM, target=OLD))
    outbox.put(files, given.act("urn:uuid:names-it", kind=ActKind.ADDENDUM, mentions="urn:uuid:note-urn:uuid:1"))
    outbox.put(files, given.act("urn:uuid:names-that", kind=ActKind.ADDENDUM, mentions="urn:uuid:names-it"))
    outbox.put(files, given.act("urn:uuid:other-change", kind=ActKind.CORRECTION, target=OLD.bare().bare()))
    outbox.put(files, given.act("urn:uuid:free"))
    outbox.put(files, given.act("urn:uuid:other", "q", about=given.ODD, kind=ActKind.CORRECTION))
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.mark_refused(files, "urn:uuid:1", "conflict", "someone was first")
    left = []
    while (act := outbox.next_due(files, NOON)) is not None:
        left.append(act.id)
        arrive(files, act)
    assert left == ["urn:uuid:free", "urn:uuid:other"]
    assert outbox.counts(files) == (4, 1)
    refused = outbox.get(files, "urn:uuid:1")
    assert refused is not None and (refused.trouble, refused.said) == ("conflict", "someone was first")


def test_once_the_refused_one_is_out_the_rest_goes_unless_it_names_it(files: Files) -> None:
    outbox.put(files, given.act("urn:uuid:1", kind=ActKind.CORRECTION, target=OLD))
    outbox.put(files, given.act("urn:uuid:2", kind=ActKind.CORRECTION, target=OLD))
    outbox.mark_refused(files, "urn:uuid:1", "conflict")
    assert next_id(files) is None
    taken = outbox.take_back(files, "urn:uuid:1")
    assert taken is not None and taken.draft == b"draft"
    assert next_id(files) == "urn:uuid:2"
    outbox.put(files, given.act("urn:uuid:3", kind=ActKind.ADDENDUM, mentions="urn:uuid:2"))
    assert outbox.take_back(files, "urn:uuid:2") is None, "a later act names it"
    assert outbox.remove(files, "urn:uuid:3") and outbox.remove(files, "urn:uuid:2")
    assert outbox.acts(files) == []


def test_an_act_whose_answer_may_be_lost_cannot_be_taken_back(files: Files) -> None:
    outbox.put(files, given.act())
    outbox.mark_sending(files, "urn:uuid:1")
    assert outbox.take_back(files, "urn:uuid:1") is None
    outbox.mark_retry(files, "urn:uuid:1", None, "timeout")
    assert outbox.take_back(files, "urn:uuid:1") is None
    held = outbox.get(files, "urn:uuid:1")
    assert held is not None and (held.state, held.tries) == (ActState.SENDING, 1)
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.mark_retry(files, "urn:uuid:1", None, "no-line", doubtful=False)
    assert outbox.take_back(files, "urn:uuid:1") is not None


def test_an_act_of_which_a_part_arrived_cannot_be_taken_back_and_is_looked_for_again(files: Files) -> None:
    outbox.put(files, given.act())
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.part_done(files, "urn:uuid:1", 0, Ref("journal", "DocumentReference", "n", "1"))
    with pytest.raises(NotTheState):
        outbox.mark_sent(files, "urn:uuid:1")
    outbox.mark_refused(files, "urn:uuid:1", "invalid")
    assert outbox.take_back(files, "urn:uuid:1") is None and not outbox.remove(files, "urn:uuid:1")
    assert outbox.retry_now(files, "urn:uuid:1")
    held = outbox.get(files, "urn:uuid:1")
    assert held is not None and held.state is ActState.SENDING
    assert held.parts[0].done == Ref("journal", "DocumentReference", "n", "1") and held.parts[1].done is None


def test_sent_acts_are_listed_for_a_week(files: Files, clock: given.Clock) -> None:
    for number in range(2):
        outbox.put(files, given.act(f"urn:uuid:{number}"))
        arrive(files, outbox.next_due(files, NOON) or given.act())
        clock.later(days=6)
    assert [act.id for act in outbox.acts(files)] == ["urn:uuid:1"]
    clock.later(days=3)
    assert outbox.acts(files) == []
    assert not outbox.retry_now(files, "urn:uuid:1") and not outbox.retry_now(files, "gone")


@pytest.mark.parametrize("step", ["sending", "sent", "refused", "retry", "done"])
def test_no_step_is_taken_from_a_state_that_does_not_lead_there(files: Files, step: str) -> None:
    outbox.put(files, given.act())
    arrive(files, outbox.next_due(files, NOON) or given.act())
    ref = Ref("journal", "Provenance", "x")
    steps = {
        "sending": lambda: outbox.mark_sending(files, "urn:uuid:1"),
        "sent": lambda: outbox.mark_sent(files, "urn:uuid:1"),
        "refused": lambda: outbox.mark_refused(files, "urn:uuid:1", "invalid"),
        "retry": lambda: outbox.mark_retry(files, "urn:uuid:1", None, "busy"),
        "done": lambda: outbox.part_done(files, "urn:uuid:1", 0, ref),
    }
    with pytest.raises(NotTheState):
        steps[step]()
    with pytest.raises(NotTheState):
        outbox.mark_sending(files, "gone")


class Sending(RuleBasedStateMachine):
    """A user who signs and takes back, a journal that takes, refuses and falls silent, and crashes at any moment."""

    files: Files
    number = 0

    @initialize()
    def begin(self) -> None:
        for table in ("act", "part", "act_need"):
            self.files.precious.execute(f"DELETE FROM {table}")
        self.signed: list[str] = []
        self.taken: set[str] = set()
        self.journal: list[str] = []
        self.doubt: str | None = None

    @rule(kind=st.sampled_from(list(ActKind)), person=st.sampled_from("pq"), on_old=st.booleans())
    def signs(self, kind: ActKind, person: str, on_old: bool) -> None:
        Sending.number += 1
        id_ = f"urn:uuid:{Sending.number}"
        outbox.put(self.files, given.act(id_, person, kind=kind, target=OLD if on_old else None))
        self.signed.append(id_)

    @rule(answer=st.sampled_from(["taken", "refused", "lost", "no line", "crash before", "crash after"]))
    def sends(self, answer: str) -> None:
        act = outbox.next_due(self.files, NOON)
        if act is None:
            return
        if act.state is ActState.SENDING and act.id in self.journal:  # it looks first, and finds it
            answer = "found"
        outbox.mark_sending(self.files, act.id)
        if answer in ("taken", "lost", "crash after"):
            self.journal.append(act.id)
        if answer in ("taken", "found"):
            for index, part in enumerate(act.parts):
                outbox.part_done(self.files, act.id, index, Ref("journal", part.type, f"{act.order}-{index}"))
            outbox.mark_sent(self.files, act.id)
        elif answer == "refused":
            outbox.mark_refused(self.files, act.id, "invalid")
        elif answer in ("lost", "no line"):
            outbox.mark_retry(self.files, act.id, None, "no-line", doubtful=answer == "lost")

    @precondition(lambda self: self.signed)
    @rule(data=st.data())
    def takes_back(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(self.signed))
        if outbox.take_back(self.files, id_) is not None:
            self.taken.add(id_)

    @precondition(lambda self: self.signed)
    @rule(data=st.data())
    def retries(self, data: st.DataObject) -> None:
        outbox.retry_now(self.files, data.draw(st.sampled_from(self.signed)))

    @invariant()
    def the_journal_has_each_act_once_and_none_that_was_taken_back(self) -> None:
        if not hasattr(self, "journal"):
            return
        assert len(set(self.journal)) == len(self.journal)
        assert not self.taken & set(self.journal)

    @invariant()
    def none_is_lost(self) -> None:
        if not hasattr(self, "journal"):
            return
        listed = {act.id: act for act in outbox.acts(self.files)}
        assert set(listed) == set(self.signed) - self.taken
        for id_ in self.signed:
            if id_ not in self.taken and listed[id_].state is ActState.SENT:
                assert id_ in self.journal

    @invariant()
    def nothing_that_is_ready_is_overtaken(self) -> None:
        """What is to be sent next is the first that neither was refused nor builds on what is not there."""
        if not hasattr(self, "journal"):
            return
        act = outbox.next_due(self.files, NOON)
        unsent = [one for one in outbox.acts(self.files) if one.state in (ActState.WAITING, ActState.SENDING)]
        if not any(one.state is ActState.REFUSED for one in outbox.acts(self.files)):
            assert (act.id if act else None) == (unsent[0].id if unsent else None)


def test_whatever_the_line_does_each_act_arrives_once(tmp_path: Path) -> None:
    files = given.files(tmp_path)
    files.precious.pragma("synchronous", "off")
    Sending.files = files
    run_state_machine_as_test(
        Sending,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    given.close(files)
