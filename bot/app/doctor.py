"""Owns the examination: one line per thing that has to be right, and what to do where it is not."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from telegram import WebhookInfo
from telegram.error import TelegramError

from bot import chat
from bot.app.rooms import open_post, open_rooms, signed_in
from bot.collage.lettering.fonts import layout_engine
from bot.editorial.content import read_content
from bot.errors import CollagebotError
from bot.model.edition import DeliveryState
from bot.settings import Settings
from bot.store import deliveries
from bot.store.location import locate
from bot.store.schema import require_current, version
from bot.wording.dates import count

LEAST_FREE_BYTES = 200 * 1024 * 1024
OLD_NEWS = timedelta(hours=1)
"""What Telegram complained of so long ago is over."""


class Verdict(Enum):
    """How a finding counts."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    subject: str
    words: str

    def __str__(self) -> str:
        return f"{self.verdict.value:<5}{self.subject:<12}{self.words}"


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything the bot needs; nothing is changed."""
    examinations: list[Callable[[Settings], Awaitable[Finding]]] = [
        _fonts,
        _content,
        _schema,
        _ledger,
        _disk,
        _editors,
        _cache,
        _telegram,
        _updates,
    ]
    return [await examination(settings) for examination in examinations]


async def _fonts(_: Settings) -> Finding:
    engine = layout_engine()
    if engine == "raqm":
        return Finding(Verdict.GOOD, "text", "shaped by Raqm")
    return Finding(Verdict.NOTE, "text", "without kerning and right-to-left: apt-get install libfribidi0")


async def _content(settings: Settings) -> Finding:
    try:
        content = await asyncio.to_thread(read_content, settings.content)
    except CollagebotError as error:
        return Finding(Verdict.BAD, "content", str(error))
    return Finding(Verdict.GOOD, "content", f"{len(content.entries)} entries")


async def _schema(settings: Settings) -> Finding:
    try:
        await asyncio.to_thread(require_current, settings.database_url)
        spoken = await asyncio.to_thread(version, settings.database_url)
        name = locate(settings.database_url).name
    except CollagebotError as error:
        return Finding(Verdict.BAD, "database", str(error))
    return Finding(Verdict.GOOD, "database", f"{spoken}, {name}: schema is current")


async def _ledger(settings: Settings) -> Finding:
    try:
        async with open_rooms(settings) as rooms, rooms.database.reading() as conn:
            states = await deliveries.count_states(conn)
    except CollagebotError as error:
        return Finding(Verdict.BAD, "deliveries", str(error))
    doubtful = states.get(DeliveryState.IN_DOUBT, 0)
    if doubtful:
        return Finding(Verdict.NOTE, "deliveries", f"{doubtful} in doubt: they are never sent again by themselves")
    return Finding(Verdict.GOOD, "deliveries", f"{states.get(DeliveryState.SENT, 0)} sent, none in doubt")


async def _disk(settings: Settings) -> Finding:
    try:
        file = locate(settings.database_url).file
    except CollagebotError as error:
        return Finding(Verdict.BAD, "disk", str(error))
    folder = (file or settings.cache).absolute().parent
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE_BYTES:
        return Finding(Verdict.BAD, "disk", f"{free // 2**20} MiB free in {existing}: make room")
    if not os.access(existing, os.W_OK):
        return Finding(Verdict.BAD, "disk", f"{existing} may not be written: check its owner")
    return Finding(Verdict.GOOD, "disk", f"{free // 2**30} GiB free")


async def _editors(settings: Settings) -> Finding:
    if settings.editors:
        return Finding(Verdict.GOOD, "editors", count(len(settings.editors), "person", "people"))
    if settings.token is None:
        return Finding(Verdict.GOOD, "editors", "the sandbox's first person")
    remedy = "set EDITORS to Telegram user ids, so that somebody can draft and hears of empty slots"
    return Finding(Verdict.NOTE, "editors", f"nobody: {remedy}")


async def _cache(settings: Settings) -> Finding:
    existing = next(path for path in (settings.cache, *settings.cache.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        return Finding(Verdict.BAD, "cache", f"{settings.cache} cannot be written: check its owner, or set CACHE")
    return Finding(Verdict.GOOD, "cache", f"papers are kept in {settings.cache}")


async def _telegram(settings: Settings) -> Finding:
    if settings.token is None:
        return Finding(Verdict.NOTE, "telegram", "no TELEGRAM_BOT_TOKEN: `run` starts the sandbox")
    chat.redact_logs(settings.token)
    try:
        async with (
            open_rooms(settings) as rooms,
            open_post(rooms, settings, token=settings.token, api_url=settings.telegram_api_url) as post,
            signed_in(post) as username,
        ):
            return Finding(Verdict.GOOD, "telegram", f"signed in as @{username}")
    except CollagebotError as error:
        return Finding(Verdict.BAD, "telegram", str(error))


async def _updates(settings: Settings) -> Finding:
    if settings.token is None:
        return Finding(Verdict.GOOD, "updates", "asked for, from the sandbox")
    try:
        async with (
            open_rooms(settings) as rooms,
            open_post(rooms, settings, token=settings.token, api_url=settings.telegram_api_url) as post,
            signed_in(post),
        ):
            bot = post.application.bot
            ours = f"{settings.public_url}{chat.hook_path(bot)}" if settings.is_posted_to else ""
            return judged_way(await bot.get_webhook_info(), ours, datetime.now(UTC))
    except (CollagebotError, TelegramError):
        return Finding(Verdict.NOTE, "updates", "cannot be looked at as long as Telegram cannot be asked")


def judged_way(known: WebhookInfo, ours: str, now: datetime) -> Finding:
    """Whether Telegram knows how we want to have our updates.

    Args:
        known: What Telegram knows.
        ours: The address to which they are posted; empty when we ask for them.
    """
    way = f"posted to {ours}" if ours else "asked for by long polling"
    if known.url != ours:
        instead = f"posts them to {chat.redacted(known.url)}" if known.url else "waits to be asked"
        return Finding(Verdict.NOTE, "updates", f"to be {way}, but Telegram {instead}; `run` changes that")
    waiting = f"{count(known.pending_update_count, 'waits', 'wait')} at Telegram"
    if known.last_error_message and known.last_error_date and now - known.last_error_date < OLD_NEWS:
        said = chat.redacted(known.last_error_message)
        return Finding(Verdict.NOTE, "updates", f"{way}; {waiting}; lately Telegram said: {said}")
    return Finding(Verdict.GOOD, "updates", f"{way}; {waiting}")
