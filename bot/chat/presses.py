"""Owns what a button can stand for: every press is a value."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.desk_presses import DeskPress
from bot.chat.settings_presses import SettingsPress
from bot.model.canvas import Appearance
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
class DropListed:
    """Take an entry off the reader's own list, and show the page of the list again from which it is taken."""

    entry_id: int
    page: int


@dataclass(frozen=True, slots=True)
class PruneSaved:
    """Show a page of the reader's own list with buttons that take papers off it."""

    page: int


@dataclass(frozen=True, slots=True)
class TurnTopics:
    """Turn to a page of the topics.

    Attributes:
        asker: The only person who may turn it; 0 for anybody.
    """

    page: int
    asker: int


@dataclass(frozen=True, slots=True)
class Cite:
    """Send the BibTeX of an entry's paper."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class SubscribeChannel:
    """Subscribe a channel, from the private chat with one of its admins."""

    chat_id: int


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
STATUS = Plain("status")
TOPICS = Plain("topics")
PRIVACY = Plain("privacy")
ASK_FORGET = Plain("ask-forget")
FORGET = Plain("forget")
KEEP = Plain("keep")
"""Nothing is forgotten after all."""
CITE_SAVED = Plain("bibtex")
"""The reader's own list as a file."""
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
    | DropListed
    | PruneSaved
    | TurnTopics
    | Cite
    | SubscribeChannel
    | Find
    | Plain
    | SettingsPress
    | DeskPress
)
EDITORIAL = frozenset({CANDIDATES, DRAFTS, STATUS})
"""What only editors may press."""
PLAIN = EDITORIAL | {
    LATEST, RANDOM, THIS_MONTH, ASK_SEARCH, SUBSCRIBE, UNSUBSCRIBE, FOLLOW, SETTINGS, RESTORE, COLLAGE,
    TOPICS, PRIVACY, ASK_FORGET, FORGET, KEEP, CITE_SAVED, STILL,
}  # fmt: skip
"""Every press that needs nothing but its name."""
