"""Owns everything the sandbox remembers, in one place."""

import re

from bot.sandbox.answers import Json
from bot.sandbox.world.files import Files
from bot.sandbox.world.messages import Message, render_message
from bot.sandbox.world.people import CHATS, PEOPLE, Person
from bot.sandbox.world.profile import Profile
from bot.sandbox.world.pulse import Pulse
from bot.sandbox.world.queries import Queries
from bot.sandbox.world.rooms import Rooms
from bot.sandbox.world.updates import Updates

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
        self.files = Files(owner=token)
        self.updates = Updates(self.pulse)
        self.queries = Queries(self.pulse)
        self.profile = Profile()

    def render(self, message: Message) -> Json:
        """Render a message as the Bot API shows it, with the one it answers."""
        room = self.rooms.get(message.chat_id)
        return render_message(message, room.chat, room.messages.get(message.reply_to))
