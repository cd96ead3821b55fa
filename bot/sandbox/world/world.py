"""Owns everything the sandbox remembers, in one place."""

import re
import time

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.world.cast import CHATS, furnish
from bot.sandbox.world.files import Files
from bot.sandbox.world.hearing import hears
from bot.sandbox.world.inlines import Inlines
from bot.sandbox.world.messages import Message, render_message
from bot.sandbox.world.people import PEOPLE, Person
from bot.sandbox.world.profile import Command, Profile
from bot.sandbox.world.pulse import Pulse
from bot.sandbox.world.queries import Queries
from bot.sandbox.world.room import Room
from bot.sandbox.world.rooms import Rooms
from bot.sandbox.world.updates import Updates
from bot.sandbox.world.webhook import Webhook

TOKEN = re.compile(r"\d{1,15}:[\w-]{5,}", re.ASCII)


class World:
    """The bot, the people around it, and what they told each other.

    Args:
        token: The bot's token, ``<id>:<secret>``.
        bot_name: What people read above the chat.
        bot_username: What they write behind an @.

    Raises:
        ValueError: The token does not look like one.
    """

    def __init__(self, *, token: str, bot_name: str, bot_username: str) -> None:
        if not TOKEN.fullmatch(token):
            raise ValueError("the sandbox's token must look like 123456:some_letters")
        self.token = token
        self.bot = Person(int(token.split(":")[0]), bot_name, bot_username, language_code=None, is_bot=True)
        self.pulse = Pulse()
        self.rooms = Rooms(PEOPLE, CHATS, pulse=self.pulse)
        furnish(self.rooms, at=int(time.time()))
        self.files = Files(owner=token)
        self.updates = Updates(self.pulse)
        self.webhook = Webhook(self.updates, self.pulse)
        self.queries = Queries(self.pulse)
        self.inlines = Inlines(self.pulse)
        self.profile = Profile()

    def render(self, message: Message) -> Json:
        """Render a message as the Bot API shows it, with the one it answers.

        In a topic, what answers nothing answers the message that opened the topic: that is how Telegram renders it.
        """
        room = self.rooms.find(message.chat_id)
        assert room is not None  # messages are only put into chats
        answered = message.reply_to or (message.thread_id if message.message_id != message.thread_id else 0)
        return render_message(message, room.chat, room.messages.get(answered))

    def hear(self, message: Message, *, kind: str = "") -> None:
        """Let the bot hear of a message, if it gets to.

        Args:
            message: What was written.
            kind: ``edited_`` when it was changed, empty when it is new.
        """
        room = self.rooms.find(message.chat_id)
        if room is not None and hears(self.bot, room, message):
            post = "channel_post" if room.chat.type == "channel" else "message"
            self.updates.push(kind + post, self.render(message))

    def present(self, chat_id: int, user_id: int) -> tuple[Room, Person]:
        """Get a chat and somebody who is in it.

        Raises:
            Refusal: There is no such chat.
            ValueError: The person is not there, or the group has become a supergroup.
        """
        room = self.rooms.find(chat_id)
        if room is None:
            raise bad_request("chat not found")
        if room.upgraded_to:
            raise ValueError(f"this group has become a supergroup; go to chat {room.upgraded_to}")
        if not room.standing_of(user_id).is_present:
            raise ValueError(f"user {user_id} is not in chat {chat_id}; choose one of {tuple(room.people())}")
        return room, self.people[user_id]

    def menu(self, room: Room, user_id: int) -> tuple[Command, ...]:
        """List the commands a person is offered in a chat, in their language."""
        is_administrator = room.standing_of(user_id).is_administrator
        language = self.people[user_id].language_code or ""
        return self.profile.menu(room.chat, user_id, language, is_administrator=is_administrator)

    @property
    def people(self) -> dict[int, Person]:
        """Tell who there is, by user id."""
        return self.rooms.people
