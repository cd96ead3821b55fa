"""Owns how the rooms are joined: settings in, working parts out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram.error import InvalidToken, NetworkError

from bot import chat, collage
from bot.chat import ChatApplication, Services, TelegramMessenger
from bot.editorial.library import Library
from bot.editorial.load import LoadReport, load
from bot.editorial.shelf import CollageShelf
from bot.errors import SettingError
from bot.model.entry import Series
from bot.publishing.calendar import next_weekly
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.settings import Settings
from bot.store import entries
from bot.store.database import Database
from bot.store.schema import require_current


def now() -> datetime:
    """The current instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Rooms:
    """Everything that reads and draws, over one open database."""

    database: Database
    library: Library
    shelf: CollageShelf
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that speaks to Telegram."""

    application: ChatApplication
    services: Services
    publisher: Publisher
    dispatcher: Dispatcher


@asynccontextmanager
async def open_rooms(settings: Settings) -> AsyncIterator[Rooms]:
    """Open a database that is up to date and loaded.

    Raises:
        StoreError: It cannot be used, or `migrate` has to run first.
    """
    await asyncio.to_thread(require_current, settings.database_url)
    database = Database(settings.database_url)
    try:
        async with database.reading() as conn:
            series = tuple(settings.applied_to(one) for one in await entries.all_series(conn))
        yield Rooms(database, Library(database), CollageShelf(database, collage.compose), series)
    finally:
        await database.close()


async def load_content(settings: Settings) -> LoadReport:
    """Load the content folder."""
    database = Database(settings.database_url)
    try:
        return await load(database, settings.content)
    finally:
        await database.close()


def open_post(rooms: Rooms, settings: Settings, *, token: str, api_url: str) -> Post:
    """Build what speaks to Telegram; nothing is sent yet."""
    services = Services(rooms.database, rooms.library, rooms.shelf, rooms.series, clock=now, upcoming=next_weekly)
    application = chat.build_application(token, api_url=api_url, services=services)
    messenger = TelegramMessenger(application.bot, services)
    dispatcher = Dispatcher(rooms.database, messenger, now, rate=settings.send_rate)
    publisher = Publisher(rooms.database, messenger, dispatcher, rooms.series, now, empty_queue=settings.empty_queue)
    return Post(application, services, publisher, dispatcher)


@asynccontextmanager
async def signed_in(post: Post) -> AsyncIterator[str]:
    """Sign in to the Bot API server and yield the bot's username.

    Raises:
        SettingError: The token is unknown there, or the server cannot be reached.
    """
    application = post.application
    try:
        await application.initialize()
    except InvalidToken:
        raise SettingError("Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather.") from None
    except NetworkError as error:
        raise SettingError(f"The Bot API server cannot be reached ({error}); check TELEGRAM_API_URL.") from None
    try:
        yield str(application.bot.username)
    finally:
        await application.shutdown()
