"""Owns how updates reach the running bot: Telegram posts them to PUBLIC_URL, or we ask for them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import TelegramError

from bot import chat
from bot.app.serving import served
from bot.chat import ChatApplication, Intake
from bot.errors import SettingError
from bot.settings import Settings
from bot.store.database import Database
from bot.web import Ports, site

_MOST_CONNECTIONS = 512
"""Telegram has a hundred at most; a process may have 1,024 files open, and needs some for itself."""


@asynccontextmanager
async def updates_coming(application: ChatApplication, database: Database, settings: Settings) -> AsyncIterator[None]:
    """Take updates in inside the block; at its end nothing new comes, and what is under way finishes.

    Raises:
        SettingError: Telegram does not let us, or nobody can listen on HOST and PORT.
    """
    async with chat.taking_in(application, database) as intake, AsyncExitStack() as stack:
        way = _posted if settings.is_posted_to else _asked_for
        try:
            await stack.enter_async_context(way(application.bot, intake, settings))
        except TelegramError as error:
            raise SettingError(_refused(settings).format(said=chat.redacted(str(error)))) from None
        yield


def _asked_for(bot: Bot, intake: Intake, _: Settings) -> AbstractAsyncContextManager[None]:
    return chat.asking_for_updates(bot, intake.database, intake.receive)


@asynccontextmanager
async def _posted(bot: Bot, intake: Intake, settings: Settings) -> AsyncIterator[None]:
    async def look() -> Mapping[str, object]:
        return {"waiting": await intake.count_waiting()}

    address = str(settings.public_url)
    hook = urlsplit(address).path + chat.hook_path(bot)
    app = site(Ports(intake.receive_body, look), hook=hook, secret=chat.hook_secret(bot))
    async with served(app, settings, most=_MOST_CONNECTIONS):
        await chat.set_webhook(bot, address)
        yield


def _refused(settings: Settings) -> str:
    if settings.is_posted_to:
        return "Telegram does not take PUBLIC_URL for a webhook ({said}); it takes an https address it can reach."
    return "The Bot API server does not let us ask for updates ({said}); try again later."
