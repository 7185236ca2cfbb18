"""The rule by which rows of an open list never shift: which snapshots see which placing of an entry.

A list is read as of a snapshot, which is a number of `sequence`. A person's `claim` is how far back the list is whole:
nothing older is given. The claim goes back as older pages come (then rows are added below), or forward, when a fetch
after a long time does not yet reach what is held; `epoch` is the number of the last time that it went forward. Since
then it has only gone back.

Each version of an entry that is put makes a *placing*, seen by the snapshots S with since <= S < gone:
- put where the list already reaches (sort >= claim): it would come in between what is shown, so only lists read from
  now on see it (`since` = this number);
- put further back than the list reaches: nobody can have been given anything at or below its place since the epoch, so
  every list of this epoch may see it, below all it has, once the claim gets there (`since` = epoch).
The version's former placing is gone from where the new one begins, so each snapshot sees exactly one; it shows the new
text at its old place. So for a given S the rows once given stay, in the same order, and new ones come only at the end,
as long as the claim does not go forward; when it does, rows vanish from the end and come back the same.

Easy to get wrong: put the rows first, then set the claim that covers them. The other way round they wait for F5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

NOTHING = 2**62
"""Nothing is claimed: nobody has fetched yet."""
WHOLE = -(2**62)
"""The list is whole. Also the sort key of entries without a time, which are given, last, where it is."""


def since(files: Files, pid: int, sort: int) -> int:
    """From which snapshot a placing at `sort` is seen that is put now, in this transaction on the cache."""
    for claim, epoch in select(files.cache, "SELECT claim, epoch FROM person WHERE pid = ?", (pid,)):
        if sort < claim:
            return int(epoch)
    return files.sequence()


def get(files: Files, pid: int) -> int:
    for (claim,) in select(files.cache, "SELECT claim FROM person WHERE pid = ?", (pid,)):
        return int(claim)
    return NOTHING


def set_claim(files: Files, pid: int, claim: int) -> None:
    """Let the list reach back to `claim` (microseconds, WHOLE, NOTHING). Within a transaction on the cache."""
    before = get(files, pid)
    files.sequence()
    if claim > before:
        files.cache.execute("UPDATE person SET epoch = ? WHERE pid = ?", (files.sequence(), pid))
    elif claim < before == NOTHING:
        _below_acts(files, pid)
    files.cache.execute("UPDATE person SET claim = ? WHERE pid = ?", (claim, pid))


def _below_acts(files: Files, pid: int) -> None:
    """What we wrote ourselves is given even where nothing was fetched: what stands above it waits for a new list."""
    oldest = None
    names = files.cache.execute("SELECT name FROM person_name WHERE pid = ?", (pid,))
    for (name,) in names.fetchall():
        for (signed,) in select(files.precious, "SELECT min(signed) FROM act WHERE person = ?", (name,)):
            if signed is not None:
                oldest = signed if oldest is None else min(oldest, signed)
    if oldest is not None:
        files.cache.execute(
            "UPDATE placing SET since = ? WHERE pid = ? AND sort >= ? AND gone = 0",
            (files.sequence(), pid, oldest),
        )
