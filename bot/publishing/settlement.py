"""Owns what came back from a delivery, and what several of them in a row say together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from bot.errors import ContentRejected, DeliveryError, TokenRejected
from bot.model.edition import Delivery, DeliveryState, Edition
from bot.publishing.retry import Decision
from bot.store.claims import Outcome

DOUBTS_TO_REST = 5
REFUSALS_TO_HOLD = 3
REJECTIONS_TO_BELIEVE = 5
"""Each after a longer rest; together they take seven and a half minutes. Telegram answers 401 while it moves a bot."""
AT_FIRST = 4
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=4)


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
class Window:
    """How many requests may be under way: few at first, one more for each that arrived, half as many after a doubt.

    Nothing that is in doubt is ever sent again by itself, so an outage must not find many on their way.

    Args:
        most: Never more than these.
    """

    most: int
    _size: int = AT_FIRST

    @property
    def size(self) -> int:
        """How many may be under way now."""
        return min(self._size, self.most)

    def learn(self, back: Sequence[Settlement]) -> None:
        """Take in what came back."""
        for settlement in back:
            if settlement.outcome.state is DeliveryState.SENT:
                self._size = min(self._size + 1, max(self.most, AT_FIRST))
            elif settlement.outcome.state is DeliveryState.IN_DOUBT:
                self._size = max(self._size // 2, 1)


@dataclass(slots=True)
class Doubts:
    """Notices an outage: when answer after answer is lost, the rest of the chats are better asked later."""

    _in_a_row: int = 0

    @property
    def many(self) -> bool:
        """Claim that the last few answers were all lost: one message at a time finds out whether they still are."""
        return self._in_a_row >= DOUBTS_TO_REST

    def rest_after(self, back: Sequence[Settlement]) -> timedelta | None:
        """Count what came back; give the rest to take when an outage begins or goes on."""
        doubtful = [it.outcome.state is DeliveryState.IN_DOUBT for it in back if it.left]
        for is_doubtful in doubtful:
            self._in_a_row = self._in_a_row + 1 if is_doubtful else 0
        if not (self.many and any(doubtful)):
            return None
        return _longer(self._in_a_row - DOUBTS_TO_REST)


@dataclass(slots=True)
class Rejections:
    """Notices that the server does not know our token: nobody is to blame for it but us, so everything waits."""

    _in_a_row: int = 0

    @property
    def are_believed(self) -> bool:
        """Claim that the server has said so often enough to mean it."""
        return self._in_a_row >= REJECTIONS_TO_BELIEVE

    def rest_after(self, back: Sequence[Settlement]) -> timedelta | None:
        """Count what came back, as one refusal whatever their number; give the rest to take after one."""
        if any(it.outcome.state is DeliveryState.SENT for it in back):
            self._in_a_row = 0
        if not any(isinstance(it.error, TokenRejected) for it in back):
            return None
        self._in_a_row += 1
        return _longer(self._in_a_row - 1)


Refused: TypeAlias = tuple[Edition, int, DeliveryError]
"""An edition that has to be held, the part of it that is refused, and what the server said."""


@dataclass(slots=True)
class Refusals:
    """Notices a message that the server refuses whoever gets it, before it has failed for every chat."""

    _in_a_row: Counter[tuple[int, int]] = field(default_factory=Counter)

    def refused(self, back: Sequence[Settlement]) -> Iterator[Refused]:
        """Count what came back; yield the editions one of whose parts was refused several times and taken by nobody."""
        for settlement in back:
            edition, part = settlement.edition, settlement.delivery.part
            if settlement.outcome.state is DeliveryState.SENT:
                self._in_a_row[edition.id, part] = 0
            elif isinstance(settlement.error, ContentRejected):
                self._in_a_row[edition.id, part] += 1
                if self._in_a_row[edition.id, part] >= REFUSALS_TO_HOLD:
                    yield edition, part, settlement.error


def _longer(times: int) -> timedelta:
    return min(FIRST_REST * (1 << min(times, 8)), LONGEST_REST)
