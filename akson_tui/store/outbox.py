"""What was signed and is on its way: each act in order, exactly once, its bodies never made again.

Easy to get wrong: SENDING is on disk before the first byte leaves, and an act whose answer may be lost stays so until
somebody has looked. Only an act that certainly never left can be taken back.

    WAITING --mark_sending--> SENDING --mark_sent--> SENT (listed for 7 days)
                              SENDING --mark_retry--> SENDING, due later: look first, then send what is missing
                              SENDING --mark_retry(doubtful=False)--> WAITING, due later: nothing left this machine
                              SENDING --mark_refused--> REFUSED --retry_now--> WAITING
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from akson_tui.clinical.search_text import fold
from akson_tui.model.access import AccessEvent
from akson_tui.model.act import Act, ActState, Part
from akson_tui.model.entry import Entry
from akson_tui.model.ref import Ref, ref_to_text
from akson_tui.store import acts as reading
from akson_tui.store import audit, needs, overlay
from akson_tui.store.coding import encode, instant, micros, micros_or, ref_text, storable
from akson_tui.store.sql import select, value
from akson_tui.store.troubles import NotTheState

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_UNSENT = (ActState.WAITING, ActState.SENDING)


def put(
    files: Files,
    act: Act,
    draft_id: str = "",
    event: AccessEvent | None = None,
    shown: Entry | None = None,
    search: str = "",
) -> int:
    """Sign: the act into the outbox, its draft gone, `event` in the log, in one transaction on disk. Gives its order.

    `shown` is the entry as the timeline shows it until the journal has it (its ref and state are set here), `search`
    what full text finds it by. The same act again changes nothing. Tells `outbox`, `drafts`, `person`.
    """
    with files.tx("precious") as precious:
        for (number,) in select(precious, "SELECT number FROM act WHERE id = ?", (act.id,)):
            return int(number)
        text = fold(storable("\n".join((act.label, shown.title if shown is not None else "", search))))
        number = value(precious, 
            "INSERT INTO act (id, kind, source, person, patient, label, signed, draft, shown, search, state, tries,"
            " due, sent, trouble, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '', '') RETURNING number",
            (
                act.id, act.kind, act.source, act.person, ref_to_text(act.patient), storable(act.label),
                micros(act.signed), act.draft, encode(shown) if shown is not None else "", text, ActState.WAITING,
            ),
        )  # fmt: skip
        for place, part in enumerate(act.parts):
            precious.execute(
                "INSERT INTO part (act, place, full_url, type, method, body, id_system, id_value, target, done, base)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
                (number, place, part.full_url, part.type, part.method, part.body, *part.identifier,
                 ref_text(part.target), part.base),
            )  # fmt: skip
        needs.write_down(files, number, act)
        if draft_id:
            precious.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
            files.tell("drafts", draft_id)
        if event is not None:
            audit.log(files, event)
        _tell(files, act.id, act.person)
    return int(number)


def _tell(files: Files, act_id: str, person: str) -> None:
    files.tell("outbox", act_id)
    files.tell("person", person)


def acts(files: Files) -> list[Act]:
    """All that is not sent, and what was sent in the last 7 days, in the order of signing."""
    return reading.listed(files, overlay.kept_since(files))


def get(files: Files, act_id: str) -> Act | None:
    return reading.by_id(files, act_id)


def counts(files: Files) -> tuple[int, int]:
    """(on its way, refused)."""
    for waiting, refused in select(
        files.precious,
        "SELECT count(*) FILTER (WHERE state IN (?, ?)), count(*) FILTER (WHERE state = ?) FROM act",
        (*_UNSENT, ActState.REFUSED),
    ):
        return int(waiting), int(refused)
    return 0, 0


def next_due(files: Files, now: datetime) -> Act | None:
    """The act to send now, None where none is due. One in state SENDING is to be looked for first.

    Of each source strictly in the order of signing: what has to wait for its time holds up all that was signed after
    it, what was refused only what builds on it.
    """
    for number, due in _heads(files):
        if due <= micros(now):
            return reading.by_number(files, number)
    return None


def next_time(files: Files) -> datetime | None:
    """When `next_due` will next have one, as far as is known; for the one timer that this needs."""
    times = [due for _, due in _heads(files)]
    return instant(min(times)) if times else None


def _heads(files: Files) -> list[tuple[int, int]]:
    """(number, due) of each source's first act that nothing holds up, in the order of signing."""
    found = select(files.precious, "SELECT number, source, due FROM act WHERE state IN (?, ?) ORDER BY number", _UNSENT)
    heads: dict[str, tuple[int, int]] = {}
    for number, source, due in found:
        if source not in heads and not needs.blocked(files, number):
            heads[source] = (int(number), int(due))
    return sorted(heads.values())


def _change(files: Files, act_id: str, allowed: tuple[ActState, ...], state: ActState, **columns: str | int) -> None:
    """Bring an act from one of `allowed` into `state`. Raises NotTheState."""
    with files.tx("precious") as precious:
        for now, person in select(precious, "SELECT state, person FROM act WHERE id = ?", (act_id,)):
            if now not in allowed:
                raise NotTheState(f"{now} cannot become {state}")
            values = {"trouble": "", "said": "", "due": 0, "tries": 0, "sent": 0, **columns}
            precious.execute(
                "UPDATE act SET state = :state, trouble = :trouble, said = :said, due = :due,"
                " tries = tries + :tries, sent = :sent WHERE id = :id",
                {"state": state, "id": act_id, **values},
            )
            _tell(files, act_id, person)
            return
        raise NotTheState("no such act")


def mark_sending(files: Files, act_id: str) -> None:
    """On disk before this returns: from here on an answer may be lost. Raises NotTheState."""
    _change(files, act_id, _UNSENT, ActState.SENDING, tries=1)


def part_done(files: Files, act_id: str, index: int, ref: Ref) -> None:
    """The journal has part `index`, as `ref`. Raises NotTheState where it is not being sent."""
    with files.tx("precious") as precious:
        found = select(
            precious,
            "UPDATE part SET done = ?1 WHERE place = ?2"
            " AND act = (SELECT number FROM act WHERE id = ?3 AND state = ?4) RETURNING act",
            (ref_to_text(ref), index, act_id, ActState.SENDING),
        )
        if not found:
            raise NotTheState("no such part is being sent")
        for (person,) in select(precious, "SELECT person FROM act WHERE id = ?", (act_id,)):
            _tell(files, act_id, person)


def made_anew(files: Files, act_id: str, index: int, part: Part) -> None:
    """Part `index` was made again on what the journal has now; on disk before it leaves. Raises NotTheState."""
    with files.tx("precious") as precious:
        found = select(
            precious,
            "UPDATE part SET body = ?1, base = ?2, target = ?3 WHERE place = ?4 AND done = ''"
            " AND act = (SELECT number FROM act WHERE id = ?5 AND state = ?6) RETURNING act",
            (part.body, part.base, ref_text(part.target), index, act_id, ActState.SENDING),
        )
        if not found:
            raise NotTheState("no such part is being sent")


def mark_sent(files: Files, act_id: str) -> None:
    """The journal has all of it. What was sent over 7 days ago goes. Raises NotTheState where a part is missing."""
    with files.tx("precious") as precious:
        missing = select(
            precious,
            "SELECT 1 FROM part JOIN act ON act.number = part.act WHERE act.id = ? AND part.done = ''",
            (act_id,),
        )
        if missing:
            raise NotTheState("not all parts are done")
        _change(files, act_id, (ActState.SENDING,), ActState.SENT, sent=micros(files.clock()))
        old = select(
            precious, "SELECT number FROM act WHERE state = ? AND sent < ?", (ActState.SENT, overlay.kept_since(files))
        )
        for (number,) in old:
            _delete(files, int(number))


def mark_refused(files: Files, act_id: str, trouble: str, said: str = "") -> None:
    """The journal said no, and will again. Its answer in words is kept; a person decides. Raises NotTheState."""
    _change(files, act_id, _UNSENT, ActState.REFUSED, trouble=trouble, said=storable(said))


def mark_retry(files: Files, act_id: str, due: datetime | None, trouble: str, doubtful: bool = True) -> None:
    """Not done now; try again at `due` (None: whenever the line is there). Raises NotTheState.

    `doubtful`: something may have arrived, so it stays SENDING. False only where certainly nothing did: no connection
    was made, or the journal answered that it took nothing.
    """
    state = ActState.SENDING if doubtful else ActState.WAITING
    _change(files, act_id, _UNSENT, state, trouble=trouble, due=micros_or(due, 0))


def retry_now(files: Files, act_id: str) -> bool:
    """Make an act due now, a refused one again; False where it is sent or gone."""
    with files.tx("precious") as precious:
        for (state,) in select(precious, "SELECT state FROM act WHERE id = ?", (act_id,)):
            if state == ActState.SENT:
                return False
            # A refused act of which parts arrived has to be looked for, as one whose answer was lost.
            again = ActState.SENDING if state == ActState.SENDING or _begun(files, act_id) else ActState.WAITING
            _change(files, act_id, (ActState(state),), again)
            return True
    return False


def _begun(files: Files, act_id: str) -> bool:
    return bool(
        select(
            files.precious,
            "SELECT 1 FROM part JOIN act ON act.number = part.act WHERE act.id = ? AND part.done != ''",
            (act_id,),
        )
    )


def take_back(files: Files, act_id: str) -> Act | None:
    """Take an act out of the outbox, for its draft to be written on; None where it can no longer be.

    It can while it is WAITING or REFUSED, nothing of it has arrived and no later act names it.
    """
    return _out(files, act_id)


def remove(files: Files, act_id: str) -> bool:
    """Take an act out of the outbox for good; under the same conditions, or where it is sent."""
    act = reading.by_id(files, act_id)
    if act is not None and act.state is ActState.SENT:
        with files.tx("precious"):
            _delete(files, act.order)
            _tell(files, act_id, act.person)
        return True
    return _out(files, act_id) is not None


def _out(files: Files, act_id: str) -> Act | None:
    with files.tx("precious"):
        act = reading.by_id(files, act_id)
        if act is None or act.state not in (ActState.WAITING, ActState.REFUSED):
            return None
        if any(part.done is not None for part in act.parts) or needs.relied_on(files, act.order):
            return None
        _delete(files, act.order)
        _tell(files, act_id, act.person)
    return act


def _delete(files: Files, number: int) -> None:
    needs.forget(files, number)
    files.precious.execute("DELETE FROM part WHERE act = ?", (number,))
    files.precious.execute("DELETE FROM act WHERE number = ?", (number,))
