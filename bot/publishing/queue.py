"""Owns the queue: who goes out when, and what an editor may change about it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DraftError
from bot.model.edition import EditionKind, EditionState, EmptyQueue
from bot.model.entry import Entry, EntryState, Series
from bot.publishing.calendar import DueSlot, current_slot, parse_slot
from bot.publishing.free_slots import free_slots
from bot.publishing.timetable import Planned, filled_from_queue, timetable
from bot.store import editions, entries, notices
from bot.store import queue as line
from bot.store.database import Database
from bot.store.numbering import numbering
from bot.store.queue import Waiting
from bot.wording.dates import moment_name
from bot.wording.translation import _

FARTHEST = timedelta(weeks=53)
"""How far ahead an entry may be fixed to a slot."""

_SPAN = {EditionKind.WEEKLY: timedelta(weeks=1), EditionKind.ROUNDUP: timedelta(days=31)}


@dataclass(frozen=True, slots=True)
class QueuedEntry:
    """An entry that waits.

    Attributes:
        entry: With the number it will get.
        slot: The slot it goes out in, ``2026-W47`` or ``2026-11``; None when there is none for it, because the series
            has no number or no rhythm left.
        goes_out_at: When the first chat gets it; None without a slot.
        is_fixed: An editor fixed it to that slot.
        is_from_file: Its words and its state are those of its content file.
        is_numbered: Its file gives its number, and so its place. A date can be fixed all the same.
    """

    entry: Entry
    slot: str | None
    goes_out_at: datetime | None
    is_fixed: bool
    is_from_file: bool
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class Readied:
    """An entry that an editor wants to go out at once.

    Attributes:
        slot: The slot that takes it now.
        is_now: The slot is the current one, so that publishing it sends the entry; else it goes out at *goes_out_at*.
    """

    entry: Entry
    slot: str
    goes_out_at: datetime
    is_now: bool

    @property
    def sentence(self) -> str:
        """What became of the wish, in one sentence."""
        series = self.entry.series
        if self.is_now:
            says = _("“{title}” is this week's pick of {series}.")
        else:
            says = _("This week's pick of {series} is out already; “{title}” goes out on {moment}.")
        when = moment_name(self.goes_out_at, series.timezone)
        return says.format(title=self.entry.paper.title, series=series.name, moment=when)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A slot that comes soon and has nothing queued.

    Attributes:
        instead: What goes out from the archive; None when the slot will be skipped.
        untold: The editors who were not warned of it yet.
    """

    series: Series
    slot: str
    opens_at: datetime
    instead: Entry | None
    untold: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What a warning of it is remembered by."""
        return _warning(self.series, self.slot)


@dataclass(frozen=True, slots=True)
class Queue:
    """The queues of all series, for those who edit them.

    Entries whose files give them a number come first, in the order of their numbers; all others behind them, in the
    order in which they came until somebody moves them. Whoever is fixed to a slot goes out in it, and not before.

    Args:
        series: With their effective rhythms.
    """

    database: Database
    series: Sequence[Series]
    clock: Callable[[], datetime]
    empty_queue: EmptyQueue = EmptyQueue.ARCHIVE

    async def listed(self, series: str) -> tuple[QueuedEntry, ...]:
        """Everybody who waits in the series with that slug, in the order in which they go out."""
        async with self.database.reading() as conn:
            return await self._listed(conn, self._named(series))

    async def move(self, entry_id: int, by: int) -> tuple[QueuedEntry, ...]:
        """Move an entry among those that get their numbers when they are published.

        Args:
            by: How many places; negative is earlier. Beyond the ends it stays at the end.

        Raises:
            DraftError: It does not wait, it is fixed to a slot, or its place is that of its file.
        """
        async with self.database.writing() as conn:
            series, one = await self._waiting(conn, entry_id)
            if one.is_numbered:
                raise DraftError(_("Its place is its number in its content file; change it there, or fix a date."))
            if one.slot is not None:
                raise DraftError(
                    _("It is fixed to {slot}; take the date away before you move it.").format(slot=one.slot)
                )
            others = [other for other in await line.waiting(conn, series.slug) if not other.is_numbered]
            await line.place(conn, [other.entry_id for other in moved(others, one, by)])
            return await self._listed(conn, series)

    async def fix(self, entry_id: int, slot: str | None) -> tuple[QueuedEntry, ...]:
        """Fix an entry to a slot, or take its date away.

        Args:
            slot: ``2026-W47``, in a series without a weekly pick ``2026-11``; None for the next free one.

        Raises:
            DraftError: It does not wait; there is no such slot, it is over or too far away; somebody has it.
        """
        async with self.database.writing() as conn:
            series, one = await self._waiting(conn, entry_id)
            if slot is not None:
                await self._require_free(conn, series, one, slot)
            await line.fix(conn, entry_id, slot)
            return await self._listed(conn, series)

    async def publish_now(self, entry_id: int) -> Readied:
        """Make an entry the one that the current slot takes, or the next slot where that is out already.

        Nothing is sent: `Publisher.publish_now` does that, for the slot and the series in the answer.

        Raises:
            DraftError: It does not wait; its series has no weekly pick; another entry is fixed to this week, or the
                series is full.
        """
        async with self.database.writing() as conn:
            series, one = await self._waiting(conn, entry_id)
            if filled_from_queue(series) is not EditionKind.WEEKLY:
                raise DraftError(
                    _("{series} has no weekly pick; its entries go out with the roundup of the month.").format(
                        series=series.name
                    )
                )
            numbers = await numbering(conn, series.slug)
            if not one.is_numbered and numbers.room == 0:
                raise DraftError(
                    _("{series} has no number left; raise `total` in its series.yaml.").format(series=series.name)
                )
            key, is_now = await self._soonest(conn, series, one)
            await line.fix(conn, entry_id, key)
            found = next(each for each in await self._listed(conn, series) if each.entry.id == entry_id)
        if is_now:  # it is the next one to get a number, whatever else the timetable says
            entry = found.entry if one.is_numbered else replace(found.entry, number=numbers.after(0))
            return Readied(entry, key, self.clock(), is_now=True)
        return Readied(found.entry, key, found.goes_out_at or self.clock(), is_now=False)

    async def lacking(self, editors: Collection[int], hours: int = 48) -> tuple[Lacking, ...]:
        """The weekly slots that open within *hours*, have nothing queued, and of which not all *editors* were warned.

        Who is told claims it first, as `Lacking.key` to that editor: see `bot.store.notices`.
        """
        async with self.database.reading() as conn:
            found = [await self._lacking(conn, series, editors, timedelta(hours=hours)) for series in self.series]
        return tuple(lack for of_series in found for lack in of_series)

    async def _listed(self, conn: AsyncConnection, series: Series) -> tuple[QueuedEntry, ...]:
        planned = await self._planned(conn, series)
        ids = [each.waiting.entry_id for each in planned]
        return tuple(map(_queued, planned, await entries.get_entries(conn, ids)))

    async def _planned(self, conn: AsyncConnection, series: Series) -> list[Planned]:
        waiting = await line.waiting(conn, series.slug)
        slots = await free_slots(conn, series, now=self.clock(), horizon=_horizon(series, waiting))
        return timetable(waiting, slots, await numbering(conn, series.slug))

    async def _lacking(
        self, conn: AsyncConnection, series: Series, editors: Collection[int], notice: timedelta
    ) -> Sequence[Lacking]:
        if filled_from_queue(series) is not EditionKind.WEEKLY:
            return ()
        now = self.clock()
        coming = [due for due in await free_slots(conn, series, now=now, horizon=notice) if due.opens_at > now]
        untold = {due: await _untold(conn, due, editors) for due in coming}
        if not any(untold.values()):  # to plan a year takes long where many chats have a moment of their own
            return ()
        filled = {each.due.slot.key for each in await self._planned(conn, series) if each.due}
        empty = [due for due in coming if untold[due] and due.slot.key not in filled]
        return [
            Lacking(series, due.slot.key, due.opens_at, await self._instead(conn, series), untold[due]) for due in empty
        ]

    async def _instead(self, conn: AsyncConnection, series: Series) -> Entry | None:
        if self.empty_queue is EmptyQueue.SKIP:
            return None
        rerun = await editions.next_rerun(conn, series)
        return (await entries.get_entries(conn, [rerun]))[0] if rerun is not None else None

    async def _waiting(self, conn: AsyncConnection, entry_id: int) -> tuple[Series, Waiting]:
        found = await entries.get_entries(conn, [entry_id])
        if not found or found[0].state is not EntryState.QUEUED:
            raise DraftError(_("This entry is not in the queue any more; look at the queue again."))
        series = self._named(found[0].series.slug)
        waiting = await line.waiting(conn, series.slug)
        return series, next(one for one in waiting if one.entry_id == entry_id)

    async def _require_free(self, conn: AsyncConnection, series: Series, one: Waiting, slot: str) -> None:
        kind = filled_from_queue(series)
        if kind is None:
            raise DraftError(
                _("{series} has no rhythm; give it one in its series.yaml before you fix a date.").format(
                    series=series.name
                )
            )
        try:
            parse_slot(kind, slot)
        except ValueError as error:
            raise DraftError(_("{error}; choose another one.").format(error=error)) from None
        if slot not in {due.slot.key for due in await free_slots(conn, series, now=self.clock(), horizon=FARTHEST)}:
            raise DraftError(
                _("{slot} is over, out already or more than a year away; choose another one.").format(slot=slot)
            )
        if kind is EditionKind.WEEKLY:
            await self._refuse_second(conn, series, one, slot)

    async def _refuse_second(self, conn: AsyncConnection, series: Series, one: Waiting, slot: str) -> None:
        others = [other for other in await line.waiting(conn, series.slug) if other.slot == slot and other != one]
        for other in await entries.get_entries(conn, [each.entry_id for each in others]):
            raise DraftError(
                _("{slot} belongs to “{title}”; take its date away, or choose another week.").format(
                    slot=slot, title=other.paper.title
                )
            )

    async def _soonest(self, conn: AsyncConnection, series: Series, one: Waiting) -> tuple[str, bool]:
        """The slot that can take an entry soonest, and whether it is the current one."""
        current = current_slot(series, EditionKind.WEEKLY, self.clock()).key
        edition = await editions.find_edition(conn, series, EditionKind.WEEKLY, current)
        if edition is None or edition.state is EditionState.SKIPPED:
            await self._refuse_second(conn, series, one, current)
            return current, True
        fixed = {other.slot for other in await line.waiting(conn, series.slug) if other != one}
        slots = await free_slots(conn, series, now=self.clock(), horizon=FARTHEST)
        return next(due.slot.key for due in slots if due.slot.key > current and due.slot.key not in fixed), False

    def _named(self, slug: str) -> Series:
        found = next((series for series in self.series if series.slug == slug), None)
        if found is None:
            raise DraftError(
                _("There is no series {slug} here; load the content again and restart the bot.").format(slug=slug)
            )
        return found


async def _untold(conn: AsyncConnection, due: DueSlot, editors: Collection[int]) -> tuple[int, ...]:
    warning = _warning(due.series, due.slot.key)
    return tuple([editor for editor in sorted(editors) if await notices.find(conn, warning, editor) is None])


def _warning(series: Series, slot: str) -> str:
    return f"nothing queued: {series.slug} {slot}"


def moved(standing: Sequence[Waiting], one: Waiting, by: int) -> list[Waiting]:
    """*standing* with *one* moved *by* places among those that are not fixed to a slot."""
    free = [other for other in standing if other.slot is None]
    at = free.index(one)
    free.insert(min(max(at + by, 0), len(free) - 1), free.pop(at))
    order = iter(free)
    return [other if other.slot is not None else next(order) for other in standing]


def _queued(planned: Planned, entry: Entry) -> QueuedEntry:
    waiting, due = planned.waiting, planned.due
    return QueuedEntry(
        entry=entry if waiting.is_numbered else replace(entry, number=planned.number),
        slot=due.slot.key if due else None,
        goes_out_at=due.opens_at if due else None,
        is_fixed=waiting.slot is not None,
        is_from_file=waiting.is_from_file,
        is_numbered=waiting.is_numbered,
    )


def _horizon(series: Series, waiting: Sequence[Waiting]) -> timedelta:
    """How far to look for slots, so that everybody finds one: behind all that are fixed, each has one of its own."""
    kind = filled_from_queue(series)
    return FARTHEST + (len(waiting) + 1) * _SPAN[kind] if kind else timedelta(0)
