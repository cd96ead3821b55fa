"""Owns a chat's standing wish."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.address import Address


@dataclass(frozen=True, slots=True)
class Moment:
    """A chat's own point in the week, in its own zone.

    Attributes:
        weekday: 0 is Monday.
        timezone: IANA name.
    """

    weekday: int
    hour: int
    minute: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a chat wants, and when.

    Attributes:
        moment: The chat's own moment; None follows each series.
    """

    address: Address
    since: datetime
    weekly: bool = True
    roundup: bool = True
    moment: Moment | None = None
