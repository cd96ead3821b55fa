"""Owns what came back from a delivery, and what several of them in a row say together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.errors import ContentRejected, DeliveryError, NotSent, TokenRejected
from bot.model.edition import Delivery, DeliveryState, Edition
from bot.model.preferences import Preferences
from bot.publishing.retry import Decision
from bot.store.outcomes import Outcome

DOUBTS_TO_REST = 5
REFUSALS_TO_HOLD = 3
REJECTIONS_TO_BELIEVE = 5
"""Rests, each longer than the one before; together they take seven and a half minutes. Telegram answers 401 for a
moment while it moves a bot."""
AT_FIRST = 4
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A delivery that came back.

    Attributes:
        wanted: How its chat wants to be spoken to.
        decision: What follows from *error*.
        left: False when we stopped before its request left.
    """

    delivery: Delivery
    edition: Edition
    outcome: Outcome
    wanted: Preferences = field(default_factory=Preferences)
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
class _Rests:
    """How long to rest: longer each time. What was under way when a rest began, and comes back in it, is no news."""

    number: int = 0
    _until: datetime | None = None

    def begin(self, now: datetime) -> timedelta | None:
        """Begin the next rest; None while one goes on."""
        if self._until is not None and timedelta(0) < self._until - now <= LONGEST_REST:
            return None
        rest = min(FIRST_REST * (1 << min(self.number, 8)), LONGEST_REST)
        self.number += 1
        self._until = now + rest
        return rest

    def end(self) -> None:
        """Begin with the shortest one the next time."""
        self.number, self._until = 0, None


@dataclass(slots=True)
class Doubts:
    """Notices an outage: when answer after answer is lost, the rest of the chats are better asked later."""

    _in_a_row: int = 0
    _rests: _Rests = field(default_factory=_Rests)

    @property
    def many(self) -> bool:
        """Claim that the last few answers were all lost: one message at a time finds out whether they still are."""
        return self._in_a_row >= DOUBTS_TO_REST

    def rest_after(self, back: Sequence[Settlement], now: datetime) -> timedelta | None:
        """Count what came back; give the rest to take when an outage begins or goes on."""
        left = [it for it in back if it.left and not isinstance(it.error, NotSent)]  # which says nothing of answers
        for it in left:
            self._in_a_row = self._in_a_row + 1 if it.outcome.state is DeliveryState.IN_DOUBT else 0
        if not self.many:
            self._rests.end()
        elif any(it.outcome.state is DeliveryState.IN_DOUBT for it in left):
            return self._rests.begin(now)
        return None


@dataclass(slots=True)
class Rejections:
    """Notices that the server does not know our token: nobody is to blame for it but us, so everything waits."""

    _rests: _Rests = field(default_factory=_Rests)

    @property
    def are_believed(self) -> bool:
        """Claim that the server has said so often enough, and for long enough, to mean it."""
        return self._rests.number >= REJECTIONS_TO_BELIEVE

    def rest_after(self, back: Sequence[Settlement], now: datetime) -> timedelta | None:
        """Take in what came back; give the rest to take after a refusal."""
        if any(it.outcome.state is DeliveryState.SENT for it in back):
            self._rests.end()
        if any(isinstance(it.error, TokenRejected) for it in back):
            return self._rests.begin(now)
        return None


Refused: TypeAlias = tuple[Edition, int, DeliveryError]
"""An edition that has to be held, the part of it that is refused, and what the server said."""
_Copy: TypeAlias = tuple[int, int, Preferences]
"""A message as several chats get it: its edition, its part, and how they want it."""


@dataclass(slots=True)
class Refusals:
    """Notices a message that the server refuses whoever gets it, before it has failed for every chat.

    What one chat has taken is not at fault when others refuse it.
    """

    _in_a_row: Counter[_Copy] = field(default_factory=Counter)
    _taken: set[_Copy] = field(default_factory=set)

    def begin(self) -> None:
        """The messages may have been written anew: what was taken says nothing any more."""
        self._taken.clear()

    def refused(self, back: Sequence[Settlement]) -> Iterator[Refused]:
        """Count what came back; yield the editions one of whose parts was refused several times and taken by nobody."""
        for settlement in back:
            edition, part = settlement.edition, settlement.delivery.part
            copy = (edition.id, part, settlement.wanted)
            if settlement.outcome.state is DeliveryState.SENT:
                self._taken.add(copy)
                self._in_a_row[copy] = 0
            elif isinstance(settlement.error, ContentRejected) and copy not in self._taken:
                self._in_a_row[copy] += 1
                if self._in_a_row[copy] >= REFUSALS_TO_HOLD:
                    yield edition, part, settlement.error
