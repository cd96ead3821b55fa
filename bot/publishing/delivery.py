"""Owns the way of one edition to every chat: claim, pace, send, settle."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import (
    ChatGone,
    ChatMigrated,
    CollagebotError,
    DeliveryError,
    InDoubt,
    StoreError,
    TopicGone,
)
from bot.model.edition import Delivery, DeliveryState, Edition
from bot.publishing.messenger import Messenger, Part
from bot.publishing.retry import decide
from bot.publishing.settlement import Doubts, Refusals, Refused, Settlement
from bot.store import budget, deliveries, editions, subscriptions
from bot.store.database import Database
from bot.store.deliveries import Claim, Outcome, Outgoing

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # longer than any request may take, so that only a dead process loses one


@dataclass(frozen=True, slots=True)
class Ready:
    """An edition whose pictures are drawn, with its parts."""

    edition: Edition
    parts: Sequence[Part]


@dataclass(slots=True)
class Dispatcher:
    """Sends what is due, with several requests in flight and never more than the send rate.

    Args:
        rate: Messages a second over all processes; 0 for no limit.
        in_flight: How many requests may be under way at once; a crash leaves at most that many in doubt.
        patience: What comes due within this is waited for; the rest is left to the next tick.
    """

    database: Database
    messenger: Messenger
    clock: Callable[[], datetime]
    rate: float = 28
    in_flight: int = 8
    patience: timedelta = timedelta(seconds=5)
    _doubts: Doubts = field(default_factory=Doubts)
    _refusals: Refusals = field(default_factory=Refusals)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self) -> None:
        """Say that something may be due."""
        self._awake.set()

    def stop(self) -> None:
        """Claim nothing more; what is under way is finished and settled, the rest given back."""
        self._stopping.set()
        self._awake.set()

    async def serve(self) -> None:
        """Run whenever somebody wakes us, until we are stopped."""
        while not self._stopping.is_set():
            await self._awake.wait()
            self._awake.clear()
            try:
                await self.run()
            except StoreError as error:
                log.error("sending stops until the next tick: %s", error)
            except Exception:  # whatever it is, the next tick has to find us awake
                log.exception("sending broke and stops until the next tick")

    async def run(self) -> Counter[DeliveryState]:
        """Send until nothing is due any more; count what became of what was tried."""
        tally: Counter[DeliveryState] = Counter()
        async with self._running:
            while not self._stopping.is_set() and (ready := await self._prepare()):
                await self._send_all(ready, tally)
                if not await self._wait_for_next(list(ready)):
                    break
        return tally

    async def _prepare(self) -> dict[int, Ready]:
        """The editions with something due, with their pictures drawn; one that cannot be drawn waits."""
        async with self.database.writing() as conn:
            await deliveries.expire_leases(conn, self.clock())
            due = [
                await editions.get_edition(conn, edition_id)
                for edition_id in await editions.unfinished_editions(conn, self.clock())
            ]
        ready = {}
        for edition in due:
            try:
                await self.messenger.prepare(edition)
                ready[edition.id] = Ready(edition, self.messenger.plan(edition))
            except CollagebotError as error:
                log.error("edition %s %s waits: %s", edition.series.slug, edition.slot, error)
            except Exception:  # one edition's fault does not keep the others
                log.exception("edition %s %s waits", edition.series.slug, edition.slot)
        return ready

    async def _wait_for_next(self, edition_ids: list[int]) -> bool:
        async with self.database.reading() as conn:
            due = await deliveries.next_due(conn, edition_ids, self.clock())
        wait = max(due - self.clock(), deliveries.PART_SPACING) if due is not None else None
        if wait is None or wait > self.patience:
            return False
        await self._pause(wait)
        return True

    async def _send_all(self, ready: dict[int, Ready], tally: Counter[DeliveryState]) -> None:
        """Keep requests under way until nothing can be claimed.

        What has come back is settled in the same transaction that claims what goes out next: one commit serves several
        messages, and a process that dies holds no more than were under way.
        """
        outgoing = {key: Outgoing(it.edition, [part.cost for part in it.parts]) for key, it in ready.items()}
        under_way: set[asyncio.Task[Settlement]] = set()
        done: set[asyncio.Task[Settlement]] = set()
        try:
            while True:
                back = [task.result() for task in done]
                claims = await self._turn(back, self._free(len(under_way)), outgoing)
                tally.update(settlement.outcome.state for settlement in back)
                under_way |= {asyncio.create_task(self._deliver(it, ready[it.delivery.edition_id])) for it in claims}
                if not under_way:
                    return
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        finally:  # only after a fault is anything left: what is on its way is not torn down, its leases will tell
            await asyncio.gather(*under_way, return_exceptions=True)

    def _free(self, under_way: int) -> int:
        """How many may be claimed: what our patience allows at this rate, and one at a time while all is in doubt."""
        if self._doubts.many:
            return 0 if under_way else 1
        soon = max(1, int(self.rate * self.patience.total_seconds())) if self.rate else self.in_flight
        return min(self.in_flight, soon) - under_way

    async def _turn(self, back: Sequence[Settlement], free: int, outgoing: Mapping[int, Outgoing]) -> list[Claim]:
        """Settle what came back and claim what goes next, however long the database is busy: the lease is the limit."""
        refused, pause = list(self._refusals.refused(back)), self._doubts.pause_after(back)
        for patience in (1, 2, 5, 10, 20, 40, 0):
            try:
                async with self.database.writing() as conn:
                    await self._settle(conn, back, refused, pause)
                    return await self._claim(conn, free, outgoing)
            except StoreError as error:
                if not patience:
                    raise
                log.warning("outcomes wait to be written down: %s", error)
                await asyncio.sleep(patience)
        return []

    async def _settle(
        self, conn: AsyncConnection, back: Sequence[Settlement], refused: Sequence[Refused], pause: timedelta | None
    ) -> None:
        for settlement in back:
            await record(conn, settlement, self.clock())
        for edition, error in refused:
            log.error("edition %s %s is held, the server refuses it: %s", edition.series.slug, edition.slot, error)
            await editions.hold_edition(conn, edition.id, str(error))
        if pause is not None:
            log.error("answers get lost, so nothing is sent for %s", pause)
            await budget.pause(conn, self.clock() + pause)

    async def _claim(self, conn: AsyncConnection, free: int, outgoing: Mapping[int, Outgoing]) -> list[Claim]:
        now = self.clock()
        # In a pause nothing is claimed: it would be held, and in doubt after a crash, for nothing.
        if self._stopping.is_set() or free < 1 or await budget.free_at(conn, now) > now + self.patience:
            return []
        return await deliveries.claim(conn, free, now=now, lease=LEASE, rate=self.rate, outgoing=outgoing)

    async def _deliver(self, claim: Claim, ready: Ready) -> Settlement:
        delivery = claim.delivery
        await self._pause(claim.send_at - self.clock())
        if self._stopping.is_set():
            return Settlement(delivery, ready.edition, Outcome(DeliveryState.PENDING), left=False)
        try:
            receipt = await self.messenger.send(ready.parts[delivery.part], delivery.address)
            return Settlement(delivery, ready.edition, Outcome(DeliveryState.SENT, message_ids=receipt.message_ids))
        except DeliveryError as error:
            return self._failed(delivery, ready.edition, error)
        except Exception as error:  # a fault of ours after the request may have left: nobody knows, so nobody resends
            log.exception("delivery %d broke", delivery.id)
            return self._failed(delivery, ready.edition, InDoubt(f"a fault in the program: {error!r}"))

    def _failed(self, delivery: Delivery, edition: Edition, error: DeliveryError) -> Settlement:
        decision = decide(error, attempts=delivery.attempts, now=self.clock())
        log.warning("delivery %d to chat %d: %s (%s)", delivery.id, delivery.address.chat_id, decision.state, error)
        outcome = Outcome(decision.state, error=str(error), not_before=decision.not_before)
        return Settlement(delivery, edition, outcome, error=error, decision=decision)

    async def _pause(self, wait: timedelta) -> None:
        if wait > timedelta(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait.total_seconds())


async def record(conn: AsyncConnection, settlement: Settlement, now: datetime) -> None:
    """Write down what came back: for the delivery, and after a failure for its chat and the pace."""
    delivery = settlement.delivery
    if not settlement.left:
        await deliveries.release(conn, [delivery.id])
        return
    await deliveries.settle(conn, [(delivery.id, settlement.outcome)], now)
    if settlement.decision is not None and settlement.decision.pause_until is not None:
        await budget.pause(conn, settlement.decision.pause_until)
    match settlement.error:
        case ChatGone() as error:
            await subscriptions.mark_gone(conn, delivery.address.chat_id, str(error), now)
        case ChatMigrated(new_chat_id=new_id):
            await subscriptions.migrate_chat(conn, delivery.address.chat_id, new_id)
        case TopicGone() if delivery.address.thread_id:
            await subscriptions.drop_thread(conn, delivery.address)
        case TopicGone() as error:
            await deliveries.settle(conn, [(delivery.id, Outcome(DeliveryState.FAILED, error=str(error)))], now)
