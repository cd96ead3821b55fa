"""Owns how many collages each reader has asked for today."""

from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import QuotaSpent
from bot.store.dialect import greatest, upsert
from bot.store.tables import quota
from bot.wording.dates import count


async def spend(conn: AsyncConnection, user_id: int, day: date, limit: int) -> int:
    """Count one collage for a reader; what was counted on earlier days is forgotten.

    Returns:
        How many are left on that day.

    Raises:
        QuotaSpent: There are none.
    """
    await conn.execute(delete(quota).where(quota.c.day < str(day)))
    row = upsert(conn, quota).values(user_id=user_id, day=str(day), used=1)
    again = row.on_conflict_do_update(
        index_elements=["user_id", "day"], set_={"used": quota.c.used + 1}, where=quota.c.used < limit
    )
    used = (await conn.execute(again.returning(quota.c.used))).scalar_one_or_none() if limit > 0 else None
    if used is None:
        raise QuotaSpent(f"You have had your {count(limit, 'collage', 'collages')} of today; come back tomorrow.")
    return limit - int(used)


async def forget(conn: AsyncConnection, user_id: int, *, before: date) -> None:
    """Forget what a reader had before a day."""
    await conn.execute(delete(quota).where(quota.c.user_id == user_id, quota.c.day < str(before)))


async def give_back(conn: AsyncConnection, user_id: int, day: date) -> None:
    """Take back what was spent on a collage that did not come about."""
    fewer = greatest(quota.c.used - 1, 0)
    await conn.execute(update(quota).where(quota.c.user_id == user_id, quota.c.day == str(day)).values(used=fewer))
