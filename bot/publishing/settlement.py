"""Owns what came back from a delivery, and what several of them in a row say together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from bot.errors import ContentRejected, DeliveryError
from bot.model.edition import Delivery, DeliveryState, Edition
from bot.publishing.retry import Decision
from bot.store.deliveries import Outcome

DOUBTS_TO_PAUSE = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=4)
REFUSALS_TO_HOLD = 3


@dataclass(frozen=True, slots=True)
class Settlement:
    """A delivery that came back.

    Attributes:
        decision: What follows from *error*.
        left: False when we stopped before its request left.
    """

    delivery: Delivery
    edition: Edition
    outcome: Outcome
    error: DeliveryError | None = None
    decision: Decision | None = None
    left: bool = True


@dataclass(slots=True)
class Doubts:
    """Notices an outage: when answer after answer is lost, the rest of the chats are better asked later.

    Nothing that is in doubt is ever sent again by itself, so going on would cost every chat its message.
    """

    _in_a_row: int = 0

    @property
    def many(self) -> bool:
        """Claim that the last few answers were all lost: one message at a time finds out whether they still are."""
        return self._in_a_row >= DOUBTS_TO_PAUSE

    def pause_after(self, back: Sequence[Settlement]) -> timedelta | None:
        """Count what came back; give the pause to make when an outage begins or goes on."""
        doubtful = [it.outcome.state is DeliveryState.IN_DOUBT for it in back if it.left]
        for is_doubtful in doubtful:
            self._in_a_row = self._in_a_row + 1 if is_doubtful else 0
        if not (self.many and any(doubtful)):
            return None
        return min(FIRST_PAUSE * (1 << min(self._in_a_row - DOUBTS_TO_PAUSE, 8)), LONGEST_PAUSE)


Refused: TypeAlias = tuple[Edition, DeliveryError]
"""An edition that has to be held, and what the server said of it."""


@dataclass(slots=True)
class Refusals:
    """Notices a message that the server refuses whoever gets it, before it has failed for every chat."""

    _in_a_row: Counter[tuple[int, int]] = field(default_factory=Counter)

    def refused(self, back: Sequence[Settlement]) -> Iterator[Refused]:
        """Count what came back; yield the editions one of whose parts was refused several times and taken by nobody."""
        for settlement in back:
            part = (settlement.edition.id, settlement.delivery.part)
            if settlement.outcome.state is DeliveryState.SENT:
                self._in_a_row[part] = 0
            elif isinstance(settlement.error, ContentRejected):
                self._in_a_row[part] += 1
                if self._in_a_row[part] == REFUSALS_TO_HOLD:
                    yield settlement.edition, settlement.error
