"""Owns what is changed in messages that are out: corrections, their steps, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.address import Address
from bot.model.preferences import Preferences

COVER, NO_PICTURE = 0, -1
"""What a message of an album shows that shows no entry: the cover, or a line where the chat takes no pictures."""


class CorrectionKind(StrEnum):
    """What an editor wants done to the messages that show an entry."""

    CORRECT = "correct"
    """They say what the entry says now."""
    RETRACT = "retract"
    """They go; what shows other entries, too, stays without this one."""


class StepState(StrEnum):
    """Where the change of one message stands."""

    PENDING = "pending"
    DONE = "done"
    """The message says what it should."""
    DELETED = "deleted"
    """The message is taken away."""
    INSTEAD = "instead"
    """The server did not let us take it away, so it says that the entry was withdrawn, and shows it no more."""
    FAILED = "failed"


class Obstacle(StrEnum):
    """Why a message is not as it should be."""

    GONE = "the chat is gone"
    LOST = "the message is gone, or cannot be changed any more"
    FORBIDDEN = "the chat does not allow it"
    MOVED = "the group moved, and its old messages stayed behind"
    REFUSED = "the server refuses the change"
    UNDRAWN = "the picture cannot be drawn"
    UNREACHABLE = "the server could not be reached for too long"
    UNKNOWN = "nobody wrote down what the messages of the album show"
    SHORT = "the list needs more texts than were sent"
    """Comes with a message that was changed, as the next one does."""
    STILL_SHOWN = "no other picture can be put in its place"


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor asked for.

    Attributes:
        editor: Who did; 0 once they are forgotten.
    """

    id: int
    entry_id: int
    kind: CorrectionKind
    editor: int
    asked_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One message: its place among those of a delivery, from 0."""

    delivery_id: int
    position: int


@dataclass(frozen=True, slots=True)
class PostedPart:
    """What the server took of one part of an edition.

    Attributes:
        shows: Of an album, what each of its messages shows: the id of an entry, `COVER` or `NO_PICTURE`; empty for any
            other part, and where nobody wrote it down.
    """

    delivery_id: int
    message_ids: tuple[int, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """What one chat has of an edition, by part."""

    address: Address
    parts: Mapping[int, PostedPart]


@dataclass(frozen=True, slots=True)
class Step:
    """One message that has to be changed or taken away.

    Attributes:
        attempts: How often it was tried before.
        wanted: How the chat wants to be spoken to.
    """

    correction: Correction
    target: Target
    edition_id: int
    address: Address
    attempts: int
    wanted: Preferences


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of a step.

    Attributes:
        not_before: When it may be tried again; only for pending.
    """

    state: StepState
    obstacle: Obstacle | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many messages show an entry.

    Attributes:
        waiting: Deliveries of it that are still to be sent.
    """

    weekly: int = 0
    roundup: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """All messages that are out."""
        return self.weekly + self.roundup


@dataclass(frozen=True, slots=True)
class Tally:
    """How many steps of a correction are in each state, and what stood in their way."""

    states: Mapping[StepState, int] = field(default_factory=dict)
    obstacles: Mapping[Obstacle, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.states.values())

    def count(self, *states: StepState) -> int:
        """How many are in one of *states*."""
        return sum(self.states.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True)
class Notice:
    """The message that tells an editor how far a correction is."""

    correction: Correction
    chat_id: int
    message_id: int
