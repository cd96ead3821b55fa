"""Owns how the rooms are joined: settings in, working parts out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bot import chat
from bot.app.clock import Clock
from bot.app.week import Week
from bot.app.workshop import composed, composed_cover, drawn_apart, judged_apart, open_studio
from bot.chat import ChatApplication, Services, TelegramCorrector, TelegramMessenger
from bot.editorial.commissions import Commissions
from bot.editorial.desk import Desk
from bot.editorial.drafting.studio import Studio
from bot.editorial.library import Library
from bot.editorial.load import LoadReport, load
from bot.editorial.shelf import CollageShelf, drawing_fingerprint
from bot.errors import SettingError, StoreReplaced
from bot.model.edition import EditionKind
from bot.model.entry import Series, Topic
from bot.publishing.aftermath import Aftermath
from bot.publishing.correcting import Corrections
from bot.publishing.delivery import Dispatcher, in_flight_at
from bot.publishing.publisher import Publisher
from bot.publishing.queue import Queue, Readied
from bot.settings import Settings
from bot.store import entries, installation
from bot.store.database import Database
from bot.store.schema import require_current

log = logging.getLogger(__name__)

UNKNOWN_TOKEN = "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."


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
    corrections: Corrections
    clock: Clock


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
        shelf = CollageShelf(database, composed, composed_cover, away=drawn_apart)
        yield Rooms(database, Library(database), shelf, series)
    finally:
        await database.close()


async def forget_chats(settings: Settings) -> None:
    """Begin anew with everything but the catalogue."""
    database = Database(settings.database_url)
    try:
        async with database.writing() as conn:
            await installation.forget_chats(conn)
    finally:
        await database.close()


async def load_content(settings: Settings) -> LoadReport:
    """Load the content folder into a database that is up to date.

    Raises:
        ContentError: Something in it cannot be loaded.
        StoreError: The database cannot be used, or `migrate` has to run first.
    """
    await asyncio.to_thread(require_current, settings.database_url)
    database = Database(settings.database_url)
    try:
        return await load(database, settings.content)
    finally:
        await database.close()


@asynccontextmanager
async def open_post(
    rooms: Rooms,
    settings: Settings,
    *,
    token: str,
    api_url: str,
    on_refused: Callable[[], None] = lambda: None,
    on_replaced: Callable[[StoreReplaced], None] = lambda _: None,
) -> AsyncIterator[Post]:
    """Build what speaks to Telegram, with the desk behind it; nothing is sent yet.

    Args:
        on_refused: Called when the server has refused the token so often that it must mean it.
        on_replaced: Called when another database lies where ours was.

    Raises:
        ModelUnusable: The language model's address or key cannot be used.
    """
    clock = Clock()
    async with open_studio(settings, rooms.database, partial(_topics, rooms.database)) as studio:
        queue = Queue(rooms.database, rooms.series, clock, settings.empty_queue)

        async def send_now(readied: Readied) -> Sequence[str]:
            series = readied.entry.series.slug
            return await publisher.publish_now(EditionKind.WEEKLY, slot=readied.slot, series=series)

        services = Services(
            rooms.database,
            rooms.library,
            rooms.shelf,
            rooms.series,
            clock=clock,
            desk=Desk(rooms.database, studio.draft, clock),
            queue=queue,
            commissions=_commissions(rooms, settings, studio, clock),
            judge=judged_apart,
            editors=settings.editors,
            candidates=Week(studio.sources, rooms.database, clock).candidates,
            send_now=send_now,
            aftermath=Aftermath(rooms.database, rooms.series, clock, lambda: messenger, lambda: dispatcher.wake()),
            wake=lambda: dispatcher.wake(),
            wake_corrections=lambda: corrections.wake(),
        )
        rate = settings.send_rate
        application = chat.build_application(
            token, api_url=api_url, services=services, rate=rate, on_refused=on_refused
        )
        messenger = TelegramMessenger(application.bot, services, paid=settings.paid_broadcast)
        dispatcher = Dispatcher(
            rooms.database, messenger, clock, rate=rate, in_flight=in_flight_at(rate), on_refused=on_refused
        )
        publisher = Publisher(
            rooms.database,
            messenger,
            dispatcher,
            rooms.series,
            clock,
            empty_queue=settings.empty_queue,
            on_replaced=on_replaced,
        )
        corrector = TelegramCorrector(application.bot, services)
        corrections = Corrections(rooms.database, corrector, clock, rate=rate)
        yield Post(application, services, publisher, dispatcher, corrections, clock)


async def _topics(database: Database) -> Sequence[Topic]:
    async with database.reading() as conn:
        return await entries.all_topics(conn)


def _commissions(rooms: Rooms, settings: Settings, studio: Studio, clock: Clock) -> Commissions:
    return Commissions(
        rooms.database,
        studio,
        judged_apart,
        clock,
        per_day=settings.collages_per_day,
        fingerprint=drawing_fingerprint("editorial/drafting", "sources"),
    )


@asynccontextmanager
async def signed_in(post: Post) -> AsyncIterator[str]:
    """Sign in to the Bot API server and yield the bot's username; a hiccup of the server is waited out.

    Raises:
        SettingError: The token is unknown there, or the server does not answer.
    """
    application = post.application
    try:
        await _initialize(application)
        yield str(application.bot.username)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # whose connections are open though it could not sign in


async def _initialize(application: ChatApplication) -> None:
    for patience in (1.0, 3.0, 0.0):
        try:
            return await application.initialize()
        except InvalidToken:
            raise SettingError(
                "Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather."
            ) from None
        except TelegramError as error:
            if not patience:
                said = chat.redacted(str(error))
                raise SettingError(f"The Bot API server does not answer ({said}); check TELEGRAM_API_URL.") from None
            log.warning("signing in did not work yet: %s", error)
            await asyncio.sleep(patience)
    return None
