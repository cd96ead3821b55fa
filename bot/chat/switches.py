"""Owns which setting is meant by the words behind `/settings`: they press a button."""

import unicodedata
from datetime import date
from functools import cache

from babel import Locale

from bot.chat.days import parse_until
from bot.chat.markup import clean
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
from bot.model.canvas import Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.language import CHINESE, ENGLISH, LANGUAGES, language_of

_MEANT: dict[SettingsPress, str] = {
    ChooseCanvas(Canvas.PORTRAIT): "portrait, upright, 竖版, 竖图",
    ChooseCanvas(Canvas.SLIDE): "slide, slides, landscape, wide, 横版, 横图, 幻灯片",
    ChooseTheme(Theme.LIGHT): "light, bright, 浅色",
    ChooseTheme(Theme.DARK): "dark, 深色",
    ChooseLanguage(ENGLISH): "english, 英文, 英语",
    ChooseLanguage(CHINESE): "chinese, 中文, 汉语, 简体中文, 简体",
    ChooseLanguage(""): "like telegram, telegram, language auto, 跟随 telegram, 跟随telegram",
    Want(EditionKind.WEEKLY): "weekly, weekly on, 周刊, 开启周刊",
    Stop(EditionKind.WEEKLY): "weekly off, no weekly, 关闭周刊, 不要周刊, 取消周刊",
    Want(EditionKind.ROUNDUP): "roundup, roundups, roundup on, roundups on, 月刊, 合集, 开启月刊",
    Stop(
        EditionKind.ROUNDUP
    ): "roundup off, roundups off, no roundup, no roundups, 关闭月刊, 不要月刊, 取消月刊, 关闭合集, 不要合集",
    Turn(Switch.QUIET): "quiet, quiet on, silent, silently, mute, sound off, 静音",
    Turn(Switch.ALOUD): "aloud, loud, quiet off, unmute, sound, sound on, 取消静音",
    Turn(Switch.RESUME): "resume, unpause, continue, pause off, 恢复, 继续, 取消暂停",
    Turn(Switch.ALL_TOPICS): "all topics, topics all, 所有主题, 全部主题",
    OpenSettings(Leaf.TOPICS): "topics, topic, 主题, 话题",
    OpenSettings(Leaf.SERIES): "series, 系列",
    OpenSettings(Leaf.PAUSE): "pause, 暂停",
    OpenSettings(Leaf.LANGUAGE): "language, languages, lang, 语言",
}
_PAUSE = ("pause", "until", "till", "暂停")
_LANGUAGE = ("language", "lang", "语言")


def meant(words: str, today: date) -> SettingsPress | None:
    """The press that *words* stand for; None when they say nothing to us.

    Raises:
        Unreadable: It is a pause, but until no day that can be read.
        TooFar: It is a pause, but until a day that is not ahead, or too far.
    """
    said = " ".join(unicodedata.normalize("NFKC", clean(words)).casefold().split())
    if said in _presses():
        return _presses()[said]
    first = next((start for start in _PAUSE if said.startswith(start)), None)
    if first is not None:
        return PauseUntil(parse_until(said.removeprefix(first), today))
    named = next((said.removeprefix(start).strip() for start in _LANGUAGE if said.startswith(f"{start} ")), said)
    return _presses().get(named) or _language(named)


def _language(named: str) -> SettingsPress | None:
    """A language by its code; one that we do not speak leads to those that we do."""
    primary = named.replace("_", "-").partition("-")[0]
    if primary in LANGUAGES:
        return ChooseLanguage(language_of(named))
    return OpenSettings(Leaf.LANGUAGE) if named in _languages() or primary in _languages() else None


@cache
def _presses() -> dict[str, SettingsPress]:
    return {said.strip(): press for press, spellings in _MEANT.items() for said in spellings.split(",")}


@cache
def _languages() -> frozenset[str]:
    """Languages by code and by their English names."""
    names = Locale(ENGLISH).languages
    return frozenset(names) | {name.casefold() for name in names.values()}
