"""Owns the send budget: how fast messages may leave, over all processes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from sqlalchemy import ColumnElement, case, select, update
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
    reserved = fresh.on_conflict_do_update(
        index_elements=["id"], set_={"arrival": greatest(_believable(start), start) + total}
    ).returning(send_budget.c.arrival)
    end: float = (await conn.execute(reserved)).scalar_one()
    waits = accumulate(spacings, initial=end - total - start)
    return [now + timedelta(seconds=max(0.0, wait)) for wait, _ in zip(waits, costs, strict=False)]


async def free_at(conn: AsyncConnection, now: datetime) -> datetime:
    """The instant from which something may leave, at least *now*."""
    arrival: float | None = (await conn.execute(select(_believable(now.timestamp())))).scalar_one_or_none()
    return max(now, datetime.fromtimestamp(arrival or 0.0, tz=UTC))


async def pause(conn: AsyncConnection, until: datetime) -> None:
    """Let nothing leave before *until*, in any process."""
    latest = greatest(send_budget.c.arrival, until.timestamp())
    await conn.execute(update(send_budget).values(arrival=latest))


def _believable(now: float) -> ColumnElement[float]:
    """What is reserved, or 0 when that lies so far ahead that a clock must have been wrong."""
    return case((send_budget.c.arrival > now + FARTHEST.total_seconds(), 0.0), else_=send_budget.c.arrival)
