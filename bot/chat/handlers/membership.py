"""Owns what happens when a chat lets us in, shuts us out, or moves."""

from contextlib import suppress

from telegram import ChatMember, ChatMemberUpdated
from telegram import Message as Received
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings
from bot.chat.messages.message import Message
from bot.model.address import Address
from bot.store import subscriptions

_OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
BLOCKED = "the bot was blocked"
REMOVED = "the bot was removed from the chat"


async def membership(talk: Conversation, change: ChatMemberUpdated) -> None:
    """Follow a change of our own place in a chat."""
    before, after = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    if before and not after:
        await _left(talk)
    elif after and not before:
        await _joined(talk, change)


async def moved(talk: Conversation, message: Received) -> None:
    """Follow a group that became a supergroup; Telegram tells it from both sides, in any order."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    async with talk.services.database.writing() as conn:
        await subscriptions.migrate_chat(conn, old, new)


async def _left(talk: Conversation) -> None:
    reason = BLOCKED if talk.private else REMOVED
    async with talk.services.database.writing() as conn:
        await subscriptions.mark_gone(conn, talk.chat.id, reason, talk.services.clock())


async def _joined(talk: Conversation, change: ChatMemberUpdated) -> None:
    await talk.remember_chat()
    async with talk.services.database.writing() as conn:
        await subscriptions.mark_back(conn, talk.chat.id)
    if talk.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        await talk.say(await _back(talk) or greetings.group_welcome())
    elif talk.chat.type == ChatType.CHANNEL:
        name = talk.chat.title or ""
        note = await _back(talk, channel=name) or greetings.channel_note(name)
        with suppress(TelegramError):  # somebody who never talked to us cannot be written to
            await talk.outbox.text(Address(change.from_user.id), note)


async def _back(talk: Conversation, *, channel: str = "") -> Message | None:
    """What we say where we are still subscribed."""
    wish = await subscribe.find(talk)
    if wish is None:
        return None
    zone = subscribe.zone_of(wish.moment or subscribe.series_moment(talk))
    return greetings.back(await subscribe.coming(talk, wish), zone, channel=channel)


def _is_in(member: ChatMember) -> bool:
    return member.status not in _OUT and getattr(member, "is_member", True)
