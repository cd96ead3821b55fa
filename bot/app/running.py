"""Owns the running bot: start, serve, stop cleanly."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import TelegramError

from bot import chat
from bot.app import memory
from bot.app.controls import sandbox_controls
from bot.app.rooms import UNKNOWN_TOKEN, Post, Rooms, forget_chats, load_content, open_post, open_rooms, signed_in
from bot.app.serving import served
from bot.app.signals import on_stop_signal
from bot.app.updates import updates_coming
from bot.errors import CollagebotError, ContentError, SettingError
from bot.model.canvas import Canvas
from bot.sandbox import ADA, Sandbox
from bot.settings import SANDBOX_DATABASE, Settings
from bot.store.schema import migrate

log = logging.getLogger(__name__)

TICK_SECONDS = 30
SANDBOX_TOKEN = "1000:embedded-sandbox"  # opens nothing but the server in this very process
SANDBOX_NAME, SANDBOX_USERNAME = "Collagebot", "collage_sandbox_bot"


class Ending:
    """When the bot has to stop, and whether something is wrong."""

    def __init__(self) -> None:
        self._now = asyncio.Event()
        self._fault: CollagebotError | None = None

    def ask(self) -> None:
        """Stop: somebody wants it."""
        self._now.set()

    def fail(self, fault: CollagebotError) -> None:
        """Stop: it makes no sense to go on."""
        self._fault = fault
        self._now.set()

    async def wait(self) -> None:
        """Wait for the end."""
        await self._now.wait()

    def check(self) -> None:
        """Raise what is wrong, if something is."""
        if self._fault is not None:
            raise self._fault


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        SettingError: The token or an address cannot be used.
        StoreError: The database cannot be used.
        ContentError: A content file cannot be loaded, and nothing was loaded before.
    """
    key = settings.language_model.api_key if settings.language_model else None
    chat.redact_logs(*filter(None, [settings.token, key]))
    fault = await _bring_up_to_date(settings)
    ending = Ending()
    async with AsyncExitStack() as stack:
        rooms = await stack.enter_async_context(open_rooms(settings))
        if fault is not None and not await rooms.library.months():
            raise fault
        post, greeting = await _open(stack, rooms, settings, ending)
        await post.publisher.begin()
        await stack.enter_async_context(_working(rooms, post, settings))
        stack.enter_context(on_stop_signal(ending.ask))
        print(greeting, flush=True)
        memory.settle()
        await ending.wait()
        print("Finishing what is under way …", flush=True)
    ending.check()


async def _bring_up_to_date(settings: Settings) -> ContentError | None:
    """Migrate and load; a fault in the content is handed back, for what was loaded before still serves."""
    await asyncio.to_thread(migrate, settings.database_url)
    if settings.token is None and settings.database_url == SANDBOX_DATABASE:
        await forget_chats(settings)
    try:
        log.info("content: %s", await load_content(settings))
    except ContentError as error:
        log.error("the content stays as it was loaded before:\n%s", error)
        return error
    return None


async def _open(stack: AsyncExitStack, rooms: Rooms, settings: Settings, ending: Ending) -> tuple[Post, str]:
    if settings.token is not None:
        opening = open_post(
            rooms,
            settings,
            token=settings.token,
            api_url=settings.telegram_api_url,
            on_refused=lambda: ending.fail(SettingError(UNKNOWN_TOKEN)),
            on_replaced=ending.fail,
        )
        post = await stack.enter_async_context(opening)
        me = await stack.enter_async_context(signed_in(post))
        return post, f"@{me} is listening. Open https://t.me/{me} and press Start. Stop with Ctrl-C."
    controls = sandbox_controls(rooms, lambda: post)
    sandbox = Sandbox(token=SANDBOX_TOKEN, bot_name=SANDBOX_NAME, bot_username=SANDBOX_USERNAME, controls=controls)
    url = await stack.enter_async_context(served(sandbox.app, settings, before_stop=sandbox.close))
    with_editor = replace(settings, editors=settings.editors or frozenset({ADA}))
    opening = open_post(rooms, with_editor, token=SANDBOX_TOKEN, api_url=url, on_replaced=ending.fail)
    post = await stack.enter_async_context(opening)
    await stack.enter_async_context(signed_in(post))
    return post, f"No TELEGRAM_BOT_TOKEN, so this is the sandbox. Open {url} and press Start. Stop with Ctrl-C."


@asynccontextmanager
async def _working(rooms: Rooms, post: Post, settings: Settings) -> AsyncIterator[None]:
    """Take updates in, tick, dispatch and draw ahead; on the way out everything gets its chance to finish."""
    application = post.application
    await _introduce(post)
    async with AsyncExitStack() as stack:
        await application.start()
        stack.push_async_callback(_in_peace, application.stop())
        await stack.enter_async_context(updates_coming(application, rooms.database, settings))
        parts = (post.dispatcher, post.publisher, post.corrections)
        for part in parts:
            stack.push_async_callback(_in_peace, asyncio.create_task(part.serve()))
        for part in parts:  # all of them stop before we wait for one
            stack.callback(part.stop)
        drawing = asyncio.create_task(_draw_ahead(rooms))
        stack.callback(drawing.cancel)
        scheduler = _scheduler(post)
        stack.callback(scheduler.shutdown, wait=False)
        yield


def _scheduler(post: Post) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(timezone="UTC")
    tick = {"seconds": TICK_SECONDS, "coalesce": True, "misfire_grace_time": None}
    for wake in (post.publisher.wake, post.corrections.wake):
        scheduler.add_job(wake, "interval", next_run_time=datetime.now(UTC), **tick)
    scheduler.add_job(_warn_editors, "interval", args=[post], **tick)
    scheduler.start()
    return scheduler


async def _warn_editors(post: Post) -> None:
    """Tell the editors of a slot that comes soon and has nothing queued; the tick goes on whatever happens."""
    try:
        await chat.warn_editors(post.application.bot, post.services)
    except CollagebotError as error:
        log.warning("whether a slot is empty could not be looked at: %s", error)


async def _introduce(post: Post) -> None:
    """Tell Telegram our commands and descriptions; without them the bot works all the same."""
    try:
        await chat.install(post.application.bot, post.services)
    except TelegramError as error:
        log.warning("the command menu could not be registered and stays as it was: %s", error)


async def _in_peace(ending: Awaitable[object]) -> None:
    """Wait for one part to end; its fault is told and does not keep the others from ending."""
    try:
        await ending
    except Exception:
        log.exception("something did not end as it should")


async def _draw_ahead(rooms: Rooms) -> None:
    """Draw the collages that are missing, newest first, and after those of a month its cover, so that nobody waits."""
    for month in reversed(await rooms.library.months()):
        entries = await rooms.library.month(month)
        for entry in entries:
            try:
                await rooms.shelf.warm([entry])
            except CollagebotError as error:
                log.warning("%s is not drawn ahead: %s", entry.slug, error)
        try:
            await rooms.shelf.find_cover(month, entries, Canvas.PORTRAIT)
        except CollagebotError as error:
            log.warning("the cover of %s is not drawn ahead: %s", month, error)
