"""Settings: which word counts, and what a mistake says."""

from __future__ import annotations

from pathlib import Path

import pytest

from akson_tui.config.load import Flags, SettingsWrong, fixed_time, is_loopback, load

JOURNAL = "http://127.0.0.1:8181/fhir"


def home(tmp_path: Path, config: str = "", **sites: str) -> str:
    (tmp_path / "sites").mkdir()
    if config:
        (tmp_path / "config.toml").write_text(config)
    for name, text in sites.items():
        (tmp_path / "sites" / f"{name}.toml").write_text(text)
    return str(tmp_path)


def test_a_journal_alone_is_enough_and_names_the_site_after_host_and_port(tmp_path: Path) -> None:
    settings = load(Flags(home=home(tmp_path), journal=JOURNAL + "/"), {})
    assert settings.site.name == "127.0.0.1_8181"
    assert settings.site.unnamed
    assert settings.site.sources[0].base == JOURNAL
    assert settings.language == "nb"


def test_a_flag_goes_before_a_variable_before_the_file(tmp_path: Path) -> None:
    where = home(tmp_path, f'theme = "dark"\nlang = "nn"\nuser = "a"\njournal = "{JOURNAL}"\n')
    settings = load(Flags(home=where, user="c"), {"AKSON_USER": "b", "AKSON_THEME": "light"})
    assert (settings.user, settings.theme, settings.language) == ("c", "light", "nn")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ('theme = "dark"\nmouse = "yes"\n', "config.toml:2: mouse: "),
        ('theme = "dark"\n\ncolour = 1\n', "config.toml:3: colour: "),
        ('lang = "se"\n', "config.toml:1: lang: "),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, config: str, said: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load(Flags(home=home(tmp_path, config), journal=JOURNAL), {})
    assert said in str(wrong.value)


SITE = """name = "Kristiansand"
environment = "TEST"

[[source]]
id = "kommune"
base = "https://journal.invalid/fhir"

[[source]]
id = "sykehus"
base = "https://helse.invalid/fhir"
get_search = {get_search}
"""


def test_a_site_lists_its_sources(tmp_path: Path) -> None:
    settings = load(Flags(home=home(tmp_path, krs=SITE.format(get_search="true")), site="krs"), {})
    assert settings.site.environment == "TEST"
    assert [(one.id, one.get_search) for one in settings.site.sources] == [("kommune", False), ("sykehus", True)]


def test_a_mistake_in_the_second_source_is_told_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load(Flags(home=home(tmp_path, krs=SITE.format(get_search='"ja"')), site="krs"), {})
    assert "krs.toml:11: source.1.get_search: " in str(wrong.value)


def test_a_file_that_was_found_right_is_not_checked_again_until_it_changes(tmp_path: Path) -> None:
    where = home(tmp_path, f'journal = "{JOURNAL}"\n')
    load(Flags(home=where), {})
    assert len(list((tmp_path / "run").glob("checked-config-*"))) == 1
    (tmp_path / "config.toml").write_text("nonsense = 1\n")
    with pytest.raises(SettingsWrong):
        load(Flags(home=where, journal=JOURNAL), {})


def test_plain_http_goes_to_this_machine_only_or_with_insecure(tmp_path: Path) -> None:
    where = home(tmp_path)
    with pytest.raises(SettingsWrong):
        load(Flags(home=where, journal="http://journal.invalid/fhir"), {})
    assert load(Flags(home=where, journal="http://journal.invalid/fhir", insecure=True), {}).insecure
    assert not load(Flags(home=where, journal=JOURNAL, insecure=True), {}).insecure


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:1/f", "http://localhost/f", "http://[::1]:8/f", "http://127.9.9.9/"]
)
def test_loopback(base: str) -> None:
    assert is_loopback(base)


def test_a_time_without_offset_is_oslos() -> None:
    at = fixed_time("2026-11-24T09:30")
    assert at is not None and at.isoformat() == "2026-11-24T09:30:00+01:00"
    with pytest.raises(SettingsWrong):
        fixed_time("i morgen")


def test_without_a_journal_the_user_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="akson-tui demo"):
        load(Flags(home=home(tmp_path)), {})
