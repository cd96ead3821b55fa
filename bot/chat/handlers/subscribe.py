"""Owns `/subscribe` and `/unsubscribe`: a chat's standing wish."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from telegram import ChatMember
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import wishes
from bot.chat.messages.message import Message
from bot.chat.typed import Unreadable, parse_moment
from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.model.subscription import Moment, Offer, Subscription, day_of, offers
from bot.publishing.calendar import moved, next_instant
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
        await talk.say(wishes.unreadable_moment(error, rhythm_of(talk, wish) if wish else None))
        return
    await subscribe_now(talk, moment)


async def subscribe_now(talk: Conversation, moment: Moment | None) -> None:
    """Write the wish down and say when it is first fulfilled."""
    await talk.remember_chat()
    async with talk.services.database.writing() as conn:
        before, now = await subscriptions.find(conn, talk.address), talk.services.clock()
        await subscriptions.subscribe(conn, talk.address, now, moment=None if before else moment)
        wish = await subscriptions.find(conn, talk.address)
        if before and wish and moment:
            await subscriptions.change(conn, moved(wish, moment, talk.services.series, now))
    is_new = before is None or (wish is not None and before.declined != wish.declined)
    opening = wishes.gets(wish, offers(talk.services.series)) if is_new else _gone_on(moment)
    await talk.say(await _state(talk, opening))


def _gone_on(moment: Moment | None) -> str:
    return wishes.NEW_TIME if moment else wishes.ALREADY


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
            await subscriptions.change(conn, moved(wish, None, talk.services.series, talk.services.clock()))
    await talk.revise(wishes.not_subscribed() if wish is None else await _state(talk, wishes.FOLLOWED))


async def restore(talk: Conversation) -> None:
    """Bring back the very same wish that was ended."""
    async with talk.services.database.writing() as conn:
        await subscriptions.restore(conn, talk.address)
        is_there = await subscriptions.find(conn, talk.address) is not None
    await talk.revise(await _state(talk, wishes.RESTORED) if is_there else wishes.not_subscribed())


async def may_decide(talk: Conversation) -> bool:
    """Tell whether the asker may decide for this chat: its admins may, or anybody in a group that names none."""
    if talk.private or talk.in_its_name:
        return True
    try:
        admins = await _admins(talk)
    except BadRequest:  # the list of members is hidden; whoever reads a channel can press its buttons all the same
        return not talk.in_channel
    except TelegramError:  # nobody can say just now: then nobody decides
        return False
    return talk.asker in {admin.user.id for admin in admins}


async def _admins(talk: Conversation) -> Sequence[ChatMember]:
    """Ask who the admins are; once more where the line was bad."""
    try:
        return await talk.bot.get_chat_administrators(talk.chat.id)
    except NetworkError as error:
        if isinstance(error, BadRequest):
            raise
    return await talk.bot.get_chat_administrators(talk.chat.id)


async def find(talk: Conversation) -> Subscription | None:
    """What this chat (or topic) wants; None when it is not subscribed."""
    async with talk.services.database.reading() as conn:
        return await subscriptions.find(conn, talk.address)


async def _state(talk: Conversation, opening: str) -> Message:
    wish = await find(talk)
    until = wish.paused_until if wish else None
    paused_until = until if until and until > today(talk, wish) else None
    return wishes.subscribed(
        await schedule(talk, wish), rhythm_of(talk, wish), opening=opening, paused_until=paused_until
    )


async def _end(talk: Conversation) -> Message:
    async with talk.services.database.writing() as conn:
        ended = await subscriptions.unsubscribe(conn, talk.address, talk.services.clock())
    return wishes.ended() if ended else wishes.not_subscribed()


async def coming(talk: Conversation, wish: Subscription | None) -> datetime | None:
    """When the next weekly paper comes to this chat, or else the next roundup; None where nothing does."""
    scheduled = await schedule(talk, wish)
    weekly = (each for each in scheduled if each.kind is EditionKind.WEEKLY)
    first = next(weekly, next(iter(scheduled), None))
    return first.at if first else None


async def schedule(talk: Conversation, wish: Subscription | None) -> list[wishes.Coming]:
    """What comes to this chat next of each series and kind it wants, the soonest first; what it has had is over."""
    if wish is None:
        return []
    async with talk.services.database.reading() as conn:
        slots = await deliveries.slots_of(conn, talk.address)
    found = [
        _next(talk, wish, one, offer, slots.get(offer, {})) for one in talk.services.series for offer in offers([one])
    ]
    return sorted((each for each in found if each is not None), key=lambda each: each.at)


def _next(
    talk: Conversation, wish: Subscription, series: Series, offer: Offer, ledger: Mapping[str, datetime]
) -> wishes.Coming | None:
    kind = offer[1]
    at = next_instant(series, kind, wish, talk.services.clock(), ledger) if wish.wants(offer) else None
    if at is None:
        return None
    is_only = sum(other[1] is kind for other in offers(talk.services.series)) == 1
    return wishes.Coming(
        kind,
        at,
        wish.timezone(series),
        series="" if is_only else series.name,
        is_sure=kind is EditionKind.ROUNDUP or not wish.topics,
    )


def rhythm_of(talk: Conversation, wish: Subscription | None) -> wishes.Rhythm:
    """When the weekly paper comes to this chat."""
    return wishes.Rhythm(wish.moment if wish else None, series_moment(talk))


def today(talk: Conversation, wish: Subscription | None) -> date:
    """What day it is where this chat is."""
    return day_of(talk.services.clock(), zone_of(rhythm_of(talk, wish).effective))


def series_moment(talk: Conversation) -> Moment | None:
    """When the weekly pick comes to whoever follows the series; None when no series has one."""
    weekly = ((series.weekly_at, series.timezone) for series in talk.services.series if series.weekly_at)
    return next((parse_moment(text, timezone=zone) for text, zone in weekly), None)


def zone_of(moment: Moment | None) -> str:
    """The zone that a moment is meant in."""
    return moment.timezone if moment else _FALLBACK_ZONE
