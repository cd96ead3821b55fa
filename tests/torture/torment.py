"""A broadcast that is killed at random moments, again and again, until it has come to rest."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, EditionKind, EmptyQueue
from bot.publishing.calendar import Slot
from bot.publishing.editions import open_slot
from bot.sandbox import Sandbox, serve
from bot.store import deliveries, entries, installation
from bot.store.database import Database
from bot.store.tables import delivery, send_budget
from tests.publishing.recording import RecordingMessenger
from tests.torture import town as towns
from tests.torture.lives import Life, Nursery
from tests.torture.town import Town

TOKEN = "1000:torture"
DUE_AGO = timedelta(hours=1)
"""A session of tests is shorter."""
_IDLE_S = 3.0
_UNDER_WAY = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(slots=True)
class Torment:
    """A sandbox with a town in it, a database, and bots that are born and killed between the two.

    Attributes:
        held: How many requests were under way whenever somebody was killed.
    """

    sandbox: Sandbox
    town: Town
    database: Database
    bots: Nursery
    environment: Mapping[str, str]
    held: list[int] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    async def bear(self, **more: str) -> Life:
        """Start a bot."""
        return await self.bots.bear({**self.environment, **more})

    @property
    def arrivals(self) -> int:
        """How many messages have come to the sandbox's door."""
        return len(self.sandbox.floods.arrivals)

    async def arrive(self, number: int, life: Life, *, timeout_s: float = 8) -> bool:
        """Wait until that many messages came, or the bot has ended."""
        enough = await self.sandbox.wait(lambda: self.arrivals >= number or life.is_over, timeout_s=timeout_s)
        return enough and not life.is_over

    async def kill(self, life: Life) -> None:
        """Kill a bot, and count what it held."""
        await life.kill()
        async with self.database.reading() as conn:
            query = select(delivery.c.id, delivery.c.attempts).where(delivery.c.state == DeliveryState.SENDING)
            held = {(row.id, row.attempts) for row in await conn.execute(query)} - self._seen
        self._seen |= held  # the next one may be killed before it has found them
        self.held.append(len(held))

    async def states(self) -> Counter[DeliveryState]:
        """How many deliveries are in each state."""
        async with self.database.reading() as conn:
            return Counter(await deliveries.count_states(conn))

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass while nobody lives: whatever the database waits for comes so much sooner."""
        async with self.database.writing() as conn:
            await conn.execute(update(send_budget).values(arrival=0.0, paused_until=0.0, held_until=0.0))
            query = select(delivery.c.id, delivery.c.lease_until, delivery.c.not_before)
            rows = [
                {"of": row.id, "lease": row.lease_until and row.lease_until - by, "retry": row.not_before - by}
                for row in await conn.execute(query.where(delivery.c.state.in_(_UNDER_WAY)))
            ]
            if rows:
                await conn.execute(_SOONER, rows)

    async def rest(self, *, rounds: int = 12) -> None:
        """Let bots finish the work, each stopped cleanly when nothing more is due; after each, half an hour passes."""
        for _ in range(rounds):
            if not (await self.states()).keys() & set(_UNDER_WAY):
                return
            await self.pass_time(timedelta(minutes=30))
            life = await self.bear()
            await self.until_idle(life)
            assert await life.stop() == 0
            assert not (await self.states())[DeliveryState.SENDING]

    async def until_done(self, life: Life, *, timeout_s: float = 60) -> None:
        """Wait until nothing is under way any more, or the bot has ended, or for so long."""
        async with asyncio.timeout(timeout_s):
            while not life.is_over and (await self.states()).keys() & set(_UNDER_WAY):
                await self.sandbox.wait(lambda: life.is_over, timeout_s=0.3)

    async def until_quiet(self) -> None:
        """Wait until nothing has come for a while, whatever anybody still holds."""
        seen = -1
        while seen != self.arrivals:
            seen = self.arrivals
            await self.sandbox.wait(lambda: False, timeout_s=_IDLE_S)

    async def until_idle(self, life: Life, *, patience_s: float = _IDLE_S) -> None:
        """Wait until the work is done, or nothing has come for a while: what is put off waits for the next bot."""
        seen = -1
        while not life.is_over and (seen != self.arrivals or (await self.states())[DeliveryState.SENDING]):
            seen = self.arrivals
            await self.sandbox.wait(lambda: life.is_over, timeout_s=patience_s)


_SOONER = (
    update(delivery)
    .where(delivery.c.id == bindparam("of"))
    .values(lease_until=bindparam("lease"), not_before=bindparam("retry"))
)


async def _open_roundup(conn: AsyncConnection, now: datetime) -> None:
    series = await entries.get_series(conn, towns.SERIES)
    await open_slot(
        conn,
        series,
        Slot(EditionKind.ROUNDUP, "2022-01"),
        messenger=RecordingMessenger(parts=2),  # its album and its text; it sends nothing here
        empty_queue=EmptyQueue.ARCHIVE,
        now=now,
        by_hand=True,
    )


@asynccontextmanager
async def torment(
    database: Database, bots: Nursery, *, folder: Path, size: int, roundups: int = 0, content: Path, rate: float
) -> AsyncIterator[Torment]:
    """Open a town and its database, with a pick of the week that fell due an hour ago.

    Args:
        roundups: How many of the town want the roundup, too, which is open already; 0 for none.
        rate: Messages a second.
    """
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="torture_bot")
    town = towns.build(sandbox, size, roundups=roundups)
    now = datetime.now(UTC)
    await towns.subscribe(database, town, towns.a_while_ago(now))
    async with database.writing() as conn:
        await installation.first_seen_at(conn, f"{towns.SERIES} {EditionKind.WEEKLY}", now - timedelta(days=3))
        if roundups:
            await _open_roundup(conn, now)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": database.url,
            "CONTENT": str(content),
            "LOG": str(folder / "bots.log"),
            "SEND_RATE": f"{rate}",
            "PAID_BROADCAST": "on",
        }
        yield Torment(sandbox, town, database, bots, environment)
