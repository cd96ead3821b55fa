"""Owns `/subscribe` and `/unsubscribe`: a chat's standing wish."""

from datetime import datetime

from telegram.error import TelegramError

from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import wishes
from bot.chat.messages.message import Message
from bot.chat.typed import Unreadable, parse_moment
from bot.model.subscription import Moment
from bot.store import subscriptions

_FALLBACK_ZONE = "UTC"


async def subscribe(talk: Conversation, words: str = "") -> None:
    """Subscribe this chat (or topic), at the moment *words* name or at the series' own."""
    if not await may_decide(talk):
        await talk.say(wishes.admins_only())
        return
    try:
        moment = parse_moment(words, timezone=_zone(talk)) if words.strip() else None
    except Unreadable as error:
        await talk.say(wishes.unreadable_moment(error.part))
        return
    await subscribe_now(talk, moment)


async def subscribe_now(talk: Conversation, moment: Moment | None) -> None:
    """Write the wish down and say when it is first fulfilled."""
    await talk.remember_chat()
    async with talk.services.database.writing() as conn:
        before = await subscriptions.find(conn, talk.address)
        await subscriptions.subscribe(conn, talk.address, talk.services.clock(), moment=moment)
    opening = wishes.NOW if before is None else wishes.NEW_TIME if moment else wishes.ALREADY
    await talk.say(await _state(talk, opening))


async def unsubscribe(talk: Conversation, _words: str = "") -> None:
    """End the subscription of this chat (or topic), with a way back."""
    if not await may_decide(talk):
        await talk.say(wishes.admins_only())
        return
    async with talk.services.database.writing() as conn:
        ended = await subscriptions.unsubscribe(conn, talk.address, talk.services.clock())
    await talk.say(wishes.ended() if ended else wishes.not_subscribed())


async def restore(talk: Conversation) -> None:
    """Bring back the very same wish that was ended."""
    async with talk.services.database.writing() as conn:
        await subscriptions.restore(conn, talk.address)
    await talk.revise(await _state(talk, wishes.RESTORED))


async def may_decide(talk: Conversation) -> bool:
    """Tell whether the asker may decide for this chat: its admins may, or anybody in a group that names none."""
    if talk.private or talk.in_its_name:
        return True
    try:
        admins = await talk.bot.get_chat_administrators(talk.chat.id)
    except TelegramError:
        admins = ()
    if not admins:
        return not talk.in_channel  # whoever reads a channel can press its buttons
    return talk.asker in {admin.user.id for admin in admins}


async def _state(talk: Conversation, opening: str) -> Message:
    async with talk.services.database.reading() as conn:
        wish = await subscriptions.find(conn, talk.address)
    moment = wish.moment if wish else None
    coming = next_pick(talk, moment)
    return wishes.subscribed(coming, moment.timezone if moment else _zone(talk), opening=opening)


def next_pick(talk: Conversation, moment: Moment | None) -> datetime | None:
    """When the next weekly pick of any series comes to a chat with that own moment."""
    now = talk.services.clock()
    instants = (talk.services.upcoming(series, moment, now) for series in talk.services.series)
    return min((instant for instant in instants if instant is not None), default=None)


def _zone(talk: Conversation) -> str:
    weekly = (series.timezone for series in talk.services.series if series.weekly_at)
    return next(weekly, _FALLBACK_ZONE)
