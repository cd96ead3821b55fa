"""Owns the send budget: how fast messages may leave, over all processes and whatever they are for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import greatest, upsert
from bot.store.tables import send_budget

FARTHEST = timedelta(minutes=5)  # no pause and no album reserves more


async def reserve(conn: AsyncConnection, costs: Sequence[int], *, rate: float, now: datetime) -> list[datetime]:
    """Reserve the next free instants, one per request.

    Args:
        costs: How many messages the server counts for each request, in the order in which they will leave.
        rate: Messages a second; 0 for no limit.

    Returns:
        When each request may leave, not before *now*.

    Source: the generic cell rate algorithm without burst, in one row that every process shares.
    """
    spacings = [cost / rate if rate else 0.0 for cost in costs]
    total, start = sum(spacings), now.timestamp()
    fresh = upsert(conn, send_budget).values(id=1, arrival=start + total)
    free = greatest(_believable(send_budget.c.arrival, start), _believable(send_budget.c.paused_until, start), start)
    reserved = fresh.on_conflict_do_update(index_elements=["id"], set_={"arrival": free + total}).returning(
        send_budget.c.arrival
    )
    end: float = (await conn.execute(reserved)).scalar_one()
    waits = accumulate(spacings, initial=end - total - start)
    return [now + timedelta(seconds=max(0.0, wait)) for wait, _ in zip(waits, costs, strict=False)]


async def free_at(conn: AsyncConnection, now: datetime) -> datetime:
    """The instant from which an edition may leave, at least *now*."""
    at = now.timestamp()
    ends = (send_budget.c.arrival, send_budget.c.paused_until, send_budget.c.held_until)
    latest: float | None = (
        await conn.execute(select(greatest(*(_believable(end, at) for end in ends))))
    ).scalar_one_or_none()
    return max(now, datetime.fromtimestamp(latest or 0.0, tz=UTC))


async def pause(conn: AsyncConnection, until: datetime) -> None:
    """Let nothing leave before *until*, in any process: Telegram asked for it."""
    await _put_off(conn, "paused_until", until)


async def hold(conn: AsyncConnection, until: datetime) -> None:
    """Let no edition leave before *until*, in any process; who asks is answered all the same."""
    await _put_off(conn, "held_until", until)


async def _put_off(conn: AsyncConnection, name: str, until: datetime) -> None:
    latest: dict[str, Any] = {name: until.timestamp()}
    row = upsert(conn, send_budget).values(id=1, arrival=0.0, **latest)
    later = {name: greatest(send_budget.c[name], until.timestamp())}
    await conn.execute(row.on_conflict_do_update(index_elements=["id"], set_=later))


def _believable(end: ColumnElement[float], now: float) -> ColumnElement[float]:
    """What is reserved, or 0 when that lies so far ahead that a clock must have been wrong."""
    return case((end > now + FARTHEST.total_seconds(), 0.0), else_=end)
