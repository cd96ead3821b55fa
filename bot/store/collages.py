"""Owns the drawn collages: their pictures, what they were drawn from, and what Telegram calls them."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.store.tables import asset, collage, telegram_file

JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class CollageKey:
    """Which collage: of which entry, in which language, shape and colours."""

    entry_id: int
    language: str
    canvas: Canvas
    theme: Theme


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a collage before they are stored, with their size in pixels."""

    jpeg: bytes
    width: int
    height: int


async def find_collage(conn: AsyncConnection, key: CollageKey, *, source_hash: str) -> Asset | None:
    """The stored collage, if it was drawn from what *source_hash* stands for."""
    columns = (asset.c.sha256, asset.c.media_type, asset.c.width, asset.c.height)
    query = select(*columns).join_from(collage, asset).where(_is(key), collage.c.source_hash == source_hash)
    row = (await conn.execute(query)).one_or_none()
    return Asset(row.sha256, row.media_type, width=row.width, height=row.height) if row else None


async def save_collage(conn: AsyncConnection, key: CollageKey, picture: Picture, *, source_hash: str) -> Asset:
    """Store a collage in place of the one that was there; a picture nobody shows any more is thrown away."""
    found = Asset(sha256(picture.jpeg).hexdigest(), JPEG, width=picture.width, height=picture.height)
    row = {"sha256": found.sha256, "media_type": JPEG, "width": found.width, "height": found.height}
    await conn.execute(upsert(asset).values(**row, bytes=picture.jpeg).on_conflict_do_nothing())
    before = (await conn.execute(select(collage.c.asset_sha256).where(_is(key)))).scalar_one_or_none()
    drawn = {"source_hash": source_hash, "asset_sha256": found.sha256}
    statement = upsert(collage).values(**_columns(key), **drawn)
    await conn.execute(statement.on_conflict_do_update(index_elements=list(_columns(key)), set_=drawn))
    if before is not None:
        shown = select(collage.c.asset_sha256)
        await conn.execute(delete(asset).where(asset.c.sha256 == before, asset.c.sha256.not_in(shown)))
    return found


async def read_bytes(conn: AsyncConnection, sha256: str) -> bytes:
    """The bytes of a stored picture.

    Raises:
        NotFound: It was thrown away; ask for the collage again.
    """
    found = (await conn.execute(select(asset.c.bytes).where(asset.c.sha256 == sha256))).scalar_one_or_none()
    if found is None:
        raise NotFound("This picture was replaced by a newer one; please ask for the collage again.")
    return bytes(found)


async def find_file_id(conn: AsyncConnection, bot_id: int, sha256: str) -> str | None:
    """What Telegram calls a picture when that bot sends it."""
    return (await conn.execute(select(telegram_file.c.file_id).where(_file(bot_id, sha256)))).scalar_one_or_none()


async def remember_file_id(conn: AsyncConnection, bot_id: int, sha256: str, file_id: str) -> None:
    """Keep what Telegram calls a stored picture; one that was thrown away meanwhile is not remembered."""
    known = select(asset.c.sha256).where(asset.c.sha256 == sha256)
    if (await conn.execute(known)).first() is None:
        return
    row = upsert(telegram_file).values(bot_id=bot_id, asset_sha256=sha256, file_id=file_id)
    again = row.on_conflict_do_update(index_elements=["bot_id", "asset_sha256"], set_={"file_id": file_id})
    await conn.execute(again)


async def forget_file_id(conn: AsyncConnection, bot_id: int, sha256: str) -> None:
    """Drop a file id that stopped working."""
    await conn.execute(delete(telegram_file).where(_file(bot_id, sha256)))


def _columns(key: CollageKey) -> dict[str, Any]:
    return {"entry_id": key.entry_id, "language": key.language, "canvas": key.canvas, "theme": key.theme}


def _is(key: CollageKey) -> ColumnElement[bool]:
    return and_(*(collage.c[name] == value for name, value in _columns(key).items()))


def _file(bot_id: int, sha256: str) -> ColumnElement[bool]:
    return and_(telegram_file.c.bot_id == bot_id, telegram_file.c.asset_sha256 == sha256)
