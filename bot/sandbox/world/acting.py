"""Owns what people do with messages: write, edit, press buttons."""

import time
from collections.abc import Iterator
from dataclasses import replace

from bot.sandbox.answers import Json
from bot.sandbox.markup.entities import Formatted, clean, finish, units
from bot.sandbox.world.membership import set_membership, start
from bot.sandbox.world.messages import Button, Message
from bot.sandbox.world.people import ANONYMOUS, Person
from bot.sandbox.world.room import Room
from bot.sandbox.world.rooms import check_thread
from bot.sandbox.world.standing import LEFT
from bot.sandbox.world.world import World

TEXT_MAX = 4096


def say(world: World, text: str, *, chat_id: int, user_id: int, reply_to: int = 0, thread_id: int = 0) -> Message:
    """Write as a person; the bot hears what its privacy mode lets it hear.

    Raises:
        Refusal: The chat or the topic does not exist.
        ValueError: The text is empty or too long, or the person may not write there.
    """
    room, person = world.present(chat_id, user_id)
    content = _content(text)
    sender = check_may_speak(room, person, thread_id=thread_id)
    let_in_by_writing(world, room, person)
    message = Message(
        world.rooms.next_id(), chat_id, sender, int(time.time()), content, thread_id=thread_id, reply_to=reply_to
    )
    world.hear(world.rooms.add(message))
    return message


def edit(world: World, message: Message, text: str) -> Message:
    """Change what a person wrote; the bot hears of it if it heard of the message.

    Raises:
        ValueError: The text is empty or too long.
    """
    changed = world.rooms.change(replace(message, content=_content(text), edited=int(time.time())))
    world.hear(changed, kind="edited_")
    return changed


def press(world: World, button: Button, message: Message, *, user_id: int) -> str:
    """Press a callback button; give the id of the query that waits for the answer.

    Raises:
        ValueError: The button asks nothing of the bot, or the person is not in the chat.
    """
    _, person = world.present(message.chat_id, user_id)
    if button.kind != "callback_data":
        raise ValueError("only buttons with callback data can be pressed; follow the others yourself")
    query_id = world.queries.open()
    # Under a message that came by inline mode, the bot is told an id to edit it by, and nothing of where it is.
    place: Json = {"inline_message_id": message.inline_id} if message.inline_id else {"message": world.render(message)}
    query = {
        "id": query_id,
        "from": person.as_json(),
        **place,
        "chat_instance": str(message.chat_id),
        "data": button.value,
    }
    world.updates.push("callback_query", query)
    return query_id


def buttons(message: Message) -> Iterator[Button]:
    """List the buttons under a message, in reading order."""
    for row in message.keyboard:
        yield from row


def check_may_speak(room: Room, person: Person, *, thread_id: int = 0) -> Person | None:
    """Tell as whom somebody speaks: as themselves, as the group they run, or as the channel (None).

    Raises:
        Refusal: The topic does not exist.
        ValueError: They may not write in this chat or this topic.
    """
    standing = room.standing_of(person.user_id)
    if room.chat.type == "channel":
        if not standing.may("can_post_messages"):
            raise ValueError(f"{person.first_name} only reads this channel; let one of its administrators post")
        return None
    if not standing.may("can_send_messages"):
        raise ValueError(f"{person.first_name} may not write in this chat; let somebody else do it")
    topic = room.topics.get(thread_id)
    if topic is None or not topic.is_closed:
        check_thread(room, thread_id)
    elif not standing.may("can_manage_topics"):
        raise ValueError("this topic is closed; only administrators write in it")
    return ANONYMOUS if standing.is_anonymous else person


def let_in_by_writing(world: World, room: Room, person: Person) -> None:
    """Start the bot by writing to it, which also unblocks it; of that alone the bot is told."""
    if room.chat.type != "private" or room.has_bot:
        return
    if room.bot == LEFT:
        start(world, room)
    else:
        set_membership(world, chat_id=room.chat.chat_id, user_id=person.user_id, is_member=True)


def _content(text: str) -> Formatted:
    content = finish(Formatted(clean(text)))
    if not 1 <= units(content.text) <= TEXT_MAX:
        raise ValueError(f"a message has 1 to {TEXT_MAX} characters; write less, or something")
    return content
