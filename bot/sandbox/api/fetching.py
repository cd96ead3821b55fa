"""Owns getFile, and the bytes behind the address it gives."""

import asyncio
import re

from bot.sandbox.answers import Json, bad_request, not_found
from bot.sandbox.api.call import Call
from bot.sandbox.world.files import scale
from bot.sandbox.world.messages import Document
from bot.sandbox.world.world import World

FETCHED_BYTES_MAX = 20 * 1024 * 1024  # source: core.telegram.org/bots/api#getfile


async def get_file(world: World, call: Call) -> Json:
    """Tell where a file can be fetched."""
    file_id = call.text("file_id")
    if not re.fullmatch(r"[\w-]+", file_id, re.ASCII):
        raise bad_request("invalid file_id")
    stored = world.files.find(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > FETCHED_BYTES_MAX:
        raise bad_request("file is too big")
    if isinstance(stored.media, Document):
        document = stored.media
        path = f"documents/{document.unique_id}/{document.name}"
        return _file(document.file_id, document.unique_id, path) | {"file_size": document.size_bytes}
    size = next((size for size in stored.media.sizes if size.file_id == file_id), stored.media.sizes[-1])
    return _file(size.file_id, size.unique_id, f"photos/{size.unique_id}.jpg")


async def fetch(world: World, path: str) -> bytes:
    """Get the bytes of a file by the path that `get_file` gave.

    Raises:
        Refusal: There is none.
    """
    parts = path.split("/")
    name = parts[1].removesuffix(".jpg") if len(parts) > 1 else ""
    stored = world.files.find(name)
    if stored is None:
        raise not_found()
    return await asyncio.to_thread(scale, stored, name)


def _file(file_id: str, unique_id: str, path: str) -> Json:
    return {"file_id": file_id, "file_unique_id": unique_id, "file_path": path}
