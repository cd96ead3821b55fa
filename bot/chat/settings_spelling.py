"""Owns how the presses of the settings are spelled: a verb and its arguments, and back."""

import re
from collections.abc import Callable
from datetime import date

from bot.chat.digits import PAGE, number
from bot.chat.settings_presses import (
    ChooseCanvas,
    ChooseLanguage,
    ChooseTheme,
    Leaf,
    OpenSettings,
    PauseFor,
    PauseUntil,
    SettingsPress,
    Span,
    Stop,
    StopTopic,
    Switch,
    Turn,
    Want,
    WantTopic,
)
from bot.chat.shapes import shape
from bot.model.canvas import Theme
from bot.model.edition import EditionKind
from bot.model.language import LANGUAGES

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


def spelled(press: SettingsPress) -> tuple[str, list[str]]:
    """The verb of *press* and its arguments."""
    match press:
        case OpenSettings(leaf, page):
            return "open", [leaf, str(page)]
        case ChooseCanvas(canvas):
            return "shape", [canvas]
        case ChooseTheme(theme):
            return "theme", [theme]
        case ChooseLanguage(language):
            return "speak", [language]
        case Want(kind, series):
            return "want", [kind, series] if series else [kind]
        case Stop(kind, series):
            return "stop", [kind, series] if series else [kind]
        case WantTopic(slug, page):
            return "topic", [slug, str(page)]
        case StopTopic(slug, page):
            return "untopic", [slug, str(page)]
        case PauseFor(span):
            return "pause", [span]
        case PauseUntil(day):
            return "until", [day.isoformat()]
        case Turn(switch):
            return "switch", [switch]


def _read_leaf(arguments: str) -> OpenSettings:
    leaf, page = arguments.split(":")
    return OpenSettings(Leaf(leaf), number(PAGE, page))


def _read_language(arguments: str) -> ChooseLanguage:
    if arguments not in {"", *LANGUAGES}:
        raise ValueError("not a language of ours")
    return ChooseLanguage(arguments)


def _read_offer(arguments: str) -> tuple[EditionKind, str]:
    kind, colon, series = arguments.partition(":")
    return EditionKind(kind), _slug(series) if colon else ""


def _read_topic(arguments: str) -> tuple[str, int]:
    slug, page = arguments.split(":")
    return _slug(slug), number(PAGE, page)


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise ValueError("not a name of ours")
    return text


READERS: dict[str, Callable[[str], SettingsPress]] = {
    "open": _read_leaf,
    "shape": lambda arguments: ChooseCanvas(shape(arguments)),
    "theme": lambda arguments: ChooseTheme(Theme(arguments)),
    "speak": _read_language,
    "want": lambda arguments: Want(*_read_offer(arguments)),
    "stop": lambda arguments: Stop(*_read_offer(arguments)),
    "topic": lambda arguments: WantTopic(*_read_topic(arguments)),
    "untopic": lambda arguments: StopTopic(*_read_topic(arguments)),
    "pause": lambda arguments: PauseFor(Span(arguments)),
    "until": lambda arguments: PauseUntil(date.fromisoformat(arguments)),
    "switch": lambda arguments: Turn(Switch(arguments)),
}
"""How each verb is read back; whatever its arguments cannot mean raises ValueError."""
