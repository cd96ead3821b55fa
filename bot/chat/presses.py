"""Owns what a button can stand for: every press is a value."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.desk_presses import DeskPress
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.month import Month


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Send the collage of an entry."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class TurnCanvas:
    """Swap the picture of this message for the other shape."""

    entry_id: int
    wanted: Appearance


@dataclass(frozen=True, slots=True)
class FullSize:
    """Send the picture of this message as a file, without loss."""

    entry_id: int
    wanted: Appearance


@dataclass(frozen=True, slots=True)
class ToggleSaved:
    """Put an entry on the reader's own list; where the label cannot show that it is there, also take it off."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class DropSaved:
    """Take an entry off the reader's own list."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class MoreLike:
    """List the entries nearest to one."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Send what the caption had no room for."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ShowMonth:
    """Send the roundup of a month."""

    month: Month


@dataclass(frozen=True, slots=True)
class TurnResults:
    """Turn to a page of a search.

    Attributes:
        asker: The only person who may turn it; 0 for anybody.
        query: Empty when it is too long to be carried: then it is read from the heading of the message.
    """

    page: int
    asker: int
    query: str


@dataclass(frozen=True, slots=True)
class TurnSaved:
    """Turn to a page of the reader's own list."""

    page: int


@dataclass(frozen=True, slots=True)
class ChooseCanvas:
    """Show this chat its pictures in that shape from now on."""

    canvas: Canvas


@dataclass(frozen=True, slots=True)
class ChooseTheme:
    """Show this chat its pictures in these colours from now on."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class Want:
    """Send this chat every edition of that kind."""

    kind: EditionKind


@dataclass(frozen=True, slots=True)
class Stop:
    """Send this chat no more editions of that kind."""

    kind: EditionKind


@dataclass(frozen=True, slots=True)
class Find:
    """Search for something and send the results as a new message."""

    query: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A press that needs nothing but its name."""

    name: str


LATEST = Plain("latest")
RANDOM = Plain("random")
THIS_MONTH = Plain("this-month")
ASK_SEARCH = Plain("ask-search")
SUBSCRIBE = Plain("subscribe")
SETTINGS = Plain("settings")
RESTORE = Plain("restore")
UNSUBSCRIBE = Plain("unsubscribe")
FOLLOW = Plain("follow")
"""Give up the chat's own moment for that of the series."""
COLLAGE = Plain("collage")
"""How to ask for a collage of any paper."""
CANDIDATES = Plain("candidates")
DRAFTS = Plain("drafts")
STILL = Plain("still")
"""The page counter between the arrows: it does nothing."""

Press: TypeAlias = (
    ShowEntry
    | TurnCanvas
    | FullSize
    | ToggleSaved
    | DropSaved
    | MoreLike
    | ReadOn
    | ShowMonth
    | TurnResults
    | TurnSaved
    | ChooseCanvas
    | ChooseTheme
    | Want
    | Stop
    | Find
    | Plain
    | DeskPress
)
EDITORIAL = frozenset({CANDIDATES, DRAFTS})
"""What only editors may press."""
PLAIN = EDITORIAL | {
    LATEST, RANDOM, THIS_MONTH, ASK_SEARCH, SUBSCRIBE, UNSUBSCRIBE, FOLLOW, SETTINGS, RESTORE, COLLAGE, STILL
}  # fmt: skip
"""Every press that needs nothing but its name."""
