"""Owns service messages: what a chat says of itself."""

import time

from bot.sandbox.answers import Json
from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Person
from bot.sandbox.world.room import Room
from bot.sandbox.world.world import World


def announce(world: World, room: Room, by: Person | None, service: Json, *, thread_id: int = 0) -> Message:
    """Put a service message into a chat; the bot hears it if it is there.

    Args:
        world: Where it happens.
        room: The chat.
        by: Who did what it tells of; None in a channel.
        service: Its fields, as the Bot API renders them.
        thread_id: The topic it belongs to.
    """
    message = Message(
        world.rooms.next_id(), room.chat.chat_id, by, int(time.time()), thread_id=thread_id, service=service
    )
    world.hear(world.rooms.add(message))
    return message
