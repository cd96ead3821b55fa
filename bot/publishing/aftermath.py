"""Owns what editors decide about the editions that are held because a database came back from a backup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import Edition, EditionKind, EmptyQueue
from bot.model.entry import Series
from bot.publishing.calendar import DueSlot, Slot
from bot.publishing.editions import open_slot, write_deliveries
from bot.publishing.messenger import Messenger
from bot.publishing.restored import hold
from bot.store import editions, generation, restored
from bot.store.database import Database
from bot.store.generation import Return


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The editions of which nobody knows whether they went out before the database came back.

    Args:
        series: With their effective rhythms.
        messenger: Asked for when something is decided: it may be made later than this.
        wake: Called when something is to be sent.
    """

    database: Database
    series: Sequence[Series]
    clock: Callable[[], datetime]
    messenger: Callable[[], Messenger]
    wake: Callable[[], None]

    async def last_return(self) -> Return | None:
        """When the database came back the last time; None if it never did."""
        async with self.database.reading() as conn:
            return await generation.last_return(conn)

    async def held(self) -> Sequence[Edition]:
        """The editions that wait for a decision, oldest first."""
        async with self.database.reading() as conn:
            return await restored.held_editions(conn)

    async def doubts(self) -> int:
        """How many deliveries are in doubt because the database came back."""
        async with self.database.reading() as conn:
            return await restored.count_doubts(conn)

    async def went_out(self, edition_id: int, *, editor: int) -> bool:
        """Record an edition as sent. Chats whose own moment came after the return get it at that moment as usual.

        Args:
            editor: Who says so; 0 is the operator.

        Returns:
            False when somebody has decided already.
        """
        async with self.database.writing() as conn:
            held = await self._find(conn, edition_id)
            back = await generation.last_return(conn)
            if held is None or back is None:
                return False
            await self._open(conn, held)
            now = self.clock()
            await restored.record_as_sent(conn, edition_id, until=back.returned_at, editor=editor, now=now)
        self.wake()
        return True

    async def send(self, edition_id: int) -> bool:
        """Send an edition to everybody who wants it; False when somebody has decided already."""
        async with self.database.writing() as conn:
            held = await self._find(conn, edition_id)
            if held is None:
                return False
            slot = Slot(held.kind, held.slot)
            await open_slot(
                conn,
                held.series,
                slot,
                messenger=self.messenger(),
                empty_queue=EmptyQueue.SKIP,  # it is filled
                now=self.clock(),
                by_hand=True,
            )
        self.wake()
        return True

    async def went_out_early(self, slot: Slot, *, editor: int, empty_queue: EmptyQueue) -> Sequence[Edition]:
        """Record a slot that nobody has opened yet as sent to everybody: somebody sent it by hand before its moment.

        Args:
            editor: Who says so; 0 is the operator.

        Returns:
            The editions, one of each series that had something for it.
        """
        now, recorded = self.clock(), []
        for series in self.series:
            if not (series.weekly_at if slot.kind is EditionKind.WEEKLY else series.roundup_at):
                continue
            async with self.database.writing() as conn:
                is_open = await editions.find_edition(conn, series, slot.kind, slot.key) is not None
                if is_open or not await hold(conn, DueSlot(series, slot, now), empty_queue):
                    continue
                held = next(each for each in await restored.held_editions(conn) if _is_of(each, series, slot))
                await self._open(conn, replace(held, series=series))
                await restored.record_as_sent(conn, held.id, until=None, editor=editor, now=now)
            recorded.append(held)
        return recorded

    async def _find(self, conn: AsyncConnection, edition_id: int) -> Edition | None:
        found = next((each for each in await restored.held_editions(conn) if each.id == edition_id), None)
        if found is None:
            return None
        series = next((one for one in self.series if one.slug == found.series.slug), found.series)
        return replace(found, series=series)

    async def _open(self, conn: AsyncConnection, held: Edition) -> None:
        """Open an edition as it would have been when its moment came: what everybody had is written down."""
        at, ids = held.opened_at, [entry.id for entry in held.entries]
        await editions.reopen_edition(conn, held.id, entry_ids=ids, rerun=held.rerun, now=at)
        await write_deliveries(conn, held, Slot(held.kind, held.slot), messenger=self.messenger(), now=at)


def _is_of(edition: Edition, series: Series, slot: Slot) -> bool:
    return (edition.series.slug, edition.kind, edition.slot) == (series.slug, slot.kind, slot.key)
