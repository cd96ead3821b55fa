"""Owns what happens when a chat lets us in, shuts us out, or moves."""

from dataclasses import replace

from telegram import Chat, ChatMember, ChatMemberUpdated
from telegram import Message as Received
from telegram.constants import ChatMemberStatus, ChatType

from bot.chat.handlers import channels, subscribe
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
    elif talk.in_channel:
        await channels.changed(talk, change)


async def added(talk: Conversation, message: Received) -> None:
    """Greet a group that somebody let us into.

    A group that moves has us without anybody having let us in: then no message says so, and there is nothing to greet.
    """
    if message.group_chat_created or any(user.id == talk.bot.id for user in message.new_chat_members):
        await talk.say(await _back(talk) or greetings.group_welcome())


async def moved(talk: Conversation, message: Received) -> None:
    """Follow a group that became a supergroup; Telegram tells it from both sides, in any order."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    await follow(talk, old, new)


async def follow(talk: Conversation, old_id: int, new_id: int) -> Conversation:
    """Follow a group to its new id; the same conversation there."""
    async with talk.services.database.writing() as conn:
        await subscriptions.migrate_chat(conn, old_id, new_id)
    talk.tongues.forget(new_id)
    there = Chat(new_id, ChatType.SUPERGROUP, title=talk.chat.title)
    return replace(talk, chat=there, address=Address(new_id), received=None)


async def _left(talk: Conversation) -> None:
    reason = BLOCKED if talk.private else REMOVED
    async with talk.services.database.writing() as conn:
        await subscriptions.mark_gone(conn, talk.chat.id, reason, talk.services.clock())
    talk.tongues.forget(talk.chat.id)


async def _joined(talk: Conversation, change: ChatMemberUpdated) -> None:
    await talk.remember_chat()
    async with talk.services.database.writing() as conn:
        await subscriptions.mark_back(conn, talk.chat.id)
    if talk.in_channel:
        await channels.entered(talk, change)
    talk.tongues.forget(talk.chat.id)  # who let us in has said which language is spoken


async def _back(talk: Conversation) -> Message | None:
    """What we say where we are still subscribed, be it in one topic."""
    async with talk.services.database.reading() as conn:
        addresses = await subscriptions.addresses_of(conn, talk.chat.id)
    if not addresses:
        return None
    there = replace(talk, address=addresses[0])
    wish = await subscribe.find(there)
    zone = subscribe.zone_of(subscribe.rhythm_of(there, wish).effective)
    return greetings.back(await subscribe.coming(there, wish), zone)


def _is_in(member: ChatMember) -> bool:
    return member.status not in _OUT and getattr(member, "is_member", True)
