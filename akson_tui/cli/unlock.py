"""Where the data key comes from when the workstation starts, and the questions that a person may be asked for it.

The order: memory (synthetic data without a home), the key store, `AKSON_PASSPHRASE`, the passphrase file, the terminal.
A passphrase is asked on /dev/tty and stands in no argument, environment of a child, or log.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from akson_tui.config.settings import Settings
from akson_tui.i18n import _
from akson_tui.store import keys
from akson_tui.store.troubles import NoKey, WrongPassphrase

TRIES = 3
SHORTEST = 8
"""Characters of a new passphrase; the site's own rules may ask for more."""


class Locked(Exception):
    """The store was not unlocked; the text says why, in the user's language."""


def data_key(settings: Settings, directory: Path) -> bytes:
    """The 32 bytes that open this user's files. Raises Locked."""
    if settings.memory_key:
        return keys.new()
    if settings.ask_nothing:
        return keys.open_unguarded(directory)
    given = _given(settings)
    try:
        if not keys.exists(directory):
            return keys.create(directory, given or (None if keys.keystore_works() else _new_passphrase()))
        return keys.unlock(directory, given)
    except NoKey:
        pass
    except WrongPassphrase:
        raise Locked(_("Passfrasen passer ikke. Dataene er urørt.")) from None
    return _ask(lambda phrase: keys.unlock(directory, phrase))


def _given(settings: Settings) -> str | None:
    phrase = os.environ.pop("AKSON_PASSPHRASE", None)
    if phrase:
        return phrase
    if not settings.passphrase_file:
        return None
    try:
        with open(settings.passphrase_file, encoding="utf-8") as held:
            return held.readline(4096).rstrip("\r\n") or None
    except (OSError, UnicodeDecodeError):
        raise Locked(_("Passfrasen kunne ikke leses fra {file}").format(file=settings.passphrase_file)) from None


def _ask(unlock: Callable[[str], bytes]) -> bytes:
    for _try in range(TRIES):
        try:
            return unlock(_secret(_("Passfrase: ")))
        except WrongPassphrase:
            print(_("Passfrasen passer ikke."), file=sys.stderr)
    raise Locked(_("Ikke låst opp. Dataene er urørt."))


def _new_passphrase() -> str:
    print(_("Første gang her: velg en passfrase som låser dataene på denne maskinen."), file=sys.stderr)
    for _try in range(TRIES):
        first = _secret(_("Ny passfrase (minst {n} tegn): ").format(n=SHORTEST))
        if len(first) < SHORTEST:
            print(_("Den er for kort."), file=sys.stderr)
        elif first != _secret(_("En gang til: ")):
            print(_("De to er ikke like."), file=sys.stderr)
        else:
            return first
    raise Locked(_("Ingen passfrase ble valgt. Ingenting er lagret."))


def _secret(prompt: str) -> str:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))  # getpass would read it from stdin instead: a note, say
    except OSError:
        raise Locked(_("Låst, og ingen terminal å spørre på. Sett AKSON_PASSPHRASE eller --passphrase-file.")) from None
    try:
        return getpass.getpass(prompt)
    except (EOFError, KeyboardInterrupt):
        raise Locked(_("Avbrutt. Dataene er urørt.")) from None
