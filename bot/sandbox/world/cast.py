"""Owns the chats that are there when a sandbox begins: one of each kind, with fixed ids."""

from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import ADA, EMIL, NOOR, PEOPLE, Chat, private_chat
from bot.sandbox.world.rooms import Rooms
from bot.sandbox.world.standing import LEFT, administrator

GROUP, CHANNEL, FORUM = -1001000000001, -1001000000002, -1001000000003
BASIC, ELSEWHERE = -4001, -4002
PAPERS, RANDOM = 11, 12  # topics of the forum

CHATS = (
    *(private_chat(person) for person in PEOPLE),
    Chat(GROUP, "supergroup", "Reading group", (ADA, NOOR)),
    Chat(CHANNEL, "channel", "Paper channel", (ADA, EMIL)),
    Chat(FORUM, "supergroup", "Learning machines", (ADA, NOOR, EMIL), is_forum=True),
    Chat(BASIC, "group", "Study circle", (ADA, NOOR)),
    Chat(ELSEWHERE, "group", "Lunch", (ADA, NOOR, EMIL)),
)


def furnish(rooms: Rooms, *, at: int) -> None:
    """Give people their parts, the forum its topics, and keep the bot out of one group.

    Args:
        rooms: All chats of the cast.
        at: When it happens, Unix time in seconds.
    """
    forum, elsewhere = rooms.get(FORUM), rooms.get(ELSEWHERE)
    elsewhere.bot, elsewhere.is_known = LEFT, False
    forum.standings[EMIL] = administrator("supergroup")
    for thread_id, name in ((PAPERS, "Papers"), (RANDOM, "Off topic")):
        rooms.open_topic(Message(thread_id, FORUM, PEOPLE[0], at), name)
