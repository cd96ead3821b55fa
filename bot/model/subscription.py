"""Owns a chat's standing wish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.model.address import Address
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Series

Offer: TypeAlias = tuple[str, EditionKind]
"""What can be wanted: one kind of edition of the series with that slug."""


class Objection(StrEnum):
    """Why an edition does not go to a chat that is subscribed; recorded, so that somebody can say so later."""

    DECLINED = "the chat does not want it"
    PAUSED = "the chat had paused"
    OFF_TOPIC = "none of the topics the chat wants"
    TOO_LATE = "too late: its time had passed long ago"
    RETRACTED = "its editors withdrew it"


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
        since: What was due by then is not sent any more.
        moment: The chat's own moment; None follows each series.
        declined: What it does not want; so whoever declined nothing gets a new series, too.
        begun: What it waits for only since a later instant: it was declined before, or its own time was moved.
        quiet: Everything comes without a sound.
        paused_until: The first day, as the chat's clocks have it, on which something comes again; None: no pause.
        topics: Slugs of the topics that a weekly pick has to have one of; none means all.
    """

    address: Address
    since: datetime
    moment: Moment | None = None
    declined: frozenset[Offer] = frozenset()
    begun: Mapping[Offer, datetime] = field(default_factory=dict, kw_only=True)
    quiet: bool = False
    paused_until: date | None = None
    topics: tuple[str, ...] = ()

    def wants(self, offer: Offer) -> bool:
        """Claim that the chat did not decline *offer*."""
        return offer not in self.declined

    def waits_since(self, offer: Offer) -> datetime:
        """The instant since which the chat waits for *offer*: what was due by then is not sent any more."""
        return max(self.since, self.begun.get(offer, self.since))

    def declining(self, declined: frozenset[Offer], now: datetime) -> "Subscription":
        """The same wish, declining just these; what is wanted again begins with the next edition."""
        begun = {offer: at for offer, at in self.begun.items() if offer not in declined}
        return replace(self, declined=declined, begun=begun | dict.fromkeys(self.declined - declined, now))

    def timezone(self, series: Series) -> str:
        """The zone the chat goes by: its own, else that of *series*."""
        return self.moment.timezone if self.moment else series.timezone

    def is_paused(self, at: datetime, series: Series) -> bool:
        """Claim that nothing of *series* comes at that instant."""
        return self.paused_until is not None and day_of(at, self.timezone(series)) < self.paused_until

    def objection(self, edition: Edition, due: datetime) -> Objection | None:
        """Why *edition* does not go to the chat at its own instant *due*; None when it does. A roundup comes whole."""
        if not self.wants((edition.series.slug, edition.kind)):
            return Objection.DECLINED
        if self.is_paused(due, edition.series):
            return Objection.PAUSED
        if self.topics and edition.kind is EditionKind.WEEKLY:
            found = {topic.slug for entry in edition.entries for topic in entry.topics}
            return Objection.OFF_TOPIC if found.isdisjoint(self.topics) else None
        return None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A moment that chats have chosen for themselves, as they wait for one offer.

    Attributes:
        since: The instant since which the first of them waits.
        paused_until: The first day, as their clocks have it, on which something comes again; None: no pause.
    """

    moment: Moment
    since: datetime
    paused_until: date | None = None

    def is_kept(self, at: datetime) -> bool:
        """Claim that one of them waits for what is due at that instant."""
        is_paused = self.paused_until is not None and day_of(at, self.moment.timezone) < self.paused_until
        return self.since < at and not is_paused


def offers(series: Iterable[Series]) -> tuple[Offer, ...]:
    """Everything that can be wanted of *series*, in their order, the weekly pick of each before its roundup."""
    return tuple(
        (one.slug, kind)
        for one in series
        for kind, rhythm in ((EditionKind.WEEKLY, one.weekly_at), (EditionKind.ROUNDUP, one.roundup_at))
        if rhythm
    )


def day_of(at: datetime, timezone: str) -> date:
    """The day that clocks in *timezone* show at that instant."""
    return at.astimezone(ZoneInfo(timezone)).date()
