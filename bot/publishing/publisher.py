"""Owns the tick: whatever is due is opened and sent, whoever or whatever woke us."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NothingToPublish, StoreError
from bot.model.edition import DeliveryState, Edition, EditionKind, EmptyQueue
from bot.model.entry import Series
from bot.publishing.calendar import DueSlot, Slot, current_slot, due_slots
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import oldest_interesting, open_slot
from bot.publishing.messenger import Messenger
from bot.store import deliveries, editions, installation, subscriptions
from bot.store.database import Database
from bot.wording.dates import count

log = logging.getLogger(__name__)

MISSED = "missed: the program was not running"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Opens what is due and lets the dispatcher send it.

    Args:
        series: With their effective rhythms.
        clock: Gives the current instant, aware.
    """

    database: Database
    messenger: Messenger
    dispatcher: Dispatcher
    series: Sequence[Series]
    clock: Callable[[], datetime]
    empty_queue: EmptyQueue = EmptyQueue.ARCHIVE

    async def tick(self) -> None:
        """Open every due slot and wake the dispatcher; safe to call at any time, from any process, however often."""
        try:
            await self.open_due()
        except StoreError as error:
            log.error("the tick could not do its work and will come again: %s", error)
        self.dispatcher.wake()

    async def open_due(self) -> list[Edition]:
        """Open the newest due slot of each series and kind; older ones that nobody opened are recorded as skipped."""
        now = self.clock()
        async with self.database.writing() as conn:
            since = oldest_interesting(await installation.first_started_at(conn, now), now)
            due = due_slots(self.series, await subscriptions.moments(conn), since=since, now=now)
            opened = []
            for *missed, newest in _by_series_and_kind(due):
                await self._skip_missed(conn, missed, now)
                opened.append(await self._open(conn, newest.series, newest.slot, now))
        return opened

    async def publish_now(self, kind: EditionKind, *, slot: str | None = None) -> list[str]:
        """Open and send the current (or the named) slot at once, to everybody who wants it and has not had it.

        Returns:
            For each edition one sentence that says what became of it.

        Raises:
            NothingToPublish: No series has anything for that slot; nothing is recorded.
        """
        now = self.clock()
        opened = []
        for series in self._series_with(kind):
            which = Slot(kind, slot) if slot else current_slot(series, kind, now)
            try:
                async with self.database.writing() as conn:
                    opened.append(await self._open(conn, series, which, now, by_hand=True))
            except NothingToPublish as error:
                log.info("%s", error)
        if not opened:
            raise NothingToPublish(f"No series has anything for the {kind} slot {slot or 'of now'}; nothing was sent.")
        await self.dispatcher.run()
        return [await self._report(edition) for edition in opened]

    async def _open(
        self, conn: AsyncConnection, series: Series, slot: Slot, now: datetime, *, by_hand: bool = False
    ) -> Edition:
        return await open_slot(
            conn,
            series,
            slot,
            messenger=self.messenger,
            empty_queue=self.empty_queue,
            now=now,
            by_hand=by_hand,
        )

    async def _skip_missed(self, conn: AsyncConnection, missed: Iterable[DueSlot], now: datetime) -> None:
        for due in missed:
            kind, key = due.slot.kind, due.slot.key
            if await editions.find_edition(conn, due.series, kind, key) is None:
                await editions.skip_edition(conn, due.series, kind=kind, slot=key, reason=MISSED, now=now)

    async def _report(self, edition: Edition) -> str:
        async with self.database.reading() as conn:
            states = await deliveries.count_states(conn, edition.id)
        return sentence(edition, states)

    def _series_with(self, kind: EditionKind) -> list[Series]:
        weekly = kind is EditionKind.WEEKLY
        return [series for series in self.series if (series.weekly_at if weekly else series.roundup_at)]


def sentence(edition: Edition, states: dict[DeliveryState, int]) -> str:
    """Say what became of an edition: ``ML-Collage 2026-W47, "ConViT …": 3 messages sent, 1 failed.``"""
    what = (
        edition.entries[0].paper.title if len(edition.entries) == 1 else count(len(edition.entries), "paper", "papers")
    )
    again = ", from the archive" if edition.rerun else ""
    outcome = ", ".join(
        f"{count(number, 'message', 'messages')} {state.replace('_', ' ')}" for state, number in sorted(states.items())
    )
    return f"{edition.series.name} {edition.slot}{again}, “{what}”: {outcome or 'nobody has subscribed yet'}."


def _by_series_and_kind(due: Iterable[DueSlot]) -> list[list[DueSlot]]:
    def key(it: DueSlot) -> tuple[str, EditionKind]:
        return it.series.slug, it.slot.kind

    return [list(group) for _, group in groupby(sorted(due, key=lambda it: (*key(it), it.opens_at)), key=key)]
