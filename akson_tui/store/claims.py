"""The rule by which rows of an open list never shift: which snapshots see which placing of an entry.

A list is read as of a snapshot, which is a number of `sequence`. A person's `claim` is how far back the list is whole:
nothing older is given. The claim goes back as older pages come (then rows are added below), or forward, when a fetch
after a long time does not yet reach what is held; `epoch` is the number of the last time that it went forward. Since
then it has only gone back.

Our own acts are given whatever is claimed. So where a list already has something is told by its `floor`: the claim, or
the oldest act about the person that the outbox still holds, whichever lies further back.

Each version of an entry that is put makes a *placing*, seen by the snapshots S with since <= S < gone:
- put at or above the floor: it would come in between what is shown, so only lists read from now on see it (`since` =
  this number);
- put below the floor: nobody can have been given anything at or below its place since the epoch, so every list of this
  epoch may see it, below all it has, once the claim gets there (`since` = epoch).
The version's former placing is gone from where the new one begins, so each snapshot sees exactly one; it shows the new
text at its old place. So for a given S the rows once given stay, in the same order, and new ones come only at the end,
as long as the claim does not go forward; when it does, rows vanish from the end, to be given again when it goes back.

Easy to get wrong: put the rows first, then set the claim that covers them. The other way round they wait for F5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.store.sql import first, select, value

if TYPE_CHECKING:
    from akson_tui.store.files import Files

FIRST = 1
"""The first snapshot and the first epoch; 0 stands for none."""
NOTHING = 2**62
"""Nothing is claimed: nobody has fetched yet."""
WHOLE = -(2**62)
"""The list is whole. Also the sort key of entries without a time, which are given, last, where it is."""


def since(files: Files, pid: int, sort: int) -> int:
    """From which snapshot a placing at `sort` is seen that is put now, in this transaction on the cache."""
    floor, epoch = _floor(files, pid)
    return epoch if sort < floor else files.sequence()


def get(files: Files, pid: int) -> int:
    """How far back the list is whole; NOTHING for a person who is not known."""
    return int(value(files.cache, "SELECT claim FROM person WHERE pid = ?", (pid,), NOTHING))


def set_claim(files: Files, pid: int, claim: int) -> None:
    """Let the list reach back to `claim` (microseconds, WHOLE, NOTHING). Within a transaction on the cache."""
    before = get(files, pid)
    now = files.sequence()
    if claim > before:
        files.cache.execute("UPDATE person SET epoch = ? WHERE pid = ?", (now, pid))
    elif claim < before:
        # What was put below the old claim before the act was signed that it would now come in above.
        above = max(claim, _oldest_act(files, pid))
        files.cache.execute(
            "UPDATE placing SET since = ? WHERE pid = ? AND sort >= ? AND sort < ?", (now, pid, above, before)
        )
    files.cache.execute("UPDATE person SET claim = ? WHERE pid = ?", (claim, pid))
    files.floors.clear()


def _floor(files: Files, pid: int) -> tuple[int, int]:
    """(floor, epoch), looked up once in a transaction."""
    known = files.floors.get(pid)
    if known is None:
        found = first(files.cache, "SELECT claim, epoch FROM person WHERE pid = ?", (pid,))
        claim, epoch = found if found is not None else (NOTHING, FIRST)
        known = files.floors[pid] = (min(claim, _oldest_act(files, pid)), epoch)
    return known


def _oldest_act(files: Files, pid: int) -> int:
    names = select(files.cache, "SELECT name FROM person_name WHERE pid = ?", (pid,))
    signed = (value(files.precious, "SELECT min(signed) FROM act WHERE person = ?", name) for name in names)
    return min((at for at in signed if at is not None), default=NOTHING)
