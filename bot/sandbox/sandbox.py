"""Owns the sandbox as others see it: an app to serve, people to play, a record to check against."""

from collections.abc import Callable, Iterable, Sequence

from starlette.applications import Starlette

from bot.sandbox.api.server import Server
from bot.sandbox.chat_page import ChatPage, Control
from bot.sandbox.faults import Faults
from bot.sandbox.world import acting
from bot.sandbox.world.messages import Button, Message
from bot.sandbox.world.people import Chat, Person
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.rooms import Delivered
from bot.sandbox.world.world import World


class Sandbox:
    """An embedded Telegram: the Bot API for one bot, and a page with people who talk to it.

    All of it lives on one event loop: call its methods on the loop that serves `app`.

    Args:
        token: The bot's token; any ``<digits>:<five letters or more>`` will do.
        bot_name: What people read above the chat.
        bot_username: What they write behind an @.
        controls: Buttons beside the chat.
        hosts: Names, beside localhost and plain addresses, under which browsers may open the page.

    Attributes:
        app: The ASGI app: ``/bot<token>/<method>``, ``/file/bot<token>/<path>``, and the page at ``/``.
        faults: What shall go wrong.
    """

    def __init__(
        self,
        *,
        token: str,
        bot_name: str,
        bot_username: str,
        controls: Sequence[Control] = (),
        hosts: Sequence[str] = (),
    ) -> None:
        self._world = World(token=token, bot_name=bot_name, bot_username=bot_username)
        self.faults = Faults()
        page = ChatPage(self._world, controls=controls, hosts=hosts)
        self.app = Starlette(routes=[*Server(self._world, self.faults).routes, *page.routes])

    def close(self) -> None:
        """Let everybody go who waits for updates or events; do this before the server stops."""
        self._world.pulse.close()

    def add_person(self, person: Person) -> None:
        """Let somebody in, with a private chat that bears the same id."""
        self._world.rooms.add_person(person)

    def add_chat(self, chat: Chat) -> None:
        """Open another group or channel."""
        self._world.rooms.add_chat(chat)

    def open_topic(self, chat_id: int, name: str) -> int:
        """Open a topic, which makes a group a forum; give its thread id."""
        return self._world.rooms.open_topic(chat_id, name)

    def say(
        self, text: str, *, chat_id: int, user_id: int | None = None, reply_to: int = 0, thread_id: int = 0
    ) -> Message:
        """Write as a person, by default the first one of the chat.

        Raises:
            Refusal: The chat does not exist.
            ValueError: The text is empty or too long, or the person is not in the chat.
        """
        user_id = self._somebody(chat_id) if user_id is None else user_id
        return acting.say(self._world, text, chat_id=chat_id, user_id=user_id, reply_to=reply_to, thread_id=thread_id)

    async def press(
        self,
        label: str,
        *,
        chat_id: int,
        user_id: int | None = None,
        message_id: int | None = None,
        timeout_s: float = 5.0,
    ) -> Toast | None:
        """Press a button by its label, and wait for the bot's answer.

        Args:
            label: What is on the button; the newest message that has it is meant.
            chat_id: Where it is.
            user_id: Who presses; by default the first person of the chat.
            message_id: Under which message, when not the newest.
            timeout_s: How long to wait, in seconds.

        Returns:
            The answer, or None when it did not come in time.

        Raises:
            LookupError: There is no such button.
        """
        button, message = self._button(label, chat_id, message_id)
        user_id = self._somebody(chat_id) if user_id is None else user_id
        query_id = acting.press(self._world, button, message, user_id=user_id)
        return await self._world.queries.wait(query_id, timeout_s=timeout_s)

    def set_membership(self, *, chat_id: int, is_member: bool, user_id: int | None = None) -> None:
        """Block the bot or throw it out, or let it in again; it hears of it by my_chat_member."""
        user_id = self._somebody(chat_id) if user_id is None else user_id
        acting.set_membership(self._world, chat_id=chat_id, user_id=user_id, is_member=is_member)

    def transcript(self, chat_id: int) -> tuple[Message, ...]:
        """List what a chat shows now, oldest first: edits made, deletions gone."""
        return tuple(self._world.rooms.get(chat_id).messages.values())

    def delivered(self, chat_id: int) -> tuple[Delivered, ...]:
        """List what the bot ever got into a chat, in order; edits and deletions change nothing here."""
        return tuple(self._world.rooms.get(chat_id).delivered)

    async def wait(self, condition: Callable[[], bool], *, timeout_s: float = 5.0) -> bool:
        """Wait until *condition* holds, looking whenever something happens; tell whether it does."""
        return await self._world.pulse.wait(condition, timeout_s=timeout_s)

    @property
    def waiting_updates(self) -> int:
        """Count the updates the bot has not confirmed."""
        return self._world.updates.waiting

    def _somebody(self, chat_id: int) -> int:
        return self._world.rooms.get(chat_id).chat.members[0]

    def _button(self, label: str, chat_id: int, message_id: int | None) -> tuple[Button, Message]:
        messages: Iterable[Message] = reversed(self.transcript(chat_id))
        for message in messages:
            for button in acting.buttons(message):
                if button.text == label and message_id in (None, message.message_id):
                    return button, message
        raise LookupError(f"there is no button {label!r} in chat {chat_id}; look at its transcript")
