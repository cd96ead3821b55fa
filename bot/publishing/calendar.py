"""Owns when a slot is due: pure rules from local wall time to instants.

A weekly slot is an ISO week (``2026-W47``), a roundup slot a month (``2026-11``). A series has its own moment; a chat
may choose another one within the week. Local wall time decides: a time that a clock change skips becomes the first
valid instant after it, a time that occurs twice means the first.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.model.edition import LATEST, EditionKind
from bot.model.entry import Series
from bot.model.month import Month
from bot.model.subscription import Appointment, Moment, Subscription

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_DAY = 31
_WEEKS_AHEAD, _MONTHS_AHEAD = 54, 14
"""How far the next slot that a chat has not had is looked for: somebody may have sent a year's by hand."""
_WEEKLY = re.compile(r"(?P<day>[a-z]{3})[a-z]* (?P<hour>\d{1,2}):(?P<minute>\d{2})")
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})")
_EMPTY: Mapping[str, datetime] = MappingProxyType({})
_ROUNDUP = re.compile(r"(?P<day>last|\d{1,2}) (?P<hour>\d{1,2}):(?P<minute>\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """When something is due.

    Attributes:
        key: ``2026-W47`` or ``2026-11``; orders in time within one kind.
    """

    kind: EditionKind
    key: str


@dataclass(frozen=True, slots=True)
class DueSlot:
    """A slot whose moment has come.

    Attributes:
        opens_at: The earliest instant at which the series or any subscribed chat is due.
    """

    series: Series
    slot: Slot
    opens_at: datetime


def parse_weekly_at(text: str) -> tuple[int, time]:
    """Read ``mon 09:00`` as weekday (0 is Monday) and local time.

    Raises:
        ValueError: Anything else.
    """
    match = _WEEKLY.fullmatch(text.strip().lower())
    if match is None or match["day"] not in WEEKDAYS:
        raise ValueError(f"{text!r} is not a weekday and a time like 'mon 09:00'")
    return WEEKDAYS.index(match["day"]), time(int(match["hour"]), int(match["minute"]))


def parse_roundup_at(text: str) -> tuple[int, time]:
    """Read ``last 18:00`` or ``1 09:00`` as day of month (`LAST_DAY` for the last) and local time.

    Raises:
        ValueError: Anything else, or a day that not every month has.
    """
    match = _ROUNDUP.fullmatch(text.strip().lower())
    if match is None or not (match["day"] == "last" or 1 <= int(match["day"]) <= 28):
        raise ValueError(f"{text!r} is not a day of the month (1 to 28, or 'last') and a time like 'last 18:00'")
    day = LAST_DAY if match["day"] == "last" else int(match["day"])
    return day, time(int(match["hour"]), int(match["minute"]))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in *zone* show *at* on *day*.

    Source: PEP 495; a skipped time becomes the transition itself, a repeated one its first occurrence.
    """
    wall = datetime.combine(day, at, tzinfo=zone)
    found = wall.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return found
    return _transition(wall.replace(fold=1).astimezone(UTC), found, zone)


def _transition(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def week_of(moment: datetime, zone: ZoneInfo) -> str:
    """The ISO week that *moment* lies in, as seen in *zone*."""
    year, week, _ = moment.astimezone(zone).isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekly_instant(week: str, series: Series, moment: Moment | None = None) -> datetime:
    """When the weekly slot *week* is due: at the chat's own *moment*, else at the moment of *series*.

    Raises:
        ValueError: The series has no weekly rhythm.
    """
    if series.weekly_at is None:
        raise ValueError(f"{series.name} has no weekly rhythm")
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007  # a date, no instant
    if moment is not None:
        day = monday + timedelta(days=moment.weekday)
        return instant(day, time(moment.hour, moment.minute), ZoneInfo(moment.timezone))
    weekday, at = parse_weekly_at(series.weekly_at)
    return instant(monday + timedelta(days=weekday), at, ZoneInfo(series.timezone))


def roundup_instant(month: Month, series: Series, moment: Moment | None = None) -> datetime:
    """When the roundup of *month* is due: at the moment of *series*, or when the chat's own hour next strikes after it.

    Raises:
        ValueError: The series has no roundup.
    """
    if series.roundup_at is None:
        raise ValueError(f"{series.name} has no roundup")
    day, at = parse_roundup_at(series.roundup_at)
    following = month.shifted(1)
    last = date(following.year, following.number, 1) - timedelta(days=1)
    due = instant(last if day == LAST_DAY else date(month.year, month.number, day), at, ZoneInfo(series.timezone))
    if moment is None:
        return due
    zone = ZoneInfo(moment.timezone)
    first = due.astimezone(zone).date()
    own = (instant(first + timedelta(days=days), time(moment.hour, moment.minute), zone) for days in range(3))
    return next(candidate for candidate in own if candidate >= due)


def slot_instant(slot: Slot, series: Series, moment: Moment | None = None) -> datetime:
    """When *slot* is due for a chat with *moment*, or for the series itself."""
    if slot.kind is EditionKind.WEEKLY:
        return weekly_instant(slot.key, series, moment)
    return roundup_instant(Month.parse(slot.key), series, moment)


def next_instant(
    series: Series, kind: EditionKind, wish: Subscription, after: datetime, ledger: Mapping[str, datetime] = _EMPTY
) -> datetime | None:
    """The first instant later than *after* at which an edition comes to a chat; None when none ever does.

    Args:
        wish: The chat's own moment counts, and its pause; not what it declined.
        ledger: When the chat got a slot (``2026-W47``), or is to get it as things stand.
    """
    if not (series.weekly_at if kind is EditionKind.WEEKLY else series.roundup_at):
        return None
    for slot in _slots_from(series, kind, _end_of_pause(wish, series, after)):
        at = slot_instant(slot, series, wish.moment)
        standing = ledger.get(slot.key)
        if standing is not None and (standing <= after or at <= after):  # over, or to stay where it is: see `moved`
            at = standing
        if at > after and not wish.is_paused(at, series):
            return at
    return None


def moved(wish: Subscription, moment: Moment | None, series: Iterable[Series], now: datetime) -> Subscription:
    """The same wish at another moment; of a slot still ahead whose new instant has passed nothing comes at once.

    If its edition is open already, it comes when it was to come; else the chat waits for the next one.
    """
    passed = [
        (one.slug, kind)
        for one in series
        for kind in EditionKind
        if wish.wants((one.slug, kind))
        for slot in _slots_between(one, kind, now, now)
        if slot_instant(slot, one, moment) <= now < slot_instant(slot, one, wish.moment)
    ]
    return replace(wish, moment=moment, begun={**wish.begun, **dict.fromkeys(passed, now)})


def _end_of_pause(wish: Subscription, series: Series, after: datetime) -> datetime:
    if wish.paused_until is None:
        return after
    return max(after, instant(wish.paused_until, time(), ZoneInfo(wish.timezone(series))))


def _slots_from(series: Series, kind: EditionKind, first: datetime) -> Iterator[Slot]:
    """The slots from the one before *first* on: a chat's own instant may lie after the series' own."""
    if kind is EditionKind.WEEKLY:
        yield from (current_slot(series, kind, first + timedelta(weeks=weeks)) for weeks in range(-1, _WEEKS_AHEAD))
    else:
        month = Month.of(first.date())
        yield from (Slot(kind, str(month.shifted(months))) for months in range(-1, _MONTHS_AHEAD))


def parse_slot(kind: EditionKind, key: str) -> Slot:
    """Read ``2026-W47`` as a weekly slot, ``2026-11`` as a roundup slot.

    Raises:
        ValueError: *key* is not of that form, or there is no such week or month.
    """
    if kind is EditionKind.ROUNDUP:
        return Slot(kind, str(Month.parse(key)))
    match = _WEEK.fullmatch(key)
    if match is None:
        raise ValueError(f"{key!r} is not a week like 2026-W47")
    date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    return Slot(kind, key)


def current_slot(series: Series, kind: EditionKind, now: datetime) -> Slot:
    """The slot that *now* lies in, whether or not its moment has come."""
    zone = ZoneInfo(series.timezone)
    key = week_of(now, zone) if kind is EditionKind.WEEKLY else str(Month.of(now.astimezone(zone).date()))
    return Slot(kind, key)


def due_slots(
    series: Series, kind: EditionKind, appointments: Collection[Appointment], *, since: datetime, now: datetime
) -> list[DueSlot]:
    """The slots of a series that opened after *since* and not later than *now*, oldest first.

    A slot opens at the first instant after *since* at which the series, or a chat that waits for it, is due.

    Args:
        appointments: The moments that chats have chosen who want this.
        since: Exclusive; slots that opened earlier are none of our business.
        now: Inclusive.
    """
    found = []
    moments = {each.moment for each in appointments}
    for slot in _slots_between(series, kind, since, now):
        chosen = {moment: slot_instant(slot, series, moment) for moment in moments}
        waited_for = [chosen[each.moment] for each in appointments if each.is_kept(chosen[each.moment])]
        instants = [slot_instant(slot, series), *waited_for]
        opens_at = min((at for at in instants if at > since), default=None)
        if opens_at is not None and opens_at <= now:
            found.append(DueSlot(series, slot, opens_at))
    return sorted(found, key=lambda due: due.slot.key)


def is_too_late(due: DueSlot, appointments: Collection[Appointment], now: datetime) -> bool:
    """Claim that a slot is of no use any more to the series or to any chat that waits for it."""
    own = (slot_instant(due.slot, due.series, each.moment) for each in appointments)
    kept = [at for at, each in zip(own, appointments, strict=True) if each.is_kept(at)]
    return now - max([slot_instant(due.slot, due.series), *kept]) > LATEST[due.slot.kind]


def _slots_between(series: Series, kind: EditionKind, since: datetime, now: datetime) -> Iterator[Slot]:
    # A chat's zone may lie a day before or after the series' own, so the window is a week (a month) wider on each side.
    if kind is EditionKind.WEEKLY and series.weekly_at is not None:
        day = since - timedelta(weeks=1)
        while day <= now + timedelta(weeks=1):
            yield current_slot(series, EditionKind.WEEKLY, day)
            day += timedelta(weeks=1)
    if kind is EditionKind.ROUNDUP and series.roundup_at is not None:
        month, last = Month.of(since.date()).shifted(-1), Month.of(now.date()).shifted(1)
        while month <= last:
            yield Slot(EditionKind.ROUNDUP, str(month))
            month = month.shifted(1)
