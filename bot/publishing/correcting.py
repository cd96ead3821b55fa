"""Owns the way through a correction, message by message, whatever breaks.

Changing a message twice does no harm, so nothing is ever in doubt here: what was under way is simply done again.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import (
    ChatGone,
    ChatMigrated,
    ChatSuspended,
    CollageError,
    ContentRejected,
    DeliveryError,
    Flooded,
    StoreError,
    TopicGone,
)
from bot.model.correction import Notice, Obstacle, Posted, Step, StepOutcome, StepState
from bot.publishing.corrections import Corrector, Revision, top_up
from bot.publishing.retry import backoff
from bot.publishing.wakeful import Wakeful
from bot.store import budget, chat_budgets, correction_notices, corrections, editions, entries, turns
from bot.store.database import Database

log = logging.getLogger(__name__)

TURN = "corrections"
LEASE = timedelta(seconds=20)
"""A process that died holds the others up for so long at most. Two at once would do no harm."""
GROUP = 4  # an answer to a person waits for no more of them
GIVE_UP = timedelta(days=2)
_TOLD_EVERY_S = 3.0
_LOOK_AGAIN = timedelta(seconds=1)
_OBSTACLES: tuple[tuple[type[Exception], Obstacle], ...] = (
    (ChatGone, Obstacle.GONE),
    (ChatSuspended, Obstacle.FORBIDDEN),
    (ChatMigrated, Obstacle.MOVED),
    (TopicGone, Obstacle.LOST),
    (ContentRejected, Obstacle.REFUSED),
    (CollageError, Obstacle.UNDRAWN),
)


@dataclass(slots=True)
class Corrections:
    """Carries corrections out: after answers and editions, a few messages at a time, in one process at once.

    Args:
        rate: Messages a second over all processes; 0 for no limit.
        patience: For how long it waits while nothing can be done; the rest is left to the next tick.
    """

    database: Database
    corrector: Corrector
    clock: Callable[[], datetime]
    rate: float = 28
    patience: timedelta = timedelta(seconds=10)
    _holder: str = field(default_factory=lambda: uuid4().hex)
    _told_at: float = 0.0
    _work: Wakeful = field(default_factory=lambda: Wakeful("correcting"))

    def wake(self) -> None:
        """Say that something may have to be done."""
        self._work.wake()

    def stop(self) -> None:
        """Begin nothing more; what is under way is finished."""
        self._work.stop()

    async def serve(self) -> None:
        """Run whenever somebody wakes us, until we are stopped."""
        await self._work.serve(self.run)

    async def run(self) -> None:
        """Do what can be done now, unless another process is at it."""
        if not await self._take_turn():
            return
        try:
            idle = timedelta(0)
            while not self._work.is_stopping and (group := await self._next()) is not None:
                await self._tell()
                if group:
                    await self._carry_out(group)
                    idle = timedelta(0)
                elif idle >= self.patience or not await self._has_work():
                    break
                else:
                    await self._work.pause(_LOOK_AGAIN.total_seconds())
                    idle += _LOOK_AGAIN
            self._told_at = 0.0
            await self._tell()
        finally:
            await self._give_turn_back()

    async def _take_turn(self) -> bool:
        if self._work.is_stopping or not await self._has_work(or_to_tell=True):
            return False
        async with self.database.writing() as conn:
            return await turns.claim(conn, TURN, self._holder, now=self.clock(), lease=LEASE)

    async def _give_turn_back(self) -> None:
        async with self.database.writing() as conn:
            await turns.release(conn, TURN, self._holder, self.clock())

    async def _has_work(self, *, or_to_tell: bool = False) -> bool:
        async with self.database.reading() as conn:
            if await corrections.unfinished(conn):
                return True
            return or_to_tell and bool(await correction_notices.all_notices(conn))

    async def _next(self) -> list[Revision] | None:
        """Reserve the next few messages; none while others go first, None when another process is at it."""
        async with self.database.writing() as conn:
            now = self.clock()
            if not await turns.extend(conn, TURN, self._holder, now + LEASE):
                return None
            await self._finish(conn, now)
            if await budget.free_at(conn, now) > now:
                return []
            steps = await _in_turn(conn, await corrections.due(conn, now, GROUP), now)
            instants = await budget.reserve(conn, [1] * len(steps), rate=self.rate, now=now)
        return await self._read(list(zip(steps, instants, strict=True)))

    async def _finish(self, conn: AsyncConnection, now: datetime) -> None:
        """End what is done, unless the edition is still going out: what leaves may have been written before."""
        for it in await corrections.unfinished(conn):
            if not await corrections.is_complete(conn, it.id):
                continue
            if now - it.asked_at <= GIVE_UP and await corrections.is_still_going_out(conn, it.entry_id, now):
                continue
            await top_up(conn, it, self.corrector.touched, now)
            if await corrections.is_complete(conn, it.id):
                await corrections.finish(conn, it.id, now)

    async def _read(self, reserved: Sequence[tuple[Step, datetime]]) -> list[Revision]:
        """What has to be known for each step; a chat that lost its deliveries meanwhile has nothing."""
        async with self.database.reading() as conn:
            ids = {step.edition_id for step, _ in reserved}
            read = {edition_id: await editions.get_edition(conn, edition_id) for edition_id in ids}
            there = [await corrections.posted(conn, step.edition_id, step.address) for step, _ in reserved]
        return [
            Revision(step, read[step.edition_id], found[0] if found else Posted(step.address, {}), send_at)
            for (step, send_at), found in zip(reserved, there, strict=True)
        ]

    async def _carry_out(self, group: Sequence[Revision]) -> None:
        outcomes = await asyncio.gather(*map(self._outcome, group))
        done = [(it.step, outcome) for it, outcome in zip(group, outcomes, strict=True)]
        async with self.database.writing() as conn:
            await corrections.settle(conn, done, self.clock())

    async def _outcome(self, it: Revision) -> StepOutcome:
        try:
            return await self.corrector.carry_out(it)
        except StoreError as error:
            log.warning("%s is corrected later: %s", it.step.target, error)
            return self._later(it.step)
        except (DeliveryError, CollageError) as error:
            log.warning("%s in chat %d is not corrected: %s", it.step.target, it.step.address.chat_id, error)
            return self._failed(it.step, error)
        except Exception:  # a fault of ours must not be tried for ever
            log.exception("the correction of %s broke", it.step.target)
            return StepOutcome(StepState.FAILED, Obstacle.REFUSED)

    def _failed(self, step: Step, error: Exception) -> StepOutcome:
        for kind, obstacle in _OBSTACLES:
            if isinstance(error, kind):
                return StepOutcome(StepState.FAILED, obstacle)
        return self._later(step, error.retry_after if isinstance(error, Flooded) else None)

    def _later(self, step: Step, wait: timedelta | None = None) -> StepOutcome:
        """Try again: it did not leave, or nobody knows, and then it does no harm."""
        now = self.clock()
        if now - step.correction.asked_at > GIVE_UP:
            return StepOutcome(StepState.FAILED, Obstacle.UNREACHABLE)
        return StepOutcome(StepState.PENDING, not_before=now + (wait or backoff(step.attempts + 1)))

    async def _tell(self) -> None:
        """Tell how far everything is, now and then while there is much to do; the end of each at once, and for good."""
        now = asyncio.get_running_loop().time()
        is_time = not self._told_at or now - self._told_at >= _TOLD_EVERY_S
        for notice in await self._notices():
            is_over = notice.correction.finished_at is not None
            if is_over or is_time:
                self._told_at = now
                await self._tell_of(notice)
            if is_over:
                async with self.database.writing() as conn:
                    await correction_notices.drop(conn, notice.correction)

    async def _notices(self) -> list[Notice]:
        async with self.database.reading() as conn:
            return await correction_notices.all_notices(conn)

    async def _tell_of(self, notice: Notice) -> None:
        async with self.database.reading() as conn:
            found = await entries.get_entries(conn, [notice.correction.entry_id])
            tally = await corrections.tally(conn, notice.correction.id)
        for entry in found:
            await self.corrector.tell(notice, entry, tally)


async def _in_turn(conn: AsyncConnection, steps: Sequence[Step], now: datetime) -> list[Step]:
    """Those of *steps* whose chats may get as much now; the others are put off until they may."""
    standings = await chat_budgets.standings(conn, [step.address.chat_id for step in steps])
    asked = [(step.address.chat_id, 1) for step in steps]
    waits, charged = chat_budgets.admit(asked, standings, now.timestamp())
    await chat_budgets.keep(conn, charged)
    later = {step: now + timedelta(seconds=wait) for step, wait in zip(steps, waits, strict=True) if wait}
    await corrections.put_off(conn, later)
    return [step for step in steps if step not in later]
