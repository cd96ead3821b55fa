"""Owns the drawn collages and covers: their pictures, what they were drawn from, and what Telegram calls them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TypeAlias

from sqlalchemy import ColumnElement, Table, and_, delete, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.store.dialect import upsert
from bot.store.tables import asset, collage, cover, reader_collage, telegram_file

JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class CollageKey:
    """Which collage: of which entry, in which language, shape and colours."""

    entry_id: int
    language: str
    canvas: Canvas
    theme: Theme


@dataclass(frozen=True, slots=True)
class CoverKey:
    """Which cover: of which month, in which language, shape and colours.

    Attributes:
        month: ``2022-01``; empty for the picture that stands where one was that has been withdrawn.
        series: Slug of the series whose entries it shows; empty where it shows those of several.
    """

    month: str
    series: str
    language: str
    canvas: Canvas
    theme: Theme


Key: TypeAlias = CollageKey | CoverKey


class FileKind(StrEnum):
    """How Telegram was given a picture: each way has a file id of its own."""

    PHOTO = "photo"
    """The picture itself."""
    DOCUMENT = "document"
    """Its lossless twin in full size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a collage before they are stored, with their size in pixels, and the picture in words."""

    jpeg: bytes
    width: int
    height: int
    alt: str = ""


async def find_collage(conn: AsyncConnection, key: Key, *, source_hash: str) -> Asset | None:
    """The stored collage or cover, if it was drawn from what *source_hash* stands for."""
    table = _table(key)
    columns = (asset.c.sha256, asset.c.media_type, asset.c.width, asset.c.height, table.c.alt)
    query = select(*columns).join_from(table, asset).where(_is(key), table.c.source_hash == source_hash)
    row = (await conn.execute(query)).one_or_none()
    return Asset(row.sha256, row.media_type, width=row.width, height=row.height, alt=row.alt) if row else None


async def save_collage(conn: AsyncConnection, key: Key, picture: Picture, *, source_hash: str) -> Asset:
    """Store a collage or cover in place of the one that was there; a picture nobody shows any more is thrown away."""
    found, table = await save_picture(conn, picture), _table(key)
    before = (await conn.execute(select(table.c.asset_sha256).where(_is(key)))).scalars().all()
    drawn = {"source_hash": source_hash, "asset_sha256": found.sha256, "alt": picture.alt}
    statement = upsert(conn, table).values(**asdict(key), **drawn)
    await conn.execute(statement.on_conflict_do_update(index_elements=list(asdict(key)), set_=drawn))
    await throw_away(conn, before)
    return found


async def save_picture(conn: AsyncConnection, picture: Picture) -> Asset:
    """Store the bytes of a picture; whoever shows it writes that down in the same transaction."""
    found = Asset(sha256(picture.jpeg).hexdigest(), JPEG, picture.width, picture.height, picture.alt)
    row = {"sha256": found.sha256, "media_type": JPEG, "width": found.width, "height": found.height}
    await conn.execute(upsert(conn, asset).values(**row, bytes=picture.jpeg).on_conflict_do_nothing())
    return found


async def throw_away(conn: AsyncConnection, hashes: Collection[str]) -> None:
    """Delete those of the pictures with these *hashes* that no collage, no cover and no reader's collage shows."""
    shown = union(*(select(table.c.asset_sha256) for table in (collage, cover, reader_collage)))
    await conn.execute(delete(asset).where(asset.c.sha256.in_(hashes), asset.c.sha256.not_in(shown)))


async def read_bytes(conn: AsyncConnection, sha256: str) -> bytes:
    """The bytes of a stored picture.

    Raises:
        NotFound: It was thrown away; ask for the collage again.
    """
    found = (await conn.execute(select(asset.c.bytes).where(asset.c.sha256 == sha256))).scalar_one_or_none()
    if found is None:
        raise NotFound("This picture was replaced by a newer one; please ask for the collage again.")
    return bytes(found)


async def find_file_id(
    conn: AsyncConnection, bot_id: int, sha256: str, *, kind: FileKind = FileKind.PHOTO
) -> str | None:
    """What Telegram calls a picture when that bot sends it that way."""
    query = select(telegram_file.c.file_id).where(_file(bot_id, sha256, kind))
    return (await conn.execute(query)).scalar_one_or_none()


async def find_photos(conn: AsyncConnection, bot_id: int, keys: Collection[CollageKey]) -> dict[int, str]:
    """What Telegram calls those of some collages that bot has sent as photos, by the ids of their entries."""
    names = (collage.c.entry_id, collage.c.language, collage.c.canvas, collage.c.theme)
    sent = and_(
        telegram_file.c.asset_sha256 == collage.c.asset_sha256,
        telegram_file.c.bot_id == bot_id,
        telegram_file.c.kind == FileKind.PHOTO,
    )
    query = select(collage.c.entry_id, telegram_file.c.file_id).join_from(collage, telegram_file, sent)
    wanted = tuple_(*names).in_([(key.entry_id, key.language, key.canvas, key.theme) for key in keys])
    return {row.entry_id: row.file_id for row in await conn.execute(query.where(wanted))}


async def remember_file_id(
    conn: AsyncConnection, bot_id: int, sha256: str, file_id: str, *, kind: FileKind = FileKind.PHOTO
) -> None:
    """Keep what Telegram calls a stored picture; one that was thrown away meanwhile is not remembered."""
    known = select(asset.c.sha256).where(asset.c.sha256 == sha256)
    if (await conn.execute(known)).first() is None:
        return
    row = upsert(conn, telegram_file).values(bot_id=bot_id, asset_sha256=sha256, kind=kind, file_id=file_id)
    again = row.on_conflict_do_update(index_elements=["bot_id", "asset_sha256", "kind"], set_={"file_id": file_id})
    await conn.execute(again)


async def forget_file_id(conn: AsyncConnection, bot_id: int, sha256: str, *, kind: FileKind = FileKind.PHOTO) -> None:
    """Drop a file id that stopped working."""
    await conn.execute(delete(telegram_file).where(_file(bot_id, sha256, kind)))


def _table(key: Key) -> Table:
    return cover if isinstance(key, CoverKey) else collage


def _is(key: Key) -> ColumnElement[bool]:
    table = _table(key)
    return and_(*(table.c[name] == value for name, value in asdict(key).items()))


def _file(bot_id: int, sha256: str, kind: FileKind) -> ColumnElement[bool]:
    columns = telegram_file.c
    return and_(columns.bot_id == bot_id, columns.asset_sha256 == sha256, columns.kind == kind)
