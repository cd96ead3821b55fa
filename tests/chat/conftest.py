"""Fixtures of the chat room: the real database and content, a sandbox in place of Telegram, and our bot polling it."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PIL import Image
from telegram import Update

from bot.chat import Services, TelegramMessenger, asking_for_updates, build_application, install, taking_in
from bot.chat.application import ChatApplication
from bot.editorial.commissions import Commissions
from bot.editorial.desk import Desk
from bot.editorial.library import Library
from bot.editorial.shelf import CollageShelf
from bot.model.address import Address
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.publishing.messenger import Recipient
from bot.publishing.queue import Queue
from bot.sandbox import ADA, CHANNEL, Message, Sandbox, Toast, serve
from bot.store import entries, preferences, subscriptions
from bot.store.database import Database
from tests.chat.desks import LINK, Judge, Studio, with_editors

TOKEN = "123456:token-of-the-chat-tests"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture that was not composed: drawing is another room's matter, and slow."""

    picture: Image.Image
    alt: str

    @property
    def jpeg(self) -> bytes:
        """As it is sent."""
        return _encoded(self.picture, "JPEG")

    @property
    def width(self) -> int:
        """In pixels."""
        return self.picture.width

    @property
    def height(self) -> int:
        """In pixels."""
        return self.picture.height

    def png(self) -> bytes:
        """As a file."""
        return _encoded(self.picture, "PNG")


def sketch(entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]) -> Sketch:
    """Paint a plain picture, another one for every entry, canvas and theme."""
    return _sketch((entry.id * 11 % 256, 90, 120), canvas, theme, alt=f"{entry.paper.title} ({language})")


def sketch_cover(
    title: str,
    entries: Sequence[Entry],
    canvas: Canvas,
    *,
    theme: Theme,
    language: str,
    files: Mapping[str, bytes],
) -> Sketch:
    """Paint a plain cover, another one for every number of entries."""
    return _sketch((len(entries) * 20, 200, 60), canvas, theme, alt=f"{title} ({language})")


def _sketch(colour: tuple[int, int, int], canvas: Canvas, theme: Theme, *, alt: str) -> Sketch:
    size = (96, 54) if canvas is Canvas.SLIDE else (80, 100)
    picture = Image.new("RGB", size, colour)
    if theme is Theme.DARK:
        picture = picture.point(lambda value: value // 3)
    return Sketch(picture, alt)


def _encoded(picture: Image.Image, encoding: str) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, encoding)
    return kept.getvalue()


@pytest.fixture
async def services(catalogue: Database) -> Services:
    """Everything the room is handed, over a database of this test's own with the real content in it."""
    return await services_over(catalogue)


async def services_over(catalogue: Database) -> Services:
    """Everything the room is handed, over a database with content."""
    async with catalogue.reading() as conn:
        series = tuple(await entries.all_series(conn))
    shelf, studio, judge = (
        CollageShelf(catalogue, sketch, sketch_cover, fingerprint="sketched"),
        Studio(),
        Judge(sketch),
    )
    return Services(
        catalogue,
        Library(catalogue),
        shelf,
        series,
        clock=lambda: NOW,
        desk=Desk(catalogue, studio.draft, lambda: NOW),
        queue=Queue(catalogue, series, lambda: NOW),
        commissions=Commissions(catalogue, studio, judge, lambda: NOW, per_day=2, fingerprint="sketched"),
        judge=judge,
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """A bot that is running against a sandbox, and the way to play the people in front of it."""

    sandbox: Sandbox
    services: Services
    application: ChatApplication
    url: str
    running: AsyncExitStack

    async def stop(self) -> None:
        """Stop the bot cleanly; the sandbox goes on."""
        await self.running.aclose()

    @property
    def messenger(self) -> TelegramMessenger:
        """A messenger for editions, over the same bot."""
        return TelegramMessenger(self.application.bot, self.services)

    async def recipient(self, chat_id: int, thread_id: int = 0) -> Recipient:
        """A chat as an edition finds it, with what it wants."""
        address = Address(chat_id, thread_id)
        async with self.services.database.reading() as conn:
            wish = await subscriptions.find(conn, address)
            wanted = await preferences.find(conn, chat_id)
            return Recipient(address, wanted, quiet=wish is not None and wish.quiet)

    def sent(self, chat_id: int = ADA) -> list[Message]:
        """What the bot has in a chat now."""
        return [message for message in self.sandbox.transcript(chat_id) if message.is_from_bot]

    async def ask(
        self, text: str, *, answers: int = 1, chat_id: int = ADA, user_id: int | None = None, thread_id: int = 0
    ) -> list[Message]:
        """Say *text* and wait for that many messages."""
        before = len(self.sent(chat_id))
        self.sandbox.say(text, chat_id=chat_id, user_id=user_id, thread_id=thread_id)
        assert await self.sandbox.wait(lambda: len(self.sent(chat_id)) >= before + answers), self._heard(chat_id)
        return self.sent(chat_id)[before:]

    async def settle(self, messages: int, *, chat_id: int = ADA) -> list[Message]:
        """Wait until a chat has that many messages of ours, none of which speaks of work under way."""

        def is_settled() -> bool:
            sent = self.sent(chat_id)
            return len(sent) == messages and not any(message.text.endswith(" …") for message in sent)

        assert await self.sandbox.wait(is_settled), self._heard(chat_id)
        return self.sent(chat_id)

    async def draft(self, paper: str = LINK, *, chat_id: int = ADA, user_id: int | None = None) -> list[Message]:
        """Have a paper drafted; give its picture and its card."""
        before = len(self.sent(chat_id))
        self.sandbox.say(f"/draft {paper}", chat_id=chat_id, user_id=user_id)
        return (await self.settle(before + 2, chat_id=chat_id))[-2:]

    async def press(self, label: str, *, chat_id: int = ADA, user_id: int | None = None) -> Toast:
        """Press a button and wait for the answer."""
        toast = await self.sandbox.press(label, chat_id=chat_id, user_id=user_id)
        assert toast is not None, f"the press of {label!r} was never answered"
        return toast

    async def forge(self, data: str, *, chat_id: int = ADA, user_id: int = ADA) -> None:
        """Press a button that we never wrote, under our newest message."""
        message = self.sent(chat_id)[-1] if chat_id != CHANNEL else self.sandbox.transcript(chat_id)[-1]
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "channel" if chat_id == CHANNEL else "supergroup"}
        press = {
            "id": "1",
            "from": {"id": user_id, "is_bot": False, "first_name": "Somebody"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": message.message_id, "date": message.date, "chat": chat, "text": message.text},
        }
        await self.receive({"callback_query": press})

    async def receive(self, update: dict[str, object]) -> None:
        """Take in an update that the sandbox does not make."""
        await self.application.process_update(Update.de_json({"update_id": 1, **update}, self.application.bot))

    def _heard(self, chat_id: int) -> str:
        return f"heard only: {[message.text for message in self.sent(chat_id)]}"


@asynccontextmanager
async def on_stage(services: Services) -> AsyncIterator[Stage]:
    """Run the bot with *services* inside the block."""
    sandbox = Sandbox(token=TOKEN, bot_name="Collagebot", bot_username="collage_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url, AsyncExitStack() as running:
        yield Stage(sandbox, services, await _start(running, services, url), url, running)


@asynccontextmanager
async def polling(services: Services, url: str) -> AsyncIterator[ChatApplication]:
    """Run the bot against a sandbox that is there already, as after a restart."""
    async with AsyncExitStack() as running:
        yield await _start(running, services, url)


async def _start(running: AsyncExitStack, services: Services, url: str) -> ChatApplication:
    application = build_application(TOKEN, api_url=url, services=services)
    await running.enter_async_context(application)
    await install(application.bot, services)
    await application.start()
    running.push_async_callback(application.stop)
    intake = await running.enter_async_context(taking_in(application, services.database))
    asking = asking_for_updates(application.bot, services.database, intake.receive)
    await running.enter_async_context(asking)
    return application


@pytest.fixture
async def stage(services: Services) -> AsyncIterator[Stage]:
    """The bot, running."""
    async with on_stage(services) as running:
        yield running


@pytest.fixture
async def desk(services: Services) -> AsyncIterator[Stage]:
    """The bot, running, with Ada as its only editor."""
    async with on_stage(with_editors(services, ADA)) as running:
        yield running
