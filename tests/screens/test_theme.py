"""Themes are data."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from akson_tui.screens import theme
from tests.screens.people import FakeWorkspace
from tests.screens.seeing import workstation

SHIPPED = ("dark", "high-contrast", "light", "monochrome", "sixteen", "terminal")


def test_the_themes_that_are_promised_are_there() -> None:
    assert set(theme.names()) >= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_theme_marks_what_is_critical(name: str) -> None:
    loaded = theme.load(name)
    assert loaded.ink("critical")
    assert not loaded.ink("")
    assert loaded.title


def test_the_default_paints_no_ground_of_its_own() -> None:
    loaded = theme.load(theme.DEFAULT)
    assert loaded.textual.ansi
    assert loaded.textual.background == "ansi_default"
    assert all(style.background is None for style in loaded.inks.values())


def test_monochrome_has_no_colour_at_all() -> None:
    assert all(style.foreground is None for style in theme.load("monochrome").inks.values())


@pytest.mark.parametrize("name", ["dark", "light", "high-contrast"])
def test_a_theme_with_its_own_ground_can_be_read(name: str) -> None:
    """WCAG 2.1: 4.5 : 1 at least, for each ink on the theme's ground."""
    loaded = theme.load(name)
    ground = Color.parse(loaded.textual.background or "")
    inks = [style.foreground for style in loaded.inks.values() if style.foreground is not None]
    for colour in [Color.parse(loaded.textual.foreground or ""), *inks]:
        assert contrast(colour, ground) >= 4.5, colour.hex


def contrast(one: Color, other: Color) -> float:
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_ones_own_folder_comes_first_and_adds_themes(tmp_path: Path) -> None:
    (tmp_path / "dark.toml").write_text('title = "Min"\n[inks]\nheading = "bold green"\n')
    (tmp_path / "mine.toml").write_text('title = "Også min"\n')
    assert theme.load("dark", tmp_path).title == "Min"
    assert theme.load("mine", tmp_path).title == "Også min"
    assert "mine" in theme.names(tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        '[inks]\nheading = "bold red blue"\n',
        '[inks]\nunknown = "red"\n',
        '[inks]\nheading = "no-colour"\n',
        "[ground]\ntext = 3\n",
        "inks = 3\n",
        "title = ",
    ],
)
def test_a_wrong_theme_is_named_with_its_file(written: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(written)
    with pytest.raises(theme.ThemeUnreadable, match=r"wrong\.toml"):
        theme.load("wrong", tmp_path)


def test_a_theme_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(theme.ThemeUnreadable, match="monochrome"):
        theme.load("finnesikke")
    with pytest.raises(theme.ThemeUnreadable):
        theme.load("../themes/dark")


async def test_another_theme_is_chosen_while_one_works(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", ":")
        await user.type("fargetema")
        await user.press("enter")
        assert user.lines[0] == "Fargetema"
        assert "Terminalens egne farger" in user.line_at_cursor
        await user.press("home", "enter")
        assert user.place.called == "overview"
        assert user.app.theme == "akson-dark"
        assert user.app.ink("critical").foreground == Color.parse("#ff7b72")


async def test_under_no_color_the_theme_without_colours_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with workstation(FakeWorkspace(), tmp_path) as user:
        assert user.app.theme == "akson-monochrome"
