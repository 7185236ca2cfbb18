"""The data key: wrapped for each way in, a key store believed only when it gives back what it got."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from akson_tui.store import keycheck, keys
from akson_tui.store.troubles import KeyStoreTrouble, KeyTrouble, NoKey, WrongPassphrase


class Ring(KeyringBackend):
    """A key store in memory, which can be made to misbehave."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.mood = "good"

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.mood == "missing":
            raise RuntimeError("no D-Bus")
        if self.mood != "forgets":
            self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.mood == "missing":
            raise RuntimeError("no D-Bus")
        if self.mood == "lies":
            return "not hexadecimal"
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError("not found")
        del self.held[service, username]


@pytest.fixture
def ring() -> object:
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The least stretching that a key file may ask for; the real one is tested once."""
    if "slow" not in request.node.name:
        monkeypatch.setattr(keys, "_MEMORY_KIB", 8 * 1024)
        monkeypatch.setattr(keys, "_PASSES", 1)


def test_a_passphrase_opens_what_it_locked_and_no_other_does(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "fjellvett på hytta")
    assert len(key) == 32 and keys.unlock(tmp_path, "fjellvett på hytta") == key
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, "fjellvett pa hytta")
    with pytest.raises(NoKey):
        keys.unlock(tmp_path)
    assert keys.ways(tmp_path) == {"passphrase"}


def test_the_same_letters_typed_on_another_machine_open_it(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "bl\u00e5b\u00e6r")
    assert keys.unlock(tmp_path, "bla\u030ab\u00e6r") == key


def test_slow_stretching_is_what_was_decided(tmp_path: Path) -> None:
    keys.create(tmp_path, "x")
    wrap = json.loads((tmp_path / "keys.json").read_text())["ways"]["passphrase"]
    assert (wrap["memory_kib"], wrap["passes"]) == (64 * 1024, 3)
    assert keys.unlock(tmp_path, "x")


def test_nothing_secret_stands_in_the_key_file(tmp_path: Path, ring: Ring) -> None:
    key = keys.create(tmp_path, "hemmelig")
    keys.set_keystore(tmp_path, key)
    text = (tmp_path / "keys.json").read_text()
    outer = next(iter(ring.held.values()))
    for secret in (key.hex(), "hemmelig", b"hemmelig".hex(), outer):
        assert secret not in text
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_new_passphrase_leaves_the_key_and_shuts_the_old_one_out(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "gammel")
    keys.set_passphrase(tmp_path, key, "ny")
    assert keys.unlock(tmp_path, "ny") == key
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, "gammel")
    with pytest.raises(KeyTrouble):
        keys.set_passphrase(tmp_path, keys.new(), "annet")


def test_the_key_store_opens_without_a_question(tmp_path: Path, ring: Ring) -> None:
    assert keys.keystore_works() and ring.held == {}
    key = keys.create(tmp_path, None)
    assert keys.unlock(tmp_path) == key == keys.unlock(tmp_path, "spurt likevel")
    keys.set_passphrase(tmp_path, key, "x")
    ring.mood = "missing"
    with pytest.raises(NoKey):
        keys.unlock(tmp_path)
    assert keys.unlock(tmp_path, "x") == key


@pytest.mark.parametrize("mood", ["missing", "forgets", "lies"])
def test_a_key_store_that_does_not_give_back_is_not_believed(tmp_path: Path, ring: Ring, mood: str) -> None:
    ring.mood = mood
    assert not keys.keystore_works()
    with pytest.raises(KeyStoreTrouble):
        keys.create(tmp_path, None)
    assert not keys.exists(tmp_path)
    key = keys.create(tmp_path, "x")
    with pytest.raises(KeyStoreTrouble):
        keys.set_keystore(tmp_path, key)
    assert keys.ways(tmp_path) == {"passphrase"}


def test_a_way_can_be_forgotten_but_not_the_last(tmp_path: Path, ring: Ring) -> None:
    key = keys.create(tmp_path, "x")
    keys.set_keystore(tmp_path, key)
    keys.forget(tmp_path, "keystore")
    assert ring.held == {} and keys.ways(tmp_path) == {"passphrase"}
    with pytest.raises(KeyTrouble):
        keys.forget(tmp_path, "passphrase")
    assert keys.unlock(tmp_path, "x") == key


def test_keys_are_not_made_where_there_are_files_already(tmp_path: Path) -> None:
    keys.create(tmp_path, "x")
    with pytest.raises(KeyTrouble):
        keys.create(tmp_path, "y")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "precious.db").touch()
    with pytest.raises(KeyTrouble):
        keys.create(tmp_path / "other", "y")


def test_synthetic_data_opens_without_a_question_and_guarded_data_does_not(tmp_path: Path) -> None:
    key = keys.open_unguarded(tmp_path / "demo")
    assert keys.open_unguarded(tmp_path / "demo") == key
    assert key.hex() not in (tmp_path / "demo" / "keys.json").read_text()
    keys.create(tmp_path / "real", "x")
    with pytest.raises(NoKey):
        keys.open_unguarded(tmp_path / "real")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"ways":[]}', '{"ways":{"passphrase":{"way":"passphrase"}}}', '{"check":1,"ways":{}}'],
)
def test_a_damaged_key_file_is_told_as_no_key(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(NoKey):
        keys.unlock(tmp_path, "x")


@pytest.mark.parametrize(
    ("field", "value"),
    [("memory_kib", 2**40), ("passes", 10**9), ("lanes", 0), ("memory_kib", 1), ("salt", "zz"), ("wrapped", "00")],
)
def test_a_key_file_that_was_tampered_with_neither_opens_nor_hangs(tmp_path: Path, field: str, value: object) -> None:
    keys.create(tmp_path, "x")
    held = json.loads((tmp_path / "keys.json").read_text())
    held["ways"]["passphrase"][field] = value
    (tmp_path / "keys.json").write_text(json.dumps(held))
    with pytest.raises((NoKey, WrongPassphrase)):
        keys.unlock(tmp_path, "x")


def test_whether_a_key_is_right_is_known_without_opening(tmp_path: Path) -> None:
    assert keycheck.fits(tmp_path, keys.new()) is None
    key = keys.create(tmp_path, "x")
    assert keycheck.fits(tmp_path, key) is True and keycheck.fits(tmp_path, keys.new()) is False
