"""Owns what is said to have become of an edition for one chat: the fates of its messages, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model.edition import DeliveryState, EditionState
from bot.model.subscription import Objection
from bot.store.history import Past, PastPart


class Fate(StrEnum):
    """What became of an edition, or of one message of it, the worst first."""

    IN_DOUBT = "in doubt"
    FAILED = "failed"
    LEFT = "left"
    """It did not arrive, and an editor decided that it shall not come."""
    HELD = "held"
    TRYING = "trying"
    """It was tried and will be tried again."""
    ON_ITS_WAY = "on its way"
    WITHDRAWN = "withdrawn"
    TOO_LATE = "too late"
    PAUSED = "paused"
    OFF_TOPIC = "off topic"
    UNWANTED = "unwanted"
    """The chat was not subscribed, or did not want it."""
    ARRIVED = "arrived"


_SKIPPED = {
    Objection.PAUSED: Fate.PAUSED,
    Objection.OFF_TOPIC: Fate.OFF_TOPIC,
    Objection.TOO_LATE: Fate.TOO_LATE,
    Objection.RETRACTED: Fate.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an edition for a chat.

    Attributes:
        fate: The worst of its messages.
        error: Why it failed, in the words of the server.
        arrived, parts: How many of its messages arrived, of how many that were to come.
    """

    fate: Fate
    error: str | None
    arrived: int
    parts: int


def became(past: Past) -> Became:
    """Say what became of an edition for a chat: what is worst about it.

    Where some of it arrived, what was skipped without a reason was not missed: nobody wanted it, or it was not needed.
    """
    fates = [(_fate(part, past.edition_state), part.error) for part in _to_come(past)]
    order = list(Fate)
    fate, error = min(fates, key=lambda each: order.index(each[0]))
    arrived = sum(each is Fate.ARRIVED for each, _error in fates)
    return Became(fate, error if fate is Fate.FAILED else None, arrived, len(fates))


def _to_come(past: Past) -> Sequence[PastPart]:
    if not any(part.state is DeliveryState.SENT for part in past.parts):
        return past.parts
    return [part for part in past.parts if part.state is not DeliveryState.SKIPPED or part.error is not None]


def _fate(part: PastPart, edition: EditionState) -> Fate:
    match part.state:
        case DeliveryState.SENT:
            return Fate.ARRIVED
        case DeliveryState.IN_DOUBT:
            return Fate.IN_DOUBT
        case DeliveryState.FAILED | DeliveryState.SKIPPED if part.is_settled_by_hand:
            return Fate.LEFT
        case DeliveryState.FAILED:
            return Fate.FAILED
        case DeliveryState.SKIPPED:
            return next((fate for objection, fate in _SKIPPED.items() if part.error == objection), Fate.UNWANTED)
    if edition is EditionState.HELD:
        return Fate.HELD
    return Fate.TRYING if part.attempts and part.state is DeliveryState.PENDING else Fate.ON_ITS_WAY
