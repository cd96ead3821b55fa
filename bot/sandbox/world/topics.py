"""Owns the topics of forums: opened, renamed, closed, opened again, deleted; the bot hears of all but the last."""

import time
from dataclasses import replace

from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Person
from bot.sandbox.world.room import Room, Topic
from bot.sandbox.world.services import announce
from bot.sandbox.world.world import World


def open_topic(world: World, room: Room, by: Person, name: str) -> int:
    """Open a topic, which turns a supergroup into a forum if it is none; give its thread id.

    Raises:
        ValueError: The chat is no supergroup, or the name is empty or too long.
    """
    _check_name(name)
    if room.chat.type != "supergroup":
        raise ValueError(f"chat {room.chat.chat_id} is a {room.chat.type}; only supergroups have topics")
    room.chat = replace(room.chat, is_forum=True)
    message = Message(world.rooms.next_id(), room.chat.chat_id, by, int(time.time()))
    world.hear(world.rooms.open_topic(message, name))
    return message.message_id


def rename_topic(world: World, room: Room, by: Person, *, thread_id: int, name: str) -> None:
    """Give a topic another name.

    Raises:
        ValueError: There is no such topic, or the name is empty or too long.
    """
    _check_name(name)
    room.topics[thread_id] = replace(_topic(room, thread_id), name=name)
    announce(world, room, by, {"forum_topic_edited": {"name": name}}, thread_id=thread_id)
    world.rooms.tell()


def close_topic(world: World, room: Room, by: Person, *, thread_id: int, is_closed: bool = True) -> None:
    """Close a topic to members, or open it again.

    Raises:
        ValueError: There is no such topic.
    """
    topic = _topic(room, thread_id)
    if topic.is_closed == is_closed:
        return
    room.topics[thread_id] = replace(topic, is_closed=is_closed)
    kind = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    announce(world, room, by, {kind: {}}, thread_id=thread_id)
    world.rooms.tell()


def delete_topic(world: World, room: Room, *, thread_id: int) -> None:
    """Delete a topic with all its messages; nobody is told.

    Raises:
        ValueError: There is no such topic.
    """
    _topic(room, thread_id)
    del room.topics[thread_id]
    for message in [message for message in room.messages.values() if message.thread_id == thread_id]:
        world.rooms.remove(room, message.message_id)
    world.rooms.tell()


def _topic(room: Room, thread_id: int) -> Topic:
    if thread_id not in room.topics:
        raise ValueError(f"there is no topic {thread_id}; choose one of {sorted(room.topics)}")
    return room.topics[thread_id]


def _check_name(name: str) -> None:
    if not 1 <= len(name.strip()) <= 128:
        raise ValueError("a topic's name has 1 to 128 characters; choose another one")
