"""Owns `/status`: how everything stands, in one message that is changed in place."""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat.handlers.conversation import Conversation
from bot.chat.messages.desk import status as messages
from bot.chat.messages.desk.status import Health, Status
from bot.chat.messages.message import Message
from bot.chat.messages.obstacles import is_missing_right
from bot.model.edition import Edition
from bot.model.entry import Series
from bot.publishing.queue import QueuedEntry
from bot.store import doubtful, editions, health, held, incoming, restored, tallies
from bot.store.doubtful import Doubts

_LAST = 4


async def status(talk: Conversation, _words: str = "") -> None:
    """Say how everything stands."""
    await talk.say(await _status(talk))


async def refresh(talk: Conversation, _words: str = "") -> None:
    """Say it in the message whose button was pressed."""
    await talk.revise(await _status(talk))


async def _status(talk: Conversation) -> Message:
    now, queues = talk.services.clock(), await _queues(talk)
    how = await _health(talk, now)
    async with talk.services.database.reading() as conn:
        failures = await tallies.failures(conn)
        return messages.status(
            Status(
                now,
                timezone=queues[0][0].timezone if queues else "UTC",
                queues=queues,
                last=await tallies.last_editions(conn, _LAST),
                audience=await tallies.audience(conn, now.date()),
                silenced=sum(number for error, number in failures if is_missing_right(error)),
                health=how,
                doubts=await _doubts(conn),
                refused=await held.waiting(conn),
                maybe_out=await restored.held_editions(conn),
            )
        )


async def _queues(talk: Conversation) -> list[tuple[Series, Sequence[QueuedEntry]]]:
    rhythmic = [one for one in talk.services.series if one.weekly_at or one.roundup_at]
    weekly_first = sorted(rhythmic, key=lambda one: one.weekly_at is None)
    return [(one, await talk.services.queue.listed(one.slug)) for one in weekly_first]


async def _health(talk: Conversation, now: datetime) -> Health:
    size = await health.size_of(talk.services.database)
    async with talk.services.database.reading() as conn:
        return Health(
            size,
            await health.last_beat(conn),
            await health.rests_until(conn, now),
            waiting=max(await incoming.count_waiting(conn, talk.bot.id) - 1, 0),  # what asks this is one of them
            version=version("collagebot"),
        )


async def _doubts(conn: AsyncConnection) -> list[tuple[Edition, Doubts]]:
    return [(await editions.get_edition(conn, it.edition_id), it) for it in await doubtful.by_edition(conn)]
