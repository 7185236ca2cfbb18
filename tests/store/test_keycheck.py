"""Whether a key is right, without telling anything of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from akson_tui.store import keycheck
from tests.store.given import KEY


def test_the_right_key_fits_and_no_other(tmp_path: Path) -> None:
    (tmp_path / keycheck.KEYS).write_text(json.dumps({"check": keycheck.value(KEY), "ways": {}}))
    assert keycheck.fits(tmp_path, KEY) is True
    assert keycheck.fits(tmp_path, KEY[::-1]) is False
    assert KEY.hex()[:8] not in keycheck.value(KEY)


@pytest.mark.parametrize("text", ["", "{}", "[]", "7"])
def test_where_there_is_no_value_nobody_knows(tmp_path: Path, text: str) -> None:
    assert keycheck.fits(tmp_path, KEY) is None
    (tmp_path / keycheck.KEYS).write_text(text)
    assert keycheck.fits(tmp_path, KEY) is None


def test_a_value_of_another_kind_fits_nothing(tmp_path: Path) -> None:
    (tmp_path / keycheck.KEYS).write_text('{"check": 7}')
    assert keycheck.fits(tmp_path, KEY) is False
