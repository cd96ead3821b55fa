"""Owns how a stored picture becomes a file of Telegram's: uploaded once, then known by its file id."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeAlias

from telegram import Bot, Message
from telegram.error import BadRequest

from bot.chat.failures import is_stale_file
from bot.model.asset import Asset
from bot.store import collages
from bot.store.collages import FileKind
from bot.store.database import Database

log = logging.getLogger(__name__)

File: TypeAlias = str | bytes
"""A file id, or the bytes of a picture Telegram has not seen yet."""
Load: TypeAlias = Callable[[Asset], Awaitable[bytes]]
Send: TypeAlias = Callable[[Sequence[File]], Awaitable[Sequence[Message]]]


class Pictures:
    """Hands files to whoever sends them, and remembers what Telegram calls them.

    A picture is uploaded by one sender at a time; the others wait and then use its file id: Telegram slows down equal
    uploads, and a broadcast would send the same bytes to every chat.

    Args:
        kind: How they are sent; a photo and a document of the same picture have different file ids.
    """

    def __init__(self, bot: Bot, database: Database, kind: FileKind = FileKind.PHOTO) -> None:
        self._bot = bot
        self._database = database
        self._kind = kind
        self._known: dict[str, str] = {}
        self._uploading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def known(self, asset: Asset) -> str | None:
        """The file id of a picture as far as this process knows; None: `send` finds out."""
        return self._known.get(asset.sha256)

    async def send(self, assets: Sequence[Asset], load: Load, send: Send) -> Sequence[Message]:
        """Call *send* with one file per asset, and remember the file ids in its answer.

        A file id that stopped working is forgotten and its picture uploaded again, once.

        Args:
            load: Gives the bytes of a picture that Telegram has not seen yet.
        """
        try:
            return await self._send_or_upload(assets, load, send)
        except BadRequest as error:
            if not is_stale_file(error):
                raise
        await self.forget(assets)
        return await self._send_or_upload(assets, load, send)

    async def _send_or_upload(self, assets: Sequence[Asset], load: Load, send: Send) -> Sequence[Message]:
        files = await self._find(assets)
        if None in files:
            async with self._alone(assets):
                files = await self._find(assets)
                if None in files:
                    sent = await send([file or await load(it) for file, it in zip(files, assets, strict=True)])
                    await self._remember(assets, sent)
                    return sent
        return await send([file for file in files if file is not None])

    @asynccontextmanager
    async def _alone(self, assets: Sequence[Asset]) -> AsyncIterator[None]:
        # Locked in one order everywhere, so that two albums with common pictures never wait for each other.
        async with AsyncExitStack() as stack:
            for sha256 in sorted({asset.sha256 for asset in assets}):
                await stack.enter_async_context(self._uploading[sha256])
            yield

    async def _find(self, assets: Sequence[Asset]) -> list[str | None]:
        unknown = {asset.sha256 for asset in assets} - self._known.keys()
        if unknown:
            async with self._database.reading() as conn:
                for sha256 in unknown:
                    if file_id := await collages.find_file_id(conn, self._bot.id, sha256, kind=self._kind):
                        self._known[sha256] = file_id
        return [self._known.get(asset.sha256) for asset in assets]

    async def _remember(self, assets: Sequence[Asset], sent: Sequence[Message]) -> None:
        named = ((asset.sha256, _file_id(it, self._kind)) for asset, it in zip(assets, sent, strict=False))
        ids = {sha256: file_id for sha256, file_id in named if file_id}
        self._known |= ids
        try:
            async with self._database.writing() as conn:
                for sha256, file_id in ids.items():
                    await collages.remember_file_id(conn, self._bot.id, sha256, file_id, kind=self._kind)
        except Exception:  # the message is sent, and nothing that happens now may make it look unsent
            log.exception("a file id could not be written down; its picture is uploaded once more after a restart")

    async def forget(self, assets: Sequence[Asset]) -> None:
        """Forget file ids that stopped working, so that their pictures are uploaded again."""
        async with self._database.writing() as conn:
            for asset in assets:
                self._known.pop(asset.sha256, None)
                await collages.forget_file_id(conn, self._bot.id, asset.sha256, kind=self._kind)


def _file_id(sent: Message, kind: FileKind) -> str | None:
    if kind is FileKind.DOCUMENT:
        return sent.document.file_id if sent.document else None
    return max(sent.photo, key=lambda size: size.width).file_id if sent.photo else None
