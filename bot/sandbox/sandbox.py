"""Owns the sandbox as others see it: an app to serve, people to play, a record to check against."""

from collections.abc import Callable, Iterable, Sequence

from starlette.applications import Starlette

from bot.sandbox.api.server import Server
from bot.sandbox.chat_page import ChatPage, Control
from bot.sandbox.floods import Floods
from bot.sandbox.gathering import Gathering
from bot.sandbox.striking import Faults
from bot.sandbox.world import acting, choosing
from bot.sandbox.world.inlines import InlineAnswer, InlineResult
from bot.sandbox.world.messages import Button, Message
from bot.sandbox.world.profile import Command
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.room import Delivered
from bot.sandbox.world.world import World


class Sandbox(Gathering):
    """An embedded Telegram: the Bot API for one bot, and a page with people who talk to it.

    All of it lives on one event loop: call its methods on the loop that serves `app`. Who is where, and what they may
    there, is changed by the methods of `Gathering`.

    Args:
        token: The bot's token; any ``<digits>:<five letters or more>`` will do.
        bot_name: What people read above the chat.
        bot_username: What they write behind an @.
        controls: Buttons beside the chat.
        hosts: Names, beside localhost and plain addresses, under which browsers may open the page.

    Attributes:
        app: The ASGI app: ``/bot<token>/<method>``, ``/file/bot<token>/<path>``, and the page at ``/``.
        faults: What shall go wrong.
        floods: How much is let through, by default everything, and what came when.
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
        super().__init__(World(token=token, bot_name=bot_name, bot_username=bot_username))
        self.faults, self.floods = Faults(), Floods()
        page = ChatPage(self._world, controls=controls, hosts=hosts)
        self.app = Starlette(routes=[*Server(self._world, self.faults, self.floods).routes, *page.routes])

    def close(self) -> None:
        """Let everybody go who waits for updates or events; do this before the server stops."""
        self._world.pulse.close()

    def say(
        self, text: str, *, chat_id: int, user_id: int | None = None, reply_to: int = 0, thread_id: int = 0
    ) -> Message:
        """Write as a person, by default the first one of the chat.

        Raises:
            Refusal: The chat or the topic does not exist.
            ValueError: The text is empty or too long, or the person may not write there.
        """
        user_id = self._somebody(chat_id) if user_id is None else user_id
        return acting.say(self._world, text, chat_id=chat_id, user_id=user_id, reply_to=reply_to, thread_id=thread_id)

    def edit(self, message: Message, text: str) -> Message:
        """Change what a person wrote.

        Raises:
            ValueError: The text is empty or too long.
        """
        return acting.edit(self._world, message, text)

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

    async def ask_inline(
        self, query: str, *, user_id: int, chat_id: int | None = None, offset: str = "", timeout_s: float = 5.0
    ) -> InlineAnswer | None:
        """Type ``@bot query`` in a chat, by default in the person's own one, and wait for what is offered.

        Args:
            query: What stands behind the bot's name.
            user_id: Who types.
            chat_id: Where; the bot need not be there.
            offset: The ``next_offset`` of the page before; empty for the first one.
            timeout_s: How long to wait, in seconds.

        Returns:
            The answer, from the cache if it still holds; None when none came in time.
        """
        place = user_id if chat_id is None else chat_id
        return await choosing.ask_inline(
            self._world, query, chat_id=place, user_id=user_id, offset=offset, timeout_s=timeout_s
        )

    def choose(self, result: InlineResult, *, user_id: int, chat_id: int | None = None, thread_id: int = 0) -> Message:
        """Put a result of inline mode into a chat, by default the person's own one.

        Raises:
            ValueError: The person may not write there.
        """
        place = user_id if chat_id is None else chat_id
        return choosing.choose(self._world, result, chat_id=place, user_id=user_id, thread_id=thread_id)

    def menu(self, chat_id: int, user_id: int) -> tuple[Command, ...]:
        """List the commands that a person is offered in a chat, in their language."""
        return self._world.menu(self._room(chat_id), user_id)

    def profile_text(self, kind: str, user_id: int) -> str:
        """Tell the bot's ``name``, ``description`` or ``short_description`` in a person's language."""
        return self._world.profile.text(kind, self._world.people[user_id].language_code or "")

    def transcript(self, chat_id: int) -> tuple[Message, ...]:
        """List what a chat shows now, oldest first: edits made, deletions gone."""
        return tuple(self._room(chat_id).messages.values())

    def delivered(self, chat_id: int) -> tuple[Delivered, ...]:
        """List what the bot ever got into a chat, in order; edits and deletions change nothing here."""
        return tuple(self._room(chat_id).delivered)

    def journal(self) -> tuple[Delivered, ...]:
        """List what the bot ever got into any chat, in order; a chat that moved is there under both of its ids."""
        everywhere = (delivered for room in self._world.rooms.all() for delivered in room.delivered)
        return tuple(sorted(everywhere, key=lambda delivered: delivered.message_id))

    def kill_files(self) -> None:
        """Let every file id that was given out be good for nothing from now on; sent again, a file gets a new one."""
        self._world.files.forget_all()

    def replay_updates(self, number: int = 1) -> None:
        """Hand out the last updates once more, under the same ids, as after an answer that got lost."""
        self._world.updates.replay(number)

    def lose_updates(self, number: int = 1) -> None:
        """Let the next updates never reach the bot, as those of more than a day."""
        self._world.updates.lose(number)

    async def wait(self, condition: Callable[[], bool], *, timeout_s: float = 5.0) -> bool:
        """Wait until *condition* holds, looking whenever something happens; tell whether it does."""
        return await self._world.pulse.wait(condition, timeout_s=timeout_s)

    @property
    def waiting_updates(self) -> int:
        """Count the updates the bot has not confirmed."""
        return self._world.updates.waiting

    def _button(self, label: str, chat_id: int, message_id: int | None) -> tuple[Button, Message]:
        messages: Iterable[Message] = reversed(self.transcript(chat_id))
        for message in messages:
            for button in acting.buttons(message):
                if button.text == label and message_id in (None, message.message_id):
                    return button, message
        raise LookupError(f"there is no button {label!r} in chat {chat_id}; look at its transcript")
