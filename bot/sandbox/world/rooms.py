"""Owns all the chats: finding them, their messages, and telling the page what changed."""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import Chat, Person, private_chat
from bot.sandbox.world.pulse import Pulse
from bot.sandbox.world.room import DELIVERED_MAX, Delivered, Room, Topic, check_may_write, check_thread
from bot.sandbox.world.standing import LEFT, Standing, at_first

__all__ = ["Delivered", "Room", "Rooms", "check_may_write", "check_thread"]

MESSAGES_MAX = 2_000  # a chat keeps its newest
_FIRST_ID_EPOCH_S = 1_767_225_600  # 2026-01-01T00:00Z
_BLUE = 0x6FB9F0  # source: core.telegram.org/bots/api#createforumtopic, icon_color
ACTION_S = 5.0  # source: core.telegram.org/bots/api#sendchataction


class Rooms:
    """All chats by id."""

    def __init__(self, people: Iterable[Person], chats: Iterable[Chat], *, pulse: Pulse) -> None:
        self._pulse = pulse
        self._rooms: dict[int, Room] = {}
        self.people = {person.user_id: person for person in people}
        for chat in chats:
            self.add_chat(chat)
        # Starting from the clock keeps a restarted sandbox from giving out the ids of the run before again.
        self._next_id = int(time.time()) - _FIRST_ID_EPOCH_S

    def all(self) -> list[Room]:
        """List every chat."""
        return list(self._rooms.values())

    def add_person(self, person: Person) -> None:
        """Let somebody in, with a private chat."""
        self.people[person.user_id] = person
        self.add_chat(private_chat(person))

    def change_person(self, person: Person) -> None:
        """Put another version of somebody in their place: another language, another name."""
        self.people[person.user_id] = person
        self._pulse.beat({"kind": "chats"})

    def add_chat(self, chat: Chat, *, bot: Standing | None = None) -> Room:
        """Open another chat; unless said otherwise, the bot is in it already, but nobody has started it yet."""
        usual = LEFT if chat.type == "private" else at_first(chat.type)
        standing = usual if bot is None else bot
        room = Room(chat, standing, is_known=standing.is_present or chat.type == "private")
        self._rooms[chat.chat_id] = room
        self.tell()
        return room

    def tell(self) -> None:
        """Let the page know that something about the chats themselves is new."""
        self._pulse.beat({"kind": "chats"})

    def find(self, chat_id: int) -> Room | None:
        """Find a chat by id, be it known to the bot or not."""
        return self._rooms.get(chat_id)

    def get(self, chat: int | str) -> Room:
        """Get a chat by id or by ``@name``, as far as the bot can know of it.

        Raises:
            Refusal: There is none, or the bot was never there.
        """
        room = self._by_name(chat) if isinstance(chat, str) else self._rooms.get(chat)
        if room is None or not (room.is_known or room.chat.username):
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
        self._tell_of(message)
        return message

    def change(self, message: Message) -> Message:
        """Put another version of a message in its place."""
        self._rooms[message.chat_id].messages[message.message_id] = message
        self._tell_of(message)
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

    def open_topic(self, message: Message, name: str) -> Message:
        """Open a topic: its thread id is the id of the *message* that tells of it."""
        self._rooms[message.chat_id].topics[message.message_id] = Topic(name)
        created: Json = {"forum_topic_created": {"name": name, "icon_color": _BLUE}}
        self.tell()
        return self.add(replace(message, thread_id=message.message_id, service=created))

    def upgrade(self, room: Room) -> Room:
        """Open the supergroup that a basic group becomes, with the same people; the old chat stays as it is."""
        number = 1_500_000_000 + abs(room.chat.chat_id) % 1_000_000
        chat = replace(room.chat, chat_id=-1_000_000_000_000 - number, type="supergroup")
        upgraded = self.add_chat(chat, bot=room.bot)
        upgraded.standings = dict(room.standings)
        upgraded.is_known = room.is_known
        room.upgraded_to = chat.chat_id
        self.tell()
        return upgraded

    def _by_name(self, name: str) -> Room | None:
        """Find a public chat, in any case; people have names, too, but bots find nobody by theirs."""
        public = (room for room in self._rooms.values() if room.chat.username and room.chat.type != "private")
        return next((room for room in public if f"@{room.chat.username}".lower() == name.lower()), None)

    def _tell_of(self, message: Message) -> None:
        self._pulse.beat({"kind": "message", "chat_id": message.chat_id, "message_id": message.message_id})


def _record(message: Message, method: str) -> Delivered:
    digest = message.media.digest if message.media else ""
    place = (message.chat_id, message.thread_id, message.message_id)
    return Delivered(method, *place, message.text, digest, message.album, message.is_silent)
