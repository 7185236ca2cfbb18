"""A site's settings for all users of a machine: a user's go over them, and `--home` knows nothing of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from akson_tui.config import paths
from akson_tui.config.load import Flags, SettingsWrong, load

SITE = 'name = "By"\nenvironment = "{name}"\n\n[[source]]\nid = "kommune"\nbase = "https://journal.invalid/fhir"\n'


@pytest.fixture
def etc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What stands for /etc/akson-tui; the user's own folder is `tmp_path/own/akson-tui`."""
    shared = tmp_path / "etc"
    (shared / "sites").mkdir(parents=True)
    (shared / "config.toml").write_text('site = "by"\nlang = "nn"\ntheme = "dark"\n')
    (shared / "sites" / "by.toml").write_text(SITE.format(name="FELLES"))
    monkeypatch.setattr(paths, "SHARED", shared)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    return shared


def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own" / "akson-tui"
    (folder / "sites").mkdir(parents=True)
    return folder


def test_a_user_without_settings_has_the_sites(etc: Path) -> None:
    settings = load(Flags(), {})
    assert (settings.site.environment, settings.language, settings.theme) == ("FELLES", "nn", "dark")


def test_a_users_own_go_over_them_key_by_key(etc: Path, tmp_path: Path) -> None:
    (own(tmp_path) / "config.toml").write_text('lang = "en"\n')
    settings = load(Flags(), {})
    assert (settings.site.environment, settings.language, settings.theme) == ("FELLES", "en", "dark")


def test_a_users_own_site_goes_before_the_shared_one(etc: Path, tmp_path: Path) -> None:
    (own(tmp_path) / "sites" / "by.toml").write_text(SITE.format(name="MIN"))
    assert load(Flags(), {}).site.environment == "MIN"


def test_a_mistake_in_the_shared_file_names_it(etc: Path) -> None:
    (etc / "config.toml").write_text('site = "by"\ncolour = 1\n')
    with pytest.raises(SettingsWrong) as wrong:
        load(Flags(), {})
    assert f"{etc}/config.toml:2: colour: " in str(wrong.value)


def test_home_holds_everything(etc: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong):
        load(Flags(home=str(tmp_path / "home")), {})
    assert paths.places(str(tmp_path / "home")).shared is None
