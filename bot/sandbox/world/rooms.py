"""Owns the chats: their messages, who is in them, and a record of all that was delivered."""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.sandbox.answers import bad_request, forbidden
from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Chat, Person, private_chat
from bot.sandbox.world.pulse import Pulse

MESSAGES_MAX = 2_000  # a chat keeps its newest
DELIVERED_MAX = 20_000  # a chat's record is meant to be complete; it outlives the messages
_FIRST_ID_EPOCH_S = 1_767_225_600  # 2026-01-01T00:00Z
ACTION_S = 5.0  # source: core.telegram.org/bots/api#sendchataction


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message the bot got into a chat; written once, never changed by edits or deletions.

    Attributes:
        method: The call that did it.
        digest: SHA-256 of the file as uploaded, in hexadecimal; empty for text.
    """

    method: str
    chat_id: int
    thread_id: int
    message_id: int
    text: str
    digest: str
    album: str


@dataclass(slots=True)
class Room:
    """One chat and what is in it."""

    chat: Chat
    messages: dict[int, Message] = field(default_factory=dict)
    delivered: deque[Delivered] = field(default_factory=lambda: deque(maxlen=DELIVERED_MAX))
    topics: dict[int, str] = field(default_factory=dict)
    has_bot: bool = True
    action: str = ""
    action_until: float = 0.0


class Rooms:
    """All chats by id."""

    def __init__(self, people: Iterable[Person], chats: Iterable[Chat], *, pulse: Pulse) -> None:
        self.people = {person.user_id: person for person in people}
        self._rooms = {chat.chat_id: Room(chat) for chat in chats}
        self._pulse = pulse
        # Starting from the clock keeps a restarted sandbox from giving out the ids of the run before again.
        self._next_id = int(time.time()) - _FIRST_ID_EPOCH_S

    def all(self) -> list[Room]:
        """List every chat."""
        return list(self._rooms.values())

    def add_person(self, person: Person) -> None:
        """Let somebody in, with a private chat."""
        self.people[person.user_id] = person
        self.add_chat(private_chat(person))

    def add_chat(self, chat: Chat) -> None:
        """Open another chat."""
        self._rooms[chat.chat_id] = Room(chat)
        self._pulse.beat({"kind": "chats"})

    def find(self, chat_id: int) -> Room | None:
        """Find a chat by id."""
        return self._rooms.get(chat_id)

    def get(self, chat: int | str) -> Room:
        """Get a chat by id or by ``@name``.

        Raises:
            Refusal: There is none.
        """
        if isinstance(chat, str):
            named = (room for room in self._rooms.values() if f"@{room.chat.username}" == chat)
            room = next(named, None)
        else:
            room = self._rooms.get(chat)
        if room is None:
            raise bad_request("chat not found")
        return room

    def next_id(self) -> int:
        """Give a message id that no chat has; on Telegram private chats share a counter, too."""
        self._next_id += 1
        return self._next_id

    def add(self, message: Message, method: str = "") -> Message:
        """Put a message into its chat; *method* names the bot's call, if it was one."""
        room = self._rooms[message.chat_id]
        room.messages[message.message_id] = message
        if method:
            room.delivered.append(_record(message, method))
            room.action_until = 0.0
        while len(room.messages) > MESSAGES_MAX:
            del room.messages[next(iter(room.messages))]
        self._pulse.beat({"kind": "message", "chat_id": message.chat_id, "message_id": message.message_id})
        return message

    def change(self, message: Message) -> Message:
        """Put another version of a message in its place."""
        self._rooms[message.chat_id].messages[message.message_id] = message
        self._pulse.beat({"kind": "message", "chat_id": message.chat_id, "message_id": message.message_id})
        return message

    def remove(self, room: Room, message_id: int) -> None:
        """Take a message out of its chat."""
        del room.messages[message_id]
        self._pulse.beat({"kind": "removed", "chat_id": room.chat.chat_id, "message_id": message_id})

    def unsend(self, chat_id: int, message_id: int) -> None:
        """Take a message back as if it had never been delivered."""
        room = self._rooms[chat_id]
        kept = [delivered for delivered in room.delivered if delivered.message_id != message_id]
        room.delivered = deque(kept, maxlen=DELIVERED_MAX)
        self.remove(room, message_id)

    def act(self, room: Room, action: str) -> None:
        """Show for a few seconds what the bot is doing."""
        room.action, room.action_until = action, time.monotonic() + ACTION_S
        self._pulse.beat({"kind": "action", "chat_id": room.chat.chat_id, "action": action})

    def open_topic(self, chat_id: int, name: str) -> int:
        """Turn a group into a forum, if it is none yet, and open a topic; give its thread id."""
        room = self._rooms[chat_id]
        room.chat = replace(room.chat, is_forum=True)
        thread_id = self.next_id()
        room.topics[thread_id] = name
        self._pulse.beat({"kind": "chats"})
        return thread_id


def check_may_write(room: Room) -> None:
    """Refuse what Telegram refuses when the bot was thrown out.

    Raises:
        Refusal: The person blocked the bot, or the group or channel removed it.
    """
    if room.has_bot:
        return
    if room.chat.type == "private":
        raise forbidden("bot was blocked by the user")
    raise forbidden(f"bot was kicked from the {room.chat.type} chat")


def check_thread(room: Room, thread_id: int) -> None:
    """Refuse a topic that is not there; General has no thread id.

    Raises:
        Refusal: The thread does not exist in this chat.
    """
    if thread_id and thread_id not in room.topics:
        raise bad_request("message thread not found")


def _record(message: Message, method: str) -> Delivered:
    digest = message.media.digest if message.media else ""
    place = (message.chat_id, message.thread_id, message.message_id)
    return Delivered(method, *place, text=message.text, digest=digest, album=message.album)
