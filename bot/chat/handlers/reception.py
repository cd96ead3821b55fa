"""Owns the way from an update to the handler that answers it, and back when that fails."""

from collections.abc import Awaitable, Callable, Coroutine, Hashable
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

from telegram import Bot, CallbackQuery, Update
from telegram import Message as Received
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import CallbackContext

from bot.chat.asked import read_prompt
from bot.chat.failures import is_benign
from bot.chat.handlers import buttons, inline, membership, plain, start, trouble
from bot.chat.handlers.conversation import Conversation, conversation
from bot.chat.handlers.desk import corrections
from bot.chat.handlers.errands import Errands
from bot.chat.handlers.once import Once
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages import greetings
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.chat.tongues import Tongues
from bot.chat.typed import after_command, command_of
from bot.wording.translation import _, speak

Context: TypeAlias = CallbackContext[Any, Any, Any, Any]
Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Reception:
    """Takes updates in and opens a conversation for each."""

    def __init__(self, bot: Bot, services: Services, errands: Errands) -> None:
        self._bot = bot
        self._services = services
        self._errands = errands
        self._once: Once[Toast] = Once()
        self._tongues = Tongues(services.database)
        self._outbox = Outbox(bot, services.database, services.shelf)

    def command(self, answer: Callable[[Conversation, str], Awaitable[None]]) -> Callback:
        """Make a callback that hands the words after the command to *answer*."""

        async def receive(update: Update, _context: Context) -> None:
            talk = await self._open(update)
            if talk is None or talk.received is None:
                return
            words = after_command(talk.received.text or "")
            try:
                await answer(talk, words)
            except ChatMigrated as error:  # nobody has told us yet; the answer goes where the group is now
                await answer(await membership.follow(talk, talk.chat.id, error.new_chat_id), words)

        return receive

    def editors_command(self, answer: Callable[[Conversation, str], Awaitable[None]]) -> Callback:
        """Make a callback for a command that does not exist for anybody but editors."""

        async def receive(update: Update, context: Context) -> None:
            talk = await self._open(update)
            if talk is None or not talk.is_editors:
                await self.unknown_command(update, context)
            elif talk.received is not None:
                await answer(talk, after_command(talk.received.text or ""))

        return receive

    async def unknown_command(self, update: Update, _context: Context) -> None:
        """Answer a command that does not exist; in a group only when it is meant for us."""
        talk = await self._open(update)
        if talk is None or talk.received is None or not talk.received.text:
            return
        command, addressee = command_of(talk.received.text)
        if talk.private or addressee.casefold() == self._bot.username.casefold():
            await start.unknown(talk, command)

    async def plain_text(self, update: Update, _context: Context) -> None:
        """Answer what somebody types to us alone."""
        talk = await self._open(update)
        if talk is not None and talk.received is not None and talk.private:
            await plain.plain_text(talk, talk.received.text or "")

    async def reply(self, update: Update, context: Context) -> None:
        """Take what an editor replies to a prompt of ours; any other reply is a text like others."""
        talk = await self._open(update)
        answered = talk.received.reply_to_message if talk and talk.received else None
        asked = read_prompt(answered, self._bot.id, self._bot.username)
        if talk is not None and talk.received is not None and asked is not None and talk.is_editors:
            await corrections.take(talk, asked, talk.received.text or "")
        else:
            await self.plain_text(update, context)

    async def press(self, update: Update, _context: Context) -> None:
        """Do what a button stands for; the press is answered whatever happens."""
        query, talk = update.callback_query, await self._open(update)
        if query is None:
            return
        if talk is None:  # under a message that came by the inline mode: nobody sees it but who pressed
            speak((await self._tongues.find(query.from_user.id, query.from_user, private=True)).language)
        toast = QUIET if talk else Toast(_(greetings.OLD_BUTTON))
        try:
            if talk is not None:
                toast = await self._once.do(_same_press(query), partial(_pressed, talk, query.data or ""))
        except Exception as error:
            toast = await trouble.press_failed(talk, error)
        finally:
            await _answer(query, toast)

    async def membership(self, update: Update, _context: Context) -> None:
        """Follow a change of our own place in a chat."""
        talk = await self._open(update)
        if talk is not None and update.my_chat_member is not None:
            await membership.membership(talk, update.my_chat_member)

    async def inline(self, update: Update, _context: Context) -> None:
        """Answer whoever writes our name and a question in any chat."""
        query = update.inline_query
        if query is None:
            return
        speak((await self._tongues.find(query.from_user.id, query.from_user, private=True)).language)
        try:
            await inline.answer(self._bot, self._services, query)
        except BadRequest as error:
            if not is_benign(error):  # too late: whoever asked has typed on, and asks again
                raise

    async def added(self, update: Update, _context: Context) -> None:
        """Greet a group that let us in."""
        talk = await self._open(update)
        if talk is not None and talk.received is not None:
            await membership.added(talk, talk.received)

    async def move(self, update: Update, _context: Context) -> None:
        """Follow a group that moved."""
        talk = await self._open(update)
        if talk is not None and talk.received is not None:
            await membership.moved(talk, talk.received)

    async def trouble(self, update: object, context: Context) -> None:
        """Take whatever a handler left unanswered."""
        talk = await self._open(update) if isinstance(update, Update) else None
        if isinstance(context.error, Exception):
            await trouble.failed(talk, context.error)

    async def _open(self, update: Update) -> Conversation | None:
        talk = conversation(
            update, self._bot, self._services, outbox=self._outbox, errands=self._errands, tongues=self._tongues
        )
        if talk is not None:
            known = await self._tongues.find(talk.chat.id, update.effective_user, private=talk.private)
            speak(known.language)
            if known.is_gone and _shows_us_in(update, talk):
                await talk.come_back()
        return talk


def _shows_us_in(update: Update, talk: Conversation) -> bool:
    """Tell whether a chat that sends this has us: our buttons in a group can be pressed after we were removed."""
    return update.my_chat_member is None and (talk.private or update.callback_query is None)


async def _pressed(talk: Conversation, data: str) -> Toast:
    try:
        return await buttons.pressed(talk, data)
    except ChatMigrated as error:  # nobody has told us yet
        return await buttons.pressed(await membership.follow(talk, talk.chat.id, error.new_chat_id), data)


def _same_press(query: CallbackQuery) -> Hashable:
    """What makes two presses the same one: who, what, where, and that the message says the same as before."""
    place = (query.message.chat.id, query.message.message_id) if query.message else query.inline_message_id
    said = query.message.text if isinstance(query.message, Received) else None
    return query.from_user.id, place, query.data, said


async def _answer(query: CallbackQuery, toast: Toast) -> None:
    with suppress(TelegramError):  # too late, or the line is down: the person has long looked away
        await query.answer(toast.text or None, show_alert=toast.alert, url=toast.url)
