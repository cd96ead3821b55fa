"""Owns what may be done after a delivery went wrong. Nobody sleeps here: the answer is a value."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import (
    ChatMigrated,
    DeliveryError,
    Flooded,
    InDoubt,
    NotSent,
    TokenRejected,
    TopicGone,
)
from bot.model.edition import DeliveryState

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(minutes=1)
_FOLLOWED_AT_ONCE = 3
"""How often a new address is tried without waiting: two groups that point to one another would keep us busy."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write down, and what else follows.

    Attributes:
        not_before: When to try again; only for pending.
        pause_until: Nothing at all leaves before this instant.
    """

    state: DeliveryState
    not_before: datetime | None = None
    pause_until: datetime | None = None


def decide(error: DeliveryError, *, attempts: int, now: datetime, in_topic: bool = False) -> Decision:
    """Decide what becomes of a delivery that failed with *error*.

    What surely did not leave is tried until it is too late for it; that is found out when it is claimed.

    Args:
        attempts: How many requests have left for it, this one included.
        now: When it failed.
        in_topic: It went into a topic of a forum, without which the chat can still get it.
    """
    match error:
        case Flooded(retry_after=wait):
            return Decision(DeliveryState.PENDING, now + wait, pause_until=_rested(wait, now))
        case NotSent() | TokenRejected():
            return Decision(DeliveryState.PENDING, now + backoff(attempts))
        case InDoubt(retry_after=None):
            return Decision(DeliveryState.IN_DOUBT)
        case InDoubt(retry_after=timedelta() as wait):
            return Decision(DeliveryState.IN_DOUBT, pause_until=_rested(wait, now))
        case TopicGone() if not in_topic:
            return Decision(DeliveryState.FAILED)
        case ChatMigrated() | TopicGone():  # the same message goes to the new address at once
            return Decision(DeliveryState.PENDING, now if attempts <= _FOLLOWED_AT_ONCE else now + backoff(attempts))
        case _:  # the chat is gone or does not take it, or the message is refused
            return Decision(DeliveryState.FAILED)


def backoff(attempts: int) -> timedelta:
    """How long to wait after that many attempts: 5 s, 10 s, 20 s, … up to 15 minutes."""
    doublings: int = min(attempts - 1, 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _rested(wait: timedelta, now: datetime) -> datetime:
    # Telegram does not tell whether a flood ban holds for the chat or for all, so everything rests for a while.
    return now + min(wait, LONGEST_PAUSE)
