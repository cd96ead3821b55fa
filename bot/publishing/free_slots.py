"""Owns which slots of a series are still free."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import Series
from bot.publishing.calendar import DueSlot, due_slots
from bot.publishing.editions import oldest_interesting
from bot.publishing.timetable import filled_from_queue
from bot.store import editions, installation, subscriptions


async def free_slots(conn: AsyncConnection, series: Series, *, now: datetime, horizon: timedelta) -> list[DueSlot]:
    """The slots that take from the queue and that nobody has opened, oldest first.

    Returns:
        The newest one whose moment has come, for the next tick opens it, and those to come within *horizon*.
    """
    kind = filled_from_queue(series)
    if kind is None:
        return []
    first_seen = await installation.find_first_seen(conn, f"{series.slug} {kind}")
    since = oldest_interesting(first_seen or now, now)
    appointments = await subscriptions.appointments(conn, (series.slug, kind))
    due = due_slots(series, kind, appointments, since=since, now=now + horizon)
    taken = await editions.opened_slots(conn, series, kind)
    begun = [each for each in due if each.opens_at <= now]
    return [each for each in (*begun[-1:], *due[len(begun) :]) if each.slot.key not in taken]
