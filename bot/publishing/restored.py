"""Owns what happens when a database came back from a backup: nothing that may be out leaves again by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreReplaced
from bot.model.edition import EditionKind, EmptyQueue
from bot.model.entry import Series
from bot.publishing.calendar import DueSlot, due_slots, is_too_late
from bot.publishing.editions import fill, oldest_interesting
from bot.store import editions, generation, installation, restored, subscriptions
from bot.store.database import Database
from bot.store.generation import Return

_REPLACED = "The database was replaced while the program ran, so it stops sending; start it again."


@dataclass(slots=True)
class Recognition:
    """Knows the database that this process began with, and lets no other one be taken for it."""

    _name: str | None = None
    _file: tuple[int, int] | None = None

    async def begin(
        self, database: Database, series: Sequence[Series], *, empty_queue: EmptyQueue, now: datetime
    ) -> None:
        """Settle a database in that came back from a backup, before anything is sent; the first call counts.

        Args:
            series: With their effective rhythms.
        """
        if self._name is None:
            async with database.writing() as conn:
                await settle(conn, series, empty_queue=empty_queue, now=now)
                name = await generation.name_of(conn)
            self._name, self._file = name, generation.file_at(database.url)

    async def insist(self, conn: AsyncConnection, database: Database) -> None:
        """Make sure that it is still the same database.

        Raises:
            StoreReplaced: It is another one, or came back from a backup. Nothing may be sent from here any more.
        """
        is_same = await generation.find_name(conn) == self._name and await generation.taken_at(conn) is None
        # A file that was moved away or deleted can still be read and written by whoever has it open.
        if not is_same or generation.file_at(database.url) != self._file:
            raise StoreReplaced(_REPLACED)


async def settle(
    conn: AsyncConnection, series: Sequence[Series], *, empty_queue: EmptyQueue, now: datetime
) -> Return | None:
    """Write down what nobody knows of a database that came back from a backup, once; None for every other database.

    What was under way or due is in doubt. A slot that may have been opened since is filled as it would have been, and
    held: its entries have their numbers, so that the queue goes on, but nobody gets it before an editor has decided.
    """
    taken_at = await generation.taken_at(conn)
    if taken_at is None:
        return None
    await restored.doubt_what_was_due(conn, now)
    await restored.close_updates(conn, now)
    dues = sorted(await _maybe_out(conn, series, taken_at, now), key=lambda due: due.opens_at)
    held = [await hold(conn, due, empty_queue) for due in dues]
    back = Return(taken_at, now, sum(held))
    await generation.settle_in(conn, back)
    return back


async def _maybe_out(
    conn: AsyncConnection, series: Sequence[Series], taken_at: datetime, now: datetime
) -> Sequence[DueSlot]:
    """The slots without an edition that a program with the lost database may have opened."""
    found = [await _maybe_out_of(conn, one, kind, taken_at, now) for one in series for kind in EditionKind]
    return list(chain.from_iterable(found))


async def _maybe_out_of(
    conn: AsyncConnection, series: Series, kind: EditionKind, taken_at: datetime, now: datetime
) -> list[DueSlot]:
    first_seen = await installation.find_first_seen(conn, f"{series.slug} {kind}")
    if first_seen is None:
        return []
    appointments = await subscriptions.appointments(conn, (series.slug, kind))
    due = due_slots(series, kind, appointments, since=oldest_interesting(first_seen, now), now=now)
    since = [each for each in due if each.opens_at > taken_at]
    before = [each for each in due if each.opens_at <= taken_at]  # the newest was opened by the next tick, if not yet
    waiting = [each for each in before[-1:] if not is_too_late(each, appointments, taken_at)]
    opened = await editions.opened_slots(conn, series, kind)
    return [each for each in (*waiting, *since) if each.slot.key not in opened]


async def hold(conn: AsyncConnection, due: DueSlot, empty_queue: EmptyQueue) -> bool:
    """Fill a slot that nobody has opened as it would have been, and hold it; False where nothing fills it."""
    series, slot, at = due.series, due.slot, due.opens_at
    filling = await fill(conn, series, slot, empty_queue=empty_queue, now=at)
    if not filling.entry_ids:
        await editions.skip_edition(conn, series, kind=slot.kind, slot=slot.key, reason=filling.reason, now=at)
        return False
    ids = filling.entry_ids
    held = await editions.open_edition(
        conn, series, kind=slot.kind, slot=slot.key, entry_ids=ids, rerun=filling.rerun, now=at
    )
    await editions.hold_edition(conn, held.id, restored.MAY_BE_OUT)
    return True
