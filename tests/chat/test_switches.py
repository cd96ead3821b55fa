"""What is typed behind /settings presses a button."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.days import TooFar
from bot.chat.settings_presses import (
    ChooseCanvas,
    ChooseLanguage,
    ChooseTheme,
    Leaf,
    OpenSettings,
    PauseUntil,
    SettingsPress,
    Stop,
    Switch,
    Turn,
    Want,
)
from bot.chat.spelling import fits
from bot.chat.switches import meant
from bot.chat.typed import Unreadable
from bot.model.canvas import Canvas, Theme
from bot.model.edition import EditionKind

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "press"),
    [
        ("Slide", ChooseCanvas(Canvas.SLIDE)),
        ("竖版", ChooseCanvas(Canvas.PORTRAIT)),
        ("dark", ChooseTheme(Theme.DARK)),
        ("zh-Hans", ChooseLanguage("zh")),
        ("中文", ChooseLanguage("zh")),
        ("language english", ChooseLanguage("en")),
        ("like  telegram", ChooseLanguage("")),
        ("de", OpenSettings(Leaf.LANGUAGE)),
        ("German", OpenSettings(Leaf.LANGUAGE)),
        ("no roundup", Stop(EditionKind.ROUNDUP)),
        ("weekly", Want(EditionKind.WEEKLY)),
        ("静音", Turn(Switch.QUIET)),
        ("quiet off", Turn(Switch.ALOUD)),
        ("resume", Turn(Switch.RESUME)),
        ("pause", OpenSettings(Leaf.PAUSE)),
        ("pause 1 week", PauseUntil(date(2026, 11, 27))),
        ("until 1 january", PauseUntil(date(2027, 1, 1))),
        ("暂停两周", PauseUntil(date(2026, 12, 4))),
        ("frobnicate", None),
    ],
)
def test_words_mean_a_button(words: str, press: SettingsPress | None) -> None:
    assert meant(words, TODAY) == press


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_button_or_nothing(words: str) -> None:
    try:
        press = meant(words, TODAY)
    except (Unreadable, TooFar):
        return
    assert press is None or fits(press)
