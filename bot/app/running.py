"""Owns the running bot: start, serve, stop cleanly."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import chat
from bot.app.controls import sandbox_controls
from bot.app.rooms import Post, Rooms, load_content, now, open_post, open_rooms, signed_in
from bot.errors import ContentError, SettingError
from bot.sandbox import Sandbox, serve
from bot.settings import Settings
from bot.store.schema import migrate

log = logging.getLogger(__name__)

TICK_SECONDS = 30
SANDBOX_TOKEN = "1000:embedded-sandbox"  # opens nothing but the server in this very process
SANDBOX_NAME, SANDBOX_USERNAME = "Collagebot", "collage_sandbox_bot"


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        SettingError: The token or an address cannot be used.
        StoreError: The database cannot be used.
        ContentError: A content file cannot be loaded, and nothing was loaded before.
    """
    chat.redact_logs()
    fault = await _bring_up_to_date(settings)
    async with AsyncExitStack() as stack:
        rooms = await stack.enter_async_context(open_rooms(settings))
        if fault is not None and not await rooms.library.months():
            raise fault
        post, greeting = await _open(stack, rooms, settings)
        await stack.enter_async_context(_working(rooms, post))
        print(greeting, flush=True)
        await _until_stopped()
        print("Finishing what is under way …", flush=True)


async def _bring_up_to_date(settings: Settings) -> ContentError | None:
    """Migrate and load; a fault in the content is handed back, for what was loaded before still serves."""
    await asyncio.to_thread(migrate, settings.database_url)
    try:
        log.info("content: %s", await load_content(settings))
    except ContentError as error:
        log.error("the content stays as it was loaded before:\n%s", error)
        return error
    return None


async def _open(stack: AsyncExitStack, rooms: Rooms, settings: Settings) -> tuple[Post, str]:
    if settings.token is not None:
        post = open_post(rooms, settings, token=settings.token, api_url=settings.telegram_api_url)
        me = await stack.enter_async_context(signed_in(post))
        return post, f"@{me} is listening. Open https://t.me/{me} and press Start. Stop with Ctrl-C."
    controls = sandbox_controls(rooms, lambda: post.publisher)
    sandbox = Sandbox(token=SANDBOX_TOKEN, bot_name=SANDBOX_NAME, bot_username=SANDBOX_USERNAME, controls=controls)
    try:
        serving = serve(sandbox.app, settings.host, settings.port, before_stop=sandbox.close)
        url = await stack.enter_async_context(serving)
    except OSError as error:
        raise SettingError(
            f"{settings.host}:{settings.port} cannot be used ({error.strerror}); set PORT to a free one, 0 picks one."
        ) from None
    url = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")  # listened on, but nowhere to go
    post = open_post(rooms, settings, token=SANDBOX_TOKEN, api_url=url)
    await stack.enter_async_context(signed_in(post))
    return post, f"No TELEGRAM_BOT_TOKEN, so this is the sandbox. Open {url} and press Start. Stop with Ctrl-C."


@asynccontextmanager
async def _working(rooms: Rooms, post: Post) -> AsyncIterator[None]:
    """Poll, tick, dispatch and draw ahead; on the way out finish in the reverse order."""
    application, updater = post.application, post.application.updater
    assert updater is not None  # built with one
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        post.publisher.tick,
        "interval",
        seconds=TICK_SECONDS,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=now(),
    )
    await chat.install(application.bot, post.services)
    await application.start()
    await updater.start_polling(allowed_updates=chat.ALLOWED_UPDATES, drop_pending_updates=False)
    background = [asyncio.create_task(post.dispatcher.serve()), asyncio.create_task(_draw_ahead(rooms))]
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        post.dispatcher.stop()
        background[1].cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await updater.stop()
        await application.stop()


async def _draw_ahead(rooms: Rooms) -> None:
    """Draw the collages that are missing, newest first, so that nobody has to wait for one."""
    try:
        for month in reversed(await rooms.library.months()):
            await rooms.shelf.warm(await rooms.library.month(month))
    except Exception:  # nobody waits for this; whoever asks for a collage that cannot be drawn is told
        log.exception("drawing ahead stopped")


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # no signal handlers on this platform's loop
            loop.add_signal_handler(name, stopped.set)
    await stopped.wait()
