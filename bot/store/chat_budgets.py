"""Owns how often one chat may get something: a message a second in the long run, and twenty a minute in a group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import upsert
from bot.store.tables import chat_budget

BURST = 4
"""What may come at once in a chat that was quiet: an album, which is shown as one, its text, and two answers. Telegram
lets short bursts through, and does not say how long."""
PER_MINUTE = 20
"""In a group or a channel. Source: https://core.telegram.org/bots/faq"""
_MINUTE_S = 60.0
_OLD = timedelta(minutes=2)

Lately: TypeAlias = Sequence[Sequence[float]]
"""When a group got how many messages: ``[[1795255200.0, 5], …]``, the oldest first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a chat has had.

    Attributes:
        arrival: When the next one would come at one a second, in seconds since the epoch; an album is one.
    """

    arrival: float = 0.0
    lately: Lately = ()

    def allows_at(self, cost: int, now: float) -> float:
        """The instant from which the chat may get *cost* more messages; not before *now*."""
        calm = self._arrival(now) + 1 - BURST
        had = sum(number for _, number in self._within(now))
        for at, number in self._within(now):
            if had + cost <= PER_MINUTE:
                break
            had, calm = had - number, max(calm, at + _MINUTE_S)
        return max(now, calm)

    def charged(self, chat_id: int, cost: int, now: float) -> "Standing":
        """What the chat has had when it gets *cost* messages now."""
        lately = [*self._within(now), [now, cost]] if counts_minutes(chat_id) else []
        return Standing(max(self._arrival(now), now) + 1, lately)

    def _arrival(self, now: float) -> float:
        return self.arrival if self.arrival < now + _MINUTE_S else 0.0  # a clock was wrong

    def _within(self, now: float) -> Lately:
        return [each for each in self.lately if now - _MINUTE_S < each[0] <= now]


def admit(
    asked: Iterable[tuple[int | None, int]], standings: Mapping[int, Standing], now: float
) -> tuple[list[float], dict[int, Standing]]:
    """Let chats get as much as they may.

    Args:
        asked: Who shall get how many messages, in order; None is nobody's, and never waits.
        standings: What those have had that had something lately.
        now: In seconds since the epoch.

    Returns:
        How many seconds each has to wait, and what the chats of those that need not have had then.
    """
    waits, charged = [], dict[int, Standing]()
    for chat_id, cost in asked:
        wait = 0.0
        if chat_id is not None:
            standing = charged.get(chat_id) or standings.get(chat_id) or Standing()
            wait = standing.allows_at(cost, now) - now
            if not wait:
                charged[chat_id] = standing.charged(chat_id, cost, now)
        waits.append(wait)
    return waits, charged


def counts_minutes(chat_id: int) -> bool:
    """Tell a group or a channel from a person by its id."""
    return chat_id < 0


async def standings(conn: AsyncConnection, chat_ids: Iterable[int]) -> dict[int, Standing]:
    """What those of the chats have had that had something lately."""
    query = select(chat_budget).where(chat_budget.c.chat_id.in_(set(chat_ids)))
    return {row.chat_id: Standing(row.arrival, row.lately) for row in await conn.execute(query)}


async def keep(conn: AsyncConnection, standing_of: dict[int, Standing]) -> None:
    """Write down what chats have had."""
    if standing_of:
        row = upsert(conn, chat_budget)
        newer = {"arrival": row.excluded.arrival, "lately": row.excluded.lately}
        await conn.execute(
            row.on_conflict_do_update(index_elements=["chat_id"], set_=newer),
            [
                {"chat_id": chat_id, "arrival": standing.arrival, "lately": standing.lately}
                for chat_id, standing in standing_of.items()
            ],
        )


async def prune(conn: AsyncConnection, now: datetime) -> None:
    """Forget what is so long ago that it holds nobody back."""
    await conn.execute(delete(chat_budget).where(chat_budget.c.arrival < (now - _OLD).timestamp()))
