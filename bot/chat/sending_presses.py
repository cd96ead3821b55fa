"""Owns what the buttons under what was sent, or was not, can stand for: doubts, refused editions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.publishing.settling import Verdict


@dataclass(frozen=True, slots=True)
class ShowDoubts:
    """Show a page of what is in doubt of an edition, in the message that has the button."""

    edition_id: int
    page: int = 1


@dataclass(frozen=True, slots=True)
class PickDoubt:
    """Show what can be said of one delivery in doubt."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class SettleDoubt:
    """Say what became of one delivery in doubt.

    Attributes:
        attempts: How often a request had left for it when the button was made; after another one it says nothing.
    """

    verdict: Verdict
    delivery_id: int
    attempts: int


@dataclass(frozen=True, slots=True)
class AskSettleAll:
    """Ask whether the same is to be said of everything that is in doubt of an edition."""

    verdict: Verdict
    edition_id: int


@dataclass(frozen=True, slots=True)
class SettleAll:
    """Say the same of everything that is in doubt of an edition.

    Attributes:
        until: When the last of it had come into doubt as the button was made, in seconds since the epoch, rounded up.
    """

    verdict: Verdict
    edition_id: int
    until: int


class RefusedStep(StrEnum):
    """What can be done about an edition that Telegram refuses."""

    SHOW = "show"
    RETRY = "retry"
    ASK_LEAVE = "ask"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class OnRefused:
    """Decide about an edition that Telegram refuses."""

    step: RefusedStep
    edition_id: int


SendingPress: TypeAlias = ShowDoubts | PickDoubt | SettleDoubt | AskSettleAll | SettleAll | OnRefused
