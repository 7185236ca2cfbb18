"""The data key: 32 random bytes that open the files, wrapped once for each way to unlock.

Easy to get wrong: a key store that says nothing when it forgets. It is believed only after what was written was read
back, and a new way is written down before an old one goes. `keys.json` holds wrapped keys only, so losing every way is
losing the files.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from akson_tui.store import keycheck
from akson_tui.store.troubles import KeyStoreTrouble, KeyTrouble, NoKey, WrongPassphrase

_SIZE = 32
_NONCE = 12
_SERVICE = "akson-tui"
_MEMORY_KIB = 64 * 1024
_PASSES = 3
_LANES = 1
PASSPHRASE = "passphrase"
KEYSTORE = "keystore"
UNGUARDED = "unguarded"
_SYNTHETIC = b"synthetic data only"

Wrap = dict[str, Any]


def new() -> bytes:
    """A data key that is kept nowhere: gone with the process."""
    return secrets.token_bytes(_SIZE)


def exists(directory: Path) -> bool:
    return (directory / keycheck.KEYS).exists()


def create(directory: Path, passphrase: str | None) -> bytes:
    """A new data key, wrapped by `passphrase` or, without one, by the key store.

    Raises KeyTrouble where there are keys or files already, KeyStoreTrouble.
    """
    if exists(directory) or (directory / "precious.db").exists():
        raise KeyTrouble("there are keys or files already")
    key = new()
    _add(directory, key, _by_passphrase(key, passphrase) if passphrase is not None else _by_keystore(key))
    return key


def unlock(directory: Path, passphrase: str | None = None) -> bytes:
    """The data key, by `passphrase` where one is given and the files know one, else by the key store.

    Raises WrongPassphrase; NoKey where no way is left to try.
    """
    ways = _read(directory)["ways"]
    if passphrase is not None and PASSPHRASE in ways:
        return _checked(directory, _unwrap(ways[PASSPHRASE], _stretched(passphrase, ways[PASSPHRASE])))
    if KEYSTORE in ways:
        with contextlib.suppress(KeyStoreTrouble):  # missing or locked here, as over SSH: another way is asked for
            outer = _keystore().get(str(ways[KEYSTORE]["name"]))
            if outer is not None:
                return _checked(directory, _unwrap(ways[KEYSTORE], outer))
    raise NoKey("no way to unlock")


def open_unguarded(directory: Path) -> bytes:
    """The key of synthetic data, made at first: anybody who can read the files can open them. Raises NoKey."""
    if not exists(directory):
        key = new()
        salt = secrets.token_bytes(16)
        _add(directory, key, {"way": UNGUARDED, "salt": salt.hex(), **_wrapped(key, _synthetic(salt))})
        return key
    ways = _read(directory)["ways"]
    if UNGUARDED not in ways:
        raise NoKey("these files are guarded")
    return _checked(directory, _unwrap(ways[UNGUARDED], _synthetic(bytes.fromhex(ways[UNGUARDED]["salt"]))))


def set_passphrase(directory: Path, key: bytes, passphrase: str) -> None:
    """Wrap the data key anew; the files stay as they are. Raises KeyTrouble where `key` is not theirs."""
    _add(directory, _checked(directory, key), _by_passphrase(key, passphrase))


def set_keystore(directory: Path, key: bytes) -> None:
    """Let the key store open the files too. Raises KeyStoreTrouble, and nothing has changed then."""
    _add(directory, _checked(directory, key), _by_keystore(key))


def forget(directory: Path, way: str) -> None:
    """Remove one way to unlock. Raises KeyTrouble where it is the last."""
    held = _read(directory)
    if set(held["ways"]) <= {way}:
        raise KeyTrouble("the last way to unlock")
    gone = held["ways"].pop(way, None)
    _write(directory, held)
    if way == KEYSTORE and gone is not None:
        with contextlib.suppress(KeyStoreTrouble):  # without its wrap, what stays there opens nothing
            _keystore().delete(str(gone["name"]))


def ways(directory: Path) -> frozenset[str]:
    """By what the files can be unlocked. Raises NoKey where there is no key file."""
    return frozenset(_read(directory)["ways"])


def keystore_works() -> bool:
    """Write a random value to the system's key store, read it back, remove it."""
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_bytes(_SIZE)
    try:
        store = _keystore()
        store.put(name, value)
        store.delete(name)
    except KeyStoreTrouble:
        return False
    return True


# -- wraps


def _by_passphrase(key: bytes, passphrase: str) -> Wrap:
    wrap: Wrap = {
        "way": PASSPHRASE,
        "salt": secrets.token_hex(16),
        "memory_kib": _MEMORY_KIB,
        "passes": _PASSES,
        "lanes": _LANES,
    }
    return {**wrap, **_wrapped(key, _stretched(passphrase, wrap))}


def _by_keystore(key: bytes) -> Wrap:
    name, outer = f"data-key-{secrets.token_hex(8)}", secrets.token_bytes(_SIZE)
    _keystore().put(name, outer)
    return {"way": KEYSTORE, "name": name, **_wrapped(key, outer)}


def _stretched(passphrase: str, wrap: Wrap) -> bytes:
    """Argon2id, some 110 ms. What the file asks for is bounded: it may have been tampered with."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        memory, passes, lanes = int(wrap["memory_kib"]), int(wrap["passes"]), int(wrap["lanes"])
        salt = bytes.fromhex(wrap["salt"])
    except (ValueError, KeyError, TypeError):
        raise NoKey("the key file cannot be read") from None
    if not (8 * 1024 <= memory <= 1024 * 1024 and 1 <= passes <= 32 and 1 <= lanes <= 16):
        raise NoKey("the key file asks for what we do not do")
    said = unicodedata.normalize("NFKC", passphrase)  # å is typed as one character here and as two there
    return Argon2id(salt=salt, length=_SIZE, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        said.encode("utf-8", "surrogatepass")
    )


def _synthetic(salt: bytes) -> bytes:
    return blake2b(_SYNTHETIC, salt=salt, digest_size=_SIZE).digest()


def _wrapped(key: bytes, outer: bytes) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(_NONCE)
    return {"nonce": nonce.hex(), "wrapped": ChaCha20Poly1305(outer).encrypt(nonce, key, b"akson data key").hex()}


def _unwrap(wrap: Wrap, outer: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(outer).decrypt(
            bytes.fromhex(wrap["nonce"]), bytes.fromhex(wrap["wrapped"]), b"akson data key"
        )
    except InvalidTag:
        if wrap["way"] == PASSPHRASE:
            raise WrongPassphrase("the passphrase does not fit") from None
        raise NoKey("the wrapped key cannot be read") from None
    except (ValueError, KeyError, TypeError):
        raise NoKey("the key file cannot be read") from None


def _checked(directory: Path, key: bytes) -> bytes:
    if keycheck.fits(directory, key) is False:
        raise KeyTrouble("not the key of these files")
    return key


# -- the key file


def _read(directory: Path) -> dict[str, Any]:
    try:
        held = json.loads((directory / keycheck.KEYS).read_text("utf-8"))
        if not isinstance(held["ways"], dict):
            raise TypeError
    except FileNotFoundError:
        raise NoKey("there is no key file") from None
    except (ValueError, KeyError, TypeError):
        raise NoKey("the key file cannot be read") from None
    found: dict[str, Any] = held
    return found


def _add(directory: Path, key: bytes, wrap: Wrap) -> None:
    held: dict[str, Any] = _read(directory) if exists(directory) else {"check": keycheck.value(key), "ways": {}}
    held["ways"][wrap["way"]] = wrap
    _write(directory, held)


def _write(directory: Path, held: dict[str, Any]) -> None:
    """All or nothing, on disk before the old one is gone."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    new_file = directory / f"{keycheck.KEYS}.new"
    new_file.unlink(missing_ok=True)
    descriptor = os.open(new_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(held, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new_file.rename(directory / keycheck.KEYS)
    folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# -- the system's key store


class _KeyStore:
    """keyring, each of its many failures as one trouble."""

    def _call(self, act: Callable[[Any], Any]) -> Any:
        try:
            import keyring

            return act(keyring)
        except Exception as error:  # backends raise whatever their system raises
            raise KeyStoreTrouble(type(error).__name__) from None

    def put(self, name: str, value: bytes) -> None:
        """Write, and read back. Raises KeyStoreTrouble where something else, or nothing, comes back."""
        self._call(lambda ring: ring.set_password(_SERVICE, name, value.hex()))
        if self.get(name) != value:
            raise KeyStoreTrouble("the key store forgets")

    def get(self, name: str) -> bytes | None:
        text = self._call(lambda ring: ring.get_password(_SERVICE, name))
        try:
            return bytes.fromhex(text) if text else None
        except (ValueError, TypeError):
            raise KeyStoreTrouble("the key store gives something else back") from None

    def delete(self, name: str) -> None:
        self._call(lambda ring: ring.delete_password(_SERVICE, name))


def _keystore() -> _KeyStore:
    return _KeyStore()
