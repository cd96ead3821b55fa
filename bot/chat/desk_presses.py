"""Owns what the buttons of the editor's desk, and of collages on request, can stand for."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.chat.sending_presses import SendingPress
from bot.editorial.correction import Field
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas
from bot.model.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Sight:
    """How a draft is looked at."""

    canvas: Canvas
    language: str = ENGLISH


class Deed(StrEnum):
    """What can be done to a draft that is looked at."""

    LOOK = "look"
    """Show its picture and its card."""
    CARD = "card"
    """Show the card again, in place of whatever stands there."""
    WORDS = "words"
    APPROVE = "ok"
    REOPEN = "open"
    """Take it out of the queue again."""
    DISCARD = "bin"
    RESTORE = "keep"
    NEXT_FIGURE = "next"
    DROP_FIGURE = "drop"
    SWAP_HERO = "swap"
    ASK_RIGHT = "ask"
    """Ask whether somebody really has the right to show the figures."""
    CONFIRM_RIGHT = "right"
    RESET_WORDS = "rewords"
    RESET_FIGURES = "refigure"


@dataclass(frozen=True, slots=True)
class OnDraft:
    """Do something to a draft, as it was in that revision.

    Attributes:
        sight: How it is looked at afterwards.
    """

    deed: Deed
    draft_id: int
    revision: int
    sight: Sight


@dataclass(frozen=True, slots=True)
class EditField:
    """Ask for a field of a draft anew."""

    field: Field
    draft_id: int
    revision: int
    sight: Sight


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """Send the preview of a draft, or of an entry that waits."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Draft a paper for a series.

    Attributes:
        version: None for the newest.
        series: Its slug.
    """

    arxiv_id: ArxivId
    version: int | None
    series: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Draw a collage of a paper for a reader."""

    arxiv_id: ArxivId
    version: int | None


@dataclass(frozen=True, slots=True)
class Anew:
    """Try something again, in the message that says that it failed."""

    attempt: TakeUp | Ask


@dataclass(frozen=True, slots=True)
class TurnAsked:
    """Swap the picture of a collage on request for the other shape."""

    arxiv_id: ArxivId
    version: int
    wanted: Appearance


@dataclass(frozen=True, slots=True)
class AskedFile:
    """Send the picture of a collage on request as a file."""

    arxiv_id: ArxivId
    version: int
    wanted: Appearance


@dataclass(frozen=True, slots=True)
class ShowQueue:
    """Show a page of the queue of a series, in the message that has the button."""

    series: str
    page: int = 1


class Step(StrEnum):
    """What can be done to an entry that waits in a queue."""

    SELECT = "select"
    UP = "up"
    DOWN = "down"
    ASK_REMOVE = "out"
    REMOVE = "remove"
    ASK_PUBLISH = "now"
    PUBLISH = "publish"
    CHOOSE_DATE = "dates"
    NO_DATE = "free"


@dataclass(frozen=True, slots=True)
class OnQueued:
    """Do something to an entry that waits.

    Attributes:
        place: Where it stood in the queue when the button was made, from 1; 0 where that does not matter.
    """

    step: Step
    entry_id: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class FixDate:
    """Let an entry go out in that slot, ``2026-W47`` or ``2026-11``."""

    entry_id: int
    slot: str


@dataclass(frozen=True, slots=True)
class ListQueue:
    """Send the queue of a series as a new message."""

    series: str


@dataclass(frozen=True, slots=True)
class TurnCandidates:
    """Turn to a page of this week's papers, in the message that has the button."""

    page: int


class OutDeed(StrEnum):
    """What can be done to an entry that is out."""

    ASK_CORRECT = "ask-correct"
    CORRECT = "correct"
    """Change every message to how it stands; one that was withdrawn comes back."""
    EDIT = "edit"
    ASK_RETRACT = "ask-retract"
    RETRACT = "retract"
    KEEP = "keep"
    """Do nothing after all."""


@dataclass(frozen=True, slots=True)
class OnOut:
    """Do something to an entry that is out."""

    deed: OutDeed
    entry_id: int


class HeldStep(StrEnum):
    """What can be done about an edition that may have gone out before the database came back from a backup."""

    LIST = "all"
    ASK = "ask"
    OUT = "out"
    """Record it as sent."""
    SEND = "send"


@dataclass(frozen=True, slots=True)
class OnHeld:
    """Decide about an edition that may have gone out before the database came back from a backup."""

    step: HeldStep
    edition_id: int


EditorsPress: TypeAlias = (
    OnDraft
    | EditField
    | ShowDraft
    | TakeUp
    | ShowQueue
    | OnQueued
    | FixDate
    | ListQueue
    | TurnCandidates
    | OnOut
    | OnHeld
    | SendingPress
)
"""What only editors may press; trying a draft again, too."""
ReadersPress: TypeAlias = Ask | TurnAsked | AskedFile
DeskPress: TypeAlias = EditorsPress | ReadersPress | Anew
