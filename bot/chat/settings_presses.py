"""Owns what the buttons of the settings can stand for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.model.canvas import Canvas, Theme
from bot.model.edition import EditionKind


class Leaf(StrEnum):
    """What the message with the settings shows."""

    ALL = "all"
    SERIES = "series"
    TOPICS = "topics"
    PAUSE = "pause"
    LANGUAGE = "language"


class Span(StrEnum):
    """How long a pause is."""

    WEEK = "week"
    MONTH = "month"


class Switch(StrEnum):
    """What needs nothing but to be said."""

    QUIET = "quiet"
    ALOUD = "aloud"
    RESUME = "resume"
    ALL_TOPICS = "all-topics"


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show a leaf of the settings, in the message that has the button.

    Attributes:
        page: Of the topics, from 1.
    """

    leaf: Leaf
    page: int = 1


@dataclass(frozen=True, slots=True)
class ChooseCanvas:
    """Show this chat its pictures in that shape from now on."""

    canvas: Canvas


@dataclass(frozen=True, slots=True)
class ChooseTheme:
    """Show this chat its pictures in these colours from now on."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak that language in this chat from now on; empty: the one that Telegram names."""

    language: str


@dataclass(frozen=True, slots=True)
class Want:
    """Send this chat every edition of that kind: of the series with that slug, or of all."""

    kind: EditionKind
    series: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """Send this chat no more editions of that kind: of the series with that slug, or of any."""

    kind: EditionKind
    series: str = ""


@dataclass(frozen=True, slots=True)
class WantTopic:
    """Send this chat weekly papers on a topic, too; *page* is where its button stands."""

    slug: str
    page: int


@dataclass(frozen=True, slots=True)
class StopTopic:
    """Send this chat no more weekly papers for that topic's sake; *page* is where its button stands."""

    slug: str
    page: int


@dataclass(frozen=True, slots=True)
class PauseFor:
    """Send nothing for a while, counted from the press."""

    span: Span


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """Send nothing before that day."""

    day: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Flip a switch."""

    switch: Switch


Look: TypeAlias = ChooseCanvas | ChooseTheme | ChooseLanguage
"""What is the chat's; everything else is its topic's, where it has topics."""
Wish: TypeAlias = Want | Stop | WantTopic | StopTopic | PauseFor | PauseUntil | Turn
SettingsPress: TypeAlias = OpenSettings | Look | Wish
