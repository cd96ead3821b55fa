"""Owns `/subscribe` and `/unsubscribe`: a chat's standing wish."""

from dataclasses import replace
from datetime import datetime

from telegram.error import TelegramError

from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import wishes
from bot.chat.messages.message import Message
from bot.chat.typed import Unreadable, parse_moment
from bot.model.subscription import Moment, Subscription
from bot.store import deliveries, subscriptions

_FALLBACK_ZONE = "UTC"


async def subscribe(talk: Conversation, words: str = "") -> None:
    """Subscribe this chat (or topic), at the moment *words* name or at the series' own."""
    if not await may_decide(talk):
        await talk.say(wishes.admins_only())
        return
    try:
        moment = parse_moment(words, timezone=zone_of(series_moment(talk))) if words.strip() else None
    except Unreadable as error:
        wish = await find(talk)
        await talk.say(
            wishes.unreadable_moment(error, wishes.Rhythm(wish.moment, series_moment(talk)) if wish else None)
        )
        return
    await subscribe_now(talk, moment)


async def subscribe_now(talk: Conversation, moment: Moment | None) -> None:
    """Write the wish down and say when it is first fulfilled."""
    await talk.remember_chat()
    async with talk.services.database.writing() as conn:
        before = await subscriptions.find(conn, talk.address)
        await subscriptions.subscribe(conn, talk.address, talk.services.clock(), moment=moment)
        wish = await subscriptions.find(conn, talk.address)
    is_new = before is None or not before.weekly
    opening = wishes.gets(wish) if is_new else wishes.NEW_TIME if moment else wishes.ALREADY
    await talk.say(await _state(talk, opening))


async def unsubscribe(talk: Conversation, _words: str = "") -> None:
    """End the subscription of this chat (or topic), with a way back."""
    if not await may_decide(talk):
        await talk.say(wishes.admins_only())
        return
    await talk.say(await _end(talk))


async def unsubscribe_now(talk: Conversation) -> None:
    """End the subscription in the message whose button was pressed."""
    await talk.revise(await _end(talk))


async def follow(talk: Conversation) -> None:
    """Give up the chat's own moment for that of the series."""
    async with talk.services.database.writing() as conn:
        wish = await subscriptions.find(conn, talk.address)
        if wish is not None:
            await subscriptions.change(conn, replace(wish, moment=None))
    await talk.revise(wishes.not_subscribed() if wish is None else await _state(talk, wishes.FOLLOWED))


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


async def find(talk: Conversation) -> Subscription | None:
    """What this chat (or topic) wants; None when it is not subscribed."""
    async with talk.services.database.reading() as conn:
        return await subscriptions.find(conn, talk.address)


async def _state(talk: Conversation, opening: str) -> Message:
    wish = await find(talk)
    moment = wish.moment if wish else None
    return wishes.subscribed(await coming(talk, wish), wishes.Rhythm(moment, series_moment(talk)), opening=opening)


async def _end(talk: Conversation) -> Message:
    async with talk.services.database.writing() as conn:
        ended = await subscriptions.unsubscribe(conn, talk.address, talk.services.clock())
    return wishes.ended() if ended else wishes.not_subscribed()


async def next_pick(talk: Conversation, moment: Moment | None) -> datetime | None:
    """When the next weekly pick of any series comes to this chat with that own moment; a week it has had is over."""
    services, now = talk.services, talk.services.clock()
    async with services.database.reading() as conn:
        had = [await deliveries.weeks_had(conn, talk.address, series) for series in services.series]
    instants = [
        services.upcoming(series, moment, now, weeks) for series, weeks in zip(services.series, had, strict=True)
    ]
    return min((instant for instant in instants if instant is not None), default=None)


async def coming(talk: Conversation, wish: Subscription | None) -> datetime | None:
    """When the next weekly pick comes to this chat; None where none does."""
    return await next_pick(talk, wish.moment) if wish and wish.weekly else None


def series_moment(talk: Conversation) -> Moment | None:
    """When the weekly pick comes to whoever follows the series; None when no series has one."""
    weekly = ((series.weekly_at, series.timezone) for series in talk.services.series if series.weekly_at)
    return next((parse_moment(text, timezone=zone) for text, zone in weekly), None)


def zone_of(moment: Moment | None) -> str:
    """The zone that a moment is meant in."""
    return moment.timezone if moment else _FALLBACK_ZONE
