"""Owns what people do: write, press buttons, block the bot and let it back in."""

import re
import time
from collections.abc import Iterator

from bot.sandbox.answers import Json
from bot.sandbox.markup.entities import Formatted, clean, finish
from bot.sandbox.world.messages import Button, Message
from bot.sandbox.world.people import Chat, Person
from bot.sandbox.world.rooms import Room, check_thread
from bot.sandbox.world.world import World

TEXT_MAX = 4096
# Source: core.telegram.org/bots/api#chatmemberadministrator; what a channel that wants posts grants, and the rest.
_GRANTED = ("can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages")
_DENIED = (
    *("can_be_edited", "is_anonymous", "can_manage_video_chats", "can_restrict_members", "can_promote_members"),
    *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"),
)


def say(world: World, text: str, *, chat_id: int, user_id: int, reply_to: int = 0, thread_id: int = 0) -> Message:
    """Write as a person; the bot hears what its privacy mode lets it hear.

    Raises:
        Refusal: The chat or the topic does not exist.
        ValueError: The text is empty or too long, or the person is not in the chat.
    """
    room, person = _present(world, chat_id, user_id)
    content = finish(Formatted(clean(text)))
    if not 1 <= len(content.text) <= TEXT_MAX:
        raise ValueError(f"a message has 1 to {TEXT_MAX} characters; write less, or something")
    check_thread(room, thread_id)
    _unblock_by_writing(world, room, person)
    sender = None if room.chat.type == "channel" else person
    message = Message(
        world.rooms.next_id(), chat_id, sender, int(time.time()), content, thread_id=thread_id, reply_to=reply_to
    )
    world.rooms.add(message)
    if room.has_bot and _hears(world.bot, room, message):
        world.updates.push("channel_post" if sender is None else "message", world.render(message))
    return message


def press(world: World, button: Button, message: Message, *, user_id: int) -> str:
    """Press a callback button; give the id of the query that waits for the answer.

    Raises:
        ValueError: The button asks nothing of the bot, or the person is not in the chat.
    """
    _, person = _present(world, message.chat_id, user_id)
    if button.kind != "callback_data":
        raise ValueError("only buttons with callback data can be pressed; follow the others yourself")
    query_id = world.queries.open()
    query = {
        "id": query_id,
        "from": person.as_json(),
        "message": world.render(message),
        "chat_instance": str(message.chat_id),
        "data": button.value,
    }
    world.updates.push("callback_query", query)
    return query_id


def buttons(message: Message) -> Iterator[Button]:
    """List the buttons under a message, in reading order."""
    for row in message.keyboard:
        yield from row


def set_membership(world: World, *, chat_id: int, user_id: int, is_member: bool) -> None:
    """Block the bot or throw it out, or let it in again; the bot is told.

    Raises:
        ValueError: The person is not in the chat.
    """
    room, person = _present(world, chat_id, user_id)
    if room.has_bot == is_member:
        return
    room.has_bot = is_member
    change = {
        "chat": room.chat.as_json(),
        "from": person.as_json(),
        "date": int(time.time()),
        "old_chat_member": render_bot_member(world.bot, room.chat, is_member=not is_member),
        "new_chat_member": render_bot_member(world.bot, room.chat, is_member=is_member),
    }
    world.updates.push("my_chat_member", change)
    world.pulse.beat({"kind": "chats"})


def render_bot_member(bot: Person, chat: Chat, *, is_member: bool) -> Json:
    """Render the bot's own ChatMember: an administrator in a channel, a member elsewhere."""
    user = bot.as_json()
    if not is_member:
        return {"status": "kicked", "user": user, "until_date": 0}
    if chat.type != "channel":
        return {"status": "member", "user": user}
    rights = dict.fromkeys(_GRANTED, True) | dict.fromkeys(_DENIED, False)
    return {"status": "administrator", "user": user, **rights}


def _present(world: World, chat_id: int, user_id: int) -> tuple[Room, Person]:
    room = world.rooms.get(chat_id)
    if user_id not in room.chat.members:
        raise ValueError(f"user {user_id} is not in chat {chat_id}; choose one of {room.chat.members}")
    return room, world.rooms.people[user_id]


def _unblock_by_writing(world: World, room: Room, person: Person) -> None:
    if room.chat.type == "private" and not room.has_bot:
        set_membership(world, chat_id=room.chat.chat_id, user_id=person.user_id, is_member=True)


def _hears(bot: Person, room: Room, message: Message) -> bool:
    """Decide whether privacy mode lets the bot see a message. Source: core.telegram.org/bots/features#privacy-mode."""
    if room.chat.type != "supergroup":
        return True
    answered = room.messages.get(message.reply_to)
    if answered is not None and answered.is_from_bot:
        return True
    ours = bot.username.lower()
    command = re.match(r"/\w+(?:@(\w+))?", message.text)
    addressed = command is not None and (command[1] or ours).lower() == ours
    return addressed or f"@{ours}" in message.text.lower()
