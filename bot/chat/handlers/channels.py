"""Owns channels seen from our private chat with their admins: there everybody reads, and nobody can ask."""

from contextlib import suppress
from dataclasses import replace

from telegram import Chat, ChatMember, ChatMemberUpdated, User
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import channels as messages
from bot.chat.messages.message import Message
from bot.model.address import Address
from bot.model.subscription import Subscription
from bot.store import subscriptions
from bot.wording.translation import speaking


async def entered(talk: Conversation, change: ChatMemberUpdated) -> None:
    """Tell the admin who let us in how it goes on: with a subscription that is there, or an offer to begin one."""
    with speaking(await _language(talk, change.from_user)):
        await _tell(talk, change.from_user, await _beginning(talk, change))


async def _beginning(talk: Conversation, change: ChatMemberUpdated) -> Message:
    title, wish = talk.chat.title or "", await subscribe.find(talk)
    if not may_post(change.new_chat_member):
        return messages.may_not_post(talk.chat.id, title)
    if wish is None:
        return messages.invitation(talk.chat.id, title)
    return messages.back(title, await subscribe.coming(talk, wish), _zone(talk, wish))


async def changed(talk: Conversation, change: ChatMemberUpdated) -> None:
    """Tell the admin who changed our right to post what follows from it."""
    before, after = may_post(change.old_chat_member), may_post(change.new_chat_member)
    if before and not after:
        with speaking(await _language(talk, change.from_user)):
            await _tell(talk, change.from_user, messages.silenced(talk.chat.title or ""))
    elif after and not before:
        await entered(talk, change)


async def subscribe_channel(talk: Conversation, chat_id: int) -> None:
    """Subscribe a channel for one of its admins, in the message that offered it."""
    try:
        channel = await talk.bot.get_chat(chat_id)
        members = {member.user.id: member for member in await talk.bot.get_chat_administrators(chat_id)}
    except (BadRequest, Forbidden):
        await talk.revise(messages.not_there())
        return
    title = channel.title or ""
    if talk.asker not in members:
        await talk.revise(messages.not_admin(title))
    elif talk.bot.id not in members or not may_post(members[talk.bot.id]):
        await talk.revise(messages.may_not_post(chat_id, title))
    else:
        await talk.revise(await _subscribe(talk, Chat(chat_id, channel.type, title=title)))


async def _subscribe(talk: Conversation, channel: Chat) -> Message:
    there = replace(talk, chat=channel, address=Address(channel.id), received=None)
    await there.remember_chat()
    async with talk.services.database.writing() as conn:
        await subscriptions.subscribe(conn, there.address, talk.services.clock())
    talk.tongues.forget(channel.id)
    wish = await subscribe.find(there)
    return messages.subscribed(channel.title or "", await subscribe.coming(there, wish), _zone(there, wish))


async def _tell(talk: Conversation, admin: User, note: Message) -> None:
    with suppress(TelegramError):  # somebody who never talked to us cannot be written to
        await talk.outbox.text(Address(admin.id), note)


async def _language(talk: Conversation, admin: User) -> str:
    """The language of our private chat with an admin; that of the channel may be another."""
    return (await talk.tongues.find(admin.id, admin, private=True)).language


def _zone(talk: Conversation, wish: Subscription | None) -> str:
    return subscribe.zone_of(subscribe.rhythm_of(talk, wish).effective)


def may_post(member: ChatMember) -> bool:
    """Tell whether a member of a channel may post there."""
    return member.status == ChatMember.OWNER or bool(getattr(member, "can_post_messages", False))
