"""Owns one exchange: where it takes place, who asks, and how it is answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from telegram import Bot, Chat, Update
from telegram import Message as Received
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError

from bot.chat.albums import Album
from bot.chat.failures import is_lost
from bot.chat.handlers.errands import Errands
from bot.chat.handlers.patience import patiently
from bot.chat.messages.message import Message, Rows, rows_of
from bot.chat.outbox import Outbox
from bot.chat.place import Place
from bot.chat.services import Services
from bot.chat.tongues import Tongues
from bot.errors import StoreError
from bot.model.address import Address
from bot.model.canvas import Appearance
from bot.model.entry import Entry
from bot.model.language import language_of
from bot.store import preferences, subscriptions

_NOBODY = frozenset({0, 1087968824, 136817688})
"""Who Telegram says wrote it when a chat speaks: nobody in a channel, in a group one user for all anonymous admins and
one for all channels. Source: Bot API 10.0, Message.from and Message.sender_chat."""
_PATIENCE_S = 0.7
"""What is answered sooner needs no sign of work."""
_SIGN_LASTS_S = 4.5
"""Telegram takes the sign away after 5 s. Source: Bot API 10.0, sendChatAction."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One question and the way to answer it.

    Attributes:
        errands: What goes on after the answer.
        asker: Who asks; 0 where a channel speaks.
        asker_speaks: Their language, as Telegram says; None where it says nothing.
        received: The message with the command, or the one whose button was pressed; None when it is too old to be seen.
    """

    bot: Bot
    services: Services
    outbox: Outbox
    errands: Errands
    tongues: Tongues
    chat: Chat
    address: Address
    asker: int
    asker_speaks: str | None
    received: Received | None

    @property
    def private(self) -> bool:
        """True between one person and the bot."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def in_channel(self) -> bool:
        """True where everybody reads and only the admins write."""
        return self.chat.type == ChatType.CHANNEL

    @property
    def in_its_name(self) -> bool:
        """True when the chat itself speaks: a post in a channel, an anonymous admin of a group."""
        return self._sender is not None and self._sender.id == self.chat.id

    @property
    def reader(self) -> int:
        """Whose day's collages it is that are asked for: the person's, or the chat's in whose name somebody speaks."""
        return self._sender.id if self._sender else self.asker

    @property
    def _sender(self) -> Chat | None:
        return self.received.sender_chat if self.received and self.asker in _NOBODY else None

    @property
    def is_editors(self) -> bool:
        """True when one of the editors asks."""
        return self.asker in self.services.editors

    @property
    def place(self) -> Place | None:
        """Where the message stands whose button was pressed; None when it is out of reach."""
        return Place.of(self.received) if self.received else None

    @property
    def buttons(self) -> Rows:
        """The buttons of the message whose button was pressed."""
        return rows_of(self.received.reply_markup) if self.received else ()

    @property
    def lost_its_place(self) -> bool:
        """True when the pressed message is too old to say in which topic it stands."""
        return self.received is None and not self.private

    @property
    def page_turner(self) -> int:
        """Who alone may turn pages here: in a group the person who asked, else anybody."""
        return 0 if self.private or self.asker in _NOBODY else self.asker

    def private_chat(self, payload: str) -> str:
        """The address that opens our private chat with the reader, at what *payload* names."""
        return f"https://t.me/{self.bot.username}?start={payload}"

    async def say(self, message: Message) -> None:
        """Answer with a text."""
        await patiently(lambda: self.outbox.text(self.address, message))

    async def reply(self, message: Message) -> None:
        """Answer with a text that hangs on the message it belongs to."""
        received = self.received.message_id if self.received else None
        await patiently(lambda: self.outbox.text(self.address, message, reply_to=received))

    async def revise(self, message: Message) -> None:
        """Change the message whose button was pressed; a new one where that is out of reach, gone, or shows a file."""
        place = self.place
        if place is not None and self.received is not None and self.received.text is not None:
            try:
                await patiently(lambda: self.outbox.edit_text(place, message))
                return
            except BadRequest as error:
                if not is_lost(error):
                    raise
        await self.say(message)

    async def relabel(self, rows: Rows) -> None:
        """Change the buttons of the message whose button was pressed, where it is in reach."""
        received = self.received
        if received is None:
            return
        try:
            await patiently(lambda: self.outbox.edit_buttons(received, rows))
        except BadRequest as error:
            if not is_lost(error):
                raise

    async def show(self, entry: Entry, message: Message, *, wanted: Appearance) -> None:
        """Answer with a collage."""
        async with self.busy(ChatAction.UPLOAD_PHOTO):
            await patiently(lambda: self.outbox.picture(self.address, entry, message, wanted=wanted))

    async def show_album(self, album: Album, *, wanted: Appearance) -> None:
        """Answer with the pictures of one album."""
        async with self.busy(ChatAction.UPLOAD_PHOTO):
            await patiently(lambda: self.outbox.album(self.address, album, wanted=wanted))

    async def hand_over(self, entry: Entry, *, wanted: Appearance) -> None:
        """Answer with a collage as a file, hung on the message it belongs to."""
        received = self.received.message_id if self.received else None
        async with self.busy(ChatAction.UPLOAD_DOCUMENT):
            await patiently(lambda: self.outbox.full_size(self.address, entry, wanted=wanted, reply_to=received))

    async def attach(self, content: bytes, name: str, message: Message) -> None:
        """Answer with a file called *name*."""
        await patiently(lambda: self.outbox.attachment(self.address, content, name, message))

    async def appearance(self) -> Appearance:
        """How this chat wants its pictures."""
        async with self.services.database.reading() as conn:
            return (await preferences.find(conn, self.chat.id)).appearance

    async def remember_chat(self) -> None:
        """Write down that this chat exists and talks to us."""
        async with self.services.database.writing() as conn:
            await subscriptions.see_chat(
                conn,
                self.chat.id,
                kind=str(self.chat.type),
                title=self.chat.effective_name or "",
                now=self.services.clock(),
            )
            if self.asker_speaks:
                hear = preferences.hear_language if self.private else preferences.take_up_language
                await hear(conn, self.chat.id, self.asker_speaks)
        self.tongues.forget(self.chat.id)

    async def come_back(self) -> None:
        """Write down that a chat which we thought was gone has us again; while the database is away, nothing."""
        with suppress(StoreError):
            async with self.services.database.writing() as conn:
                await subscriptions.mark_back(conn, self.chat.id)
            self.tongues.forget(self.chat.id)

    @asynccontextmanager
    async def busy(self, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
        """Show a sign of work while the block takes longer than people like to wait."""
        sign = asyncio.create_task(self._signal(action))
        try:
            yield
        finally:
            sign.cancel()
            with suppress(asyncio.CancelledError):
                await sign

    async def _signal(self, action: ChatAction) -> None:
        await asyncio.sleep(_PATIENCE_S)
        while True:
            with suppress(TelegramError):
                thread = self.address.thread_id or None
                await self.bot.send_chat_action(self.address.chat_id, action, message_thread_id=thread)
            await asyncio.sleep(_SIGN_LASTS_S)


def address_of(message: Received) -> Address:
    """Where an answer to *message* belongs: its thread only when it is a topic, not a chain of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat.id, thread or 0)


def conversation(
    update: Update, bot: Bot, services: Services, *, outbox: Outbox, errands: Errands, tongues: Tongues
) -> Conversation | None:
    """Open the conversation that *update* begins; None when it comes from nowhere we could answer."""
    query, message = update.callback_query, update.effective_message
    pressed = query.message if query else None
    chat = pressed.chat if pressed else update.effective_chat
    if chat is None:
        return None
    received = message if isinstance(message, Received) and message.is_accessible else None
    address = address_of(received) if received else Address(chat.id)
    user = update.effective_user
    speaks = language_of(user.language_code) if user and user.language_code else None
    return Conversation(
        bot, services, outbox, errands, tongues, chat, address, user.id if user else 0, speaks, received
    )
