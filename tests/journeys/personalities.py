"""The servers that the sandbox can pass for, and what a nurse sees of what each lacks: for a journey, and for docs.

`lack` is what stands beside the state of the line once she has signed (or, where nothing can be signed, read); '' where
she sees no difference.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Personality:
    """`name` as in the sandbox's servers.toml; `note` what `w` says where no note is taken; `leave`: the site's leave
    to put names in addresses is given."""

    name: str
    lack: str = ""
    note: str = ""
    leave: bool = False


PERSONALITIES = (
    Personality("full"),
    Personality("no-if-none-exist", "dobbeltsending hindres her"),
    Personality("no-transactions", "notat og målinger sendes hver for seg"),
    Personality("no-sort", "sender ikke det nyeste først"),
    Personality("no-last-updated", "kan ikke spørres om hva som er nytt"),
    Personality("read-only", "tar ikke imot notater", note="Denne journalen tar ikke imot notater"),
    Personality("get-search-only", "navn og nummer går i adressen", leave=True),
    Personality("update-as-create"),
    Personality("claims-more", "notat og målinger sendes hver for seg"),
    Personality("everybodys-rows", "sender andres rader også: de kastes (+2)"),
    Personality("stale-if-match", "samtidige endringer sjekkes her"),
)
