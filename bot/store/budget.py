"""Owns the send budget: how fast messages may leave, over all processes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import send_budget


async def reserve(conn: AsyncConnection, cost: int, *, rate: float, now: datetime) -> datetime:
    """Reserve the next free instant for *cost* messages at *rate* a second (0: no limit).

    Source: the generic cell rate algorithm without burst, in one row that every process shares.
    """
    spacing = cost / rate if rate else 0.0
    fresh = upsert(send_budget).values(id=1, arrival=now.timestamp() + spacing)
    reserved = fresh.on_conflict_do_update(
        index_elements=["id"], set_={"arrival": func.max(send_budget.c.arrival, now.timestamp()) + spacing}
    ).returning(send_budget.c.arrival)
    arrival: float = (await conn.execute(reserved)).scalar_one()
    return max(now, now + timedelta(seconds=arrival - spacing - now.timestamp()))


async def free_at(conn: AsyncConnection) -> datetime:
    """The instant from which something may leave."""
    arrival = (await conn.execute(select(send_budget.c.arrival))).scalar_one_or_none()
    return datetime.fromtimestamp(arrival or 0.0, tz=UTC)


async def pause(conn: AsyncConnection, until: datetime) -> None:
    """Let nothing leave before *until*, in any process."""
    latest = func.max(send_budget.c.arrival, until.timestamp())
    await conn.execute(update(send_budget).values(arrival=latest))
