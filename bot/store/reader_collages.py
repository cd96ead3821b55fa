"""Owns the collages that readers asked for: kept by version of the paper; in the end the oldest give way."""

from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.model.paper import Paper
from bot.store import collages
from bot.store.collages import Picture
from bot.store.dialect import upsert
from bot.store.tables import asset, reader_collage

MOST_KEPT = 1_000  # of some 300 KB each
_PAPER = TypeAdapter(Paper)


@dataclass(frozen=True, slots=True)
class ReaderKey:
    """Which collage: of which version of which paper, in which language, shape and colours."""

    arxiv_id: str
    version: int
    language: str
    canvas: Canvas
    theme: Theme


@dataclass(frozen=True, slots=True)
class ReaderCollage:
    """A collage, and the paper that its caption speaks of."""

    asset: Asset
    paper: Paper


async def find_reader_collage(conn: AsyncConnection, key: ReaderKey, *, source_hash: str) -> ReaderCollage | None:
    """The stored collage, if it was drafted and drawn by what *source_hash* stands for."""
    columns = (asset.c.sha256, asset.c.media_type, asset.c.width, asset.c.height)
    query = select(*columns, reader_collage.c.alt, reader_collage.c.paper).join_from(reader_collage, asset)
    row = (await conn.execute(query.where(_is(key), reader_collage.c.source_hash == source_hash))).one_or_none()
    if row is None:
        return None
    found = Asset(row.sha256, row.media_type, width=row.width, height=row.height, alt=row.alt)
    return ReaderCollage(found, _PAPER.validate_python(row.paper))


async def find_version(conn: AsyncConnection, arxiv_id: str, *, since: datetime) -> int | None:
    """The version of a paper that somebody saw to be its newest since an instant, if there is a collage of it."""
    seen = reader_collage.c.arxiv_id == arxiv_id, reader_collage.c.newest_at >= since
    found: int | None = (await conn.execute(select(func.max(reader_collage.c.version)).where(*seen))).scalar_one()
    return found


async def note_newest(conn: AsyncConnection, arxiv_id: str, version: int, *, now: datetime) -> None:
    """Write down that a version is the newest one; it is true of all collages of that version."""
    of_version = reader_collage.c.arxiv_id == arxiv_id, reader_collage.c.version == version
    await conn.execute(update(reader_collage).where(*of_version).values(newest_at=now))


async def save_reader_collage(
    conn: AsyncConnection, key: ReaderKey, picture: Picture, *, paper: Paper, source_hash: str, now: datetime
) -> Asset:
    """Store a collage in place of the one that was there; a picture nobody shows any more is thrown away."""
    found = await collages.save_picture(conn, picture)
    replaced = (await conn.execute(select(reader_collage.c.asset_sha256).where(_is(key)))).scalars().all()
    drawn = {"source_hash": source_hash, "asset_sha256": found.sha256, "alt": picture.alt, "drawn_at": now}
    said = {**drawn, "paper": _PAPER.dump_python(paper, mode="json")}
    row = upsert(conn, reader_collage).values(**asdict(key), **said)
    await conn.execute(row.on_conflict_do_update(index_elements=list(asdict(key)), set_=said))
    await collages.throw_away(conn, [*replaced, *await _forget_oldest(conn)])
    return found


async def _forget_oldest(conn: AsyncConnection) -> list[str]:
    """Take out what is too much; give back the hashes of its pictures."""
    newest = select(reader_collage.c.drawn_at).order_by(reader_collage.c.drawn_at.desc())
    oldest_kept = newest.offset(MOST_KEPT - 1).limit(1).scalar_subquery()
    gone = delete(reader_collage).where(reader_collage.c.drawn_at < oldest_kept)
    return list((await conn.execute(gone.returning(reader_collage.c.asset_sha256))).scalars())


def _is(key: ReaderKey) -> ColumnElement[bool]:
    return and_(*(reader_collage.c[name] == value for name, value in asdict(key).items()))
