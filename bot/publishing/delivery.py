"""Owns the way of one edition to every chat: claim, pace, send, settle."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import CollagebotError, DeliveryError, InDoubt, StoreError
from bot.model.edition import DeliveryState, Edition
from bot.publishing.bookkeeping import record
from bot.publishing.flight import Flight
from bot.publishing.messenger import Messenger, Part, Recipient
from bot.publishing.retry import decide
from bot.publishing.settlement import Doubts, Refusals, Refused, Rejections, Settlement, Window
from bot.publishing.wakeful import Wakeful
from bot.store import budget, chat_budgets, claimable, claims, editions, outcomes
from bot.store.claims import Claim, Outgoing, Room
from bot.store.database import Database
from bot.store.outcomes import Outcome

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than a request may be held up and then take, so that only a dead process loses one."""
_FEWEST, _MOST = 8, 128
_AHEAD_S = 0.15
_FARTHEST_S = 10.0  # no claim is made so long before it is sent
_ROUND_TRIP_S = 0.125  # a slow one: at the rate of a paid broadcast as many are under way as `_MOST`


def in_flight_at(rate: float) -> int:
    """How many requests have to be under way to reach *rate* messages a second; 0 is as fast as it goes."""
    return max(_FEWEST, min(round(rate * _ROUND_TRIP_S), _MOST)) if rate else _MOST


@dataclass(frozen=True, slots=True)
class _Settling:
    """What has to be written down, and what follows from it.

    Attributes:
        rest: No edition leaves for so long.
    """

    back: Sequence[Settlement]
    refused: Sequence[Refused]
    rest: timedelta | None


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
        on_refused: Called when the server has refused our token so often that it must mean it.
    """

    database: Database
    messenger: Messenger
    clock: Callable[[], datetime]
    rate: float = 28
    in_flight: int = _FEWEST
    patience: timedelta = timedelta(seconds=5)
    on_refused: Callable[[], None] = lambda: None
    _doubts: Doubts = field(default_factory=Doubts)
    _rejections: Rejections = field(default_factory=Rejections)
    _refusals: Refusals = field(default_factory=Refusals)
    _work: Wakeful = field(default_factory=lambda: Wakeful("sending"))
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self) -> None:
        """Say that something may be due."""
        self._work.wake()

    def stop(self) -> None:
        """Claim nothing more; what is under way is finished and settled, the rest given back."""
        self._work.stop()

    async def serve(self) -> None:
        """Run whenever somebody wakes us, until we are stopped."""
        await self._work.serve(self.run)

    async def run(self) -> Counter[DeliveryState]:
        """Send until nothing is due any more; count what became of what was tried."""
        tally: Counter[DeliveryState] = Counter()
        async with self._running:
            while not self._work.is_stopping and (ready := await self._prepare()):
                await self._send_all(ready, tally)
                if not await self._wait_for_next(list(ready)):
                    break
        return tally

    async def _prepare(self) -> dict[int, Ready]:
        """The editions with something due, with their pictures drawn; one that cannot be drawn waits."""
        async with self.database.writing() as conn:
            now = self.clock()
            await outcomes.expire_leases(conn, now, LEASE)
            await chat_budgets.prune(conn, now)
            due = [
                await editions.get_edition(conn, edition_id)
                for edition_id in await editions.unfinished_editions(conn, now)
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
            due = await claimable.next_due(conn, edition_ids, self.clock())
        wait = max(due - self.clock(), claimable.PART_SPACING) if due is not None else None
        if wait is None or wait > self.patience:
            return False
        await self._work.pause(wait.total_seconds())
        return True

    async def _send_all(self, ready: dict[int, Ready], tally: Counter[DeliveryState]) -> None:
        """Keep requests under way until nothing can be claimed.

        What has come back is settled in the same transaction that claims what goes out next: one commit serves several
        messages, and a process that dies holds no more than were under way.
        """
        self._refusals.begin()
        outgoing = {key: Outgoing(it.edition, [part.cost for part in it.parts]) for key, it in ready.items()}
        flight, window = Flight(), Window(self.in_flight)
        try:
            while True:
                back = flight.landed()
                window.learn(back)
                claimed = await self._turn(back, self._free(window.size, len(flight.under_way)), outgoing)
                tally.update(settlement.outcome.state for settlement in back)
                for claim in claimed:
                    flight.begin(self._deliver(claim, ready[claim.delivery.edition_id]))
                is_full = len(flight.under_way) >= window.size
                if not await flight.wait(None if is_full or not self.rate else _AHEAD_S / 2):
                    return
        finally:  # only after a fault is anything left: what is on its way is not torn down, its leases will tell
            await asyncio.gather(*flight.under_way, return_exceptions=True)

    def _free(self, window: int, under_way: int) -> range:
        """How many more may be under way, at least and at most; one at a time while all is in doubt."""
        return range(0 if under_way else 1, (1 if self._doubts.many else window) - under_way + 1)

    async def _turn(self, back: Sequence[Settlement], free: range, outgoing: Mapping[int, Outgoing]) -> list[Claim]:
        """Settle what came back and claim what goes next, however long the database is busy: the lease is the limit."""
        settling = self._settling(back)
        for patience in (1, 2, 5, 10, 20, 40, 0):
            try:
                async with self.database.writing() as conn:
                    await self._settle(conn, settling)
                    return await self._claim(conn, free, outgoing)
            except StoreError as error:
                if not patience:
                    raise
                log.warning("outcomes wait to be written down: %s", error)
                await asyncio.sleep(patience)
        return []

    def _settling(self, back: Sequence[Settlement]) -> "_Settling":
        now = self.clock()
        rests = (self._doubts.rest_after(back, now), self._rejections.rest_after(back, now))
        if self._rejections.are_believed:
            self.on_refused()
        return _Settling(back, list(self._refusals.refused(back)), max(filter(None, rests), default=None))

    async def _settle(self, conn: AsyncConnection, what: "_Settling") -> None:
        now = self.clock()
        await record(conn, what.back, now)
        for edition, part, error in what.refused:
            log.error("edition %s %s is held, the server refuses it: %s", edition.series.slug, edition.slot, error)
            await editions.hold_edition(conn, edition.id, str(error))
            await outcomes.revive(conn, edition.id, part=part, error=str(error))
        if what.rest is not None:
            log.error("answers get lost, or our token is refused, so no edition is sent for %s", what.rest)
            await budget.hold(conn, now + what.rest)

    async def _claim(self, conn: AsyncConnection, free: range, outgoing: Mapping[int, Outgoing]) -> list[Claim]:
        if self._work.is_stopping or not free:
            return []
        now = self.clock()

        def room_at(free_at: datetime) -> Room:
            return self._room(free, free_at - now)

        return await claims.claim(conn, room_at, now=now, lease=LEASE, rate=self.rate, outgoing=outgoing)

    def _room(self, free: range, wait: timedelta) -> Room:
        """How much more may stand in line: who asks waits for it, and a crash leaves it in doubt."""
        if wait > self.patience:  # in a pause it would be held for nothing
            return Room(0)
        ahead = int((_AHEAD_S - wait.total_seconds()) * self.rate) if self.rate else inf
        return Room(free[-1], max(free[0], ahead))

    async def _deliver(self, claim: Claim, ready: Ready) -> Settlement:
        delivery, wanted = claim.delivery, claim.wanted
        if not await self._has_come(claim.send_at):
            return Settlement(delivery, ready.edition, Outcome(DeliveryState.PENDING), wanted, left=False)
        try:
            recipient = Recipient(delivery.address, wanted, quiet=claim.quiet, send_at=claim.send_at)
            receipt = await self.messenger.send(ready.parts[delivery.part], recipient)
            outcome = Outcome(DeliveryState.SENT, receipt.message_ids, shows=receipt.shows)
            return Settlement(delivery, ready.edition, outcome, wanted)
        except DeliveryError as error:
            return self._failed(claim, ready.edition, error)
        except Exception as error:  # a fault of ours after the request may have left: nobody knows, so nobody resends
            log.exception("delivery %d broke", delivery.id)
            return self._failed(claim, ready.edition, InDoubt(f"a fault in the program: {error!r}"))

    async def _has_come(self, send_at: datetime) -> bool:
        """Wait for an instant; False when we have to stop, or a clock was set back and it is far ahead."""
        wait = (send_at - self.clock()).total_seconds()
        if wait > _FARTHEST_S:
            return False
        if wait > 0:
            await self._work.pause(wait)
        return not self._work.is_stopping

    def _failed(self, claim: Claim, edition: Edition, error: DeliveryError) -> Settlement:
        delivery, address = claim.delivery, claim.delivery.address
        decision = decide(error, attempts=delivery.attempts, now=self.clock(), in_topic=bool(address.thread_id))
        log.warning("delivery %d to chat %d: %s (%s)", delivery.id, address.chat_id, decision.state, error)
        missing = error.missing if isinstance(error, InDoubt) else ()
        outcome = Outcome(decision.state, missing=missing, error=str(error), not_before=decision.not_before)
        return Settlement(delivery, edition, outcome, claim.wanted, error=error, decision=decision)
