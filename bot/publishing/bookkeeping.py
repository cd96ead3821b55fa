"""Owns what is written down when deliveries come back: for them, for their chats, and for the pace."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import ChatGone, ChatMigrated, TopicGone
from bot.publishing.settlement import Settlement
from bot.store import budget, outcomes, subscriptions


async def record(conn: AsyncConnection, back: Sequence[Settlement], now: datetime) -> None:
    """Write down what came back: for the deliveries, and after a failure for its chat and the pace."""
    await outcomes.settle(conn, [(it.delivery, it.outcome) for it in back if it.left], now)
    await outcomes.release(conn, [it.delivery for it in back if not it.left])
    for settlement in back:
        if settlement.error is not None:
            await _follow(conn, settlement, now)


async def _follow(conn: AsyncConnection, settlement: Settlement, now: datetime) -> None:
    delivery = settlement.delivery
    if settlement.decision is not None and settlement.decision.pause_until is not None:
        await budget.pause(conn, settlement.decision.pause_until)
    match settlement.error:
        case ChatGone() as error:
            await subscriptions.mark_gone(conn, delivery.address.chat_id, str(error), now)
        case ChatMigrated(new_chat_id=new_id):
            await subscriptions.migrate_chat(conn, delivery.address.chat_id, new_id)
        case TopicGone() if delivery.address.thread_id:
            await subscriptions.drop_thread(conn, delivery.address)
