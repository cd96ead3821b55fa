from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.store import collages, reader_collages
from bot.store.collages import CollageKey, Picture
from bot.store.database import Database
from bot.store.reader_collages import ReaderCollage, ReaderKey, find_reader_collage, save_reader_collage
from bot.store.tables import asset
from tests.store.samples import CONVIT
from tests.store.test_entries import store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = ReaderKey("2103.10697", 2, "en", Canvas.PORTRAIT, Theme.LIGHT)
PICTURE = Picture(b"jpeg", 1080, 1350, "Attention, drawn.")


async def save(
    database: Database, key: ReaderKey = KEY, picture: Picture = PICTURE, *, source: str = "s", at: datetime = NOW
) -> Asset:
    async with database.writing() as conn:
        return await save_reader_collage(conn, key, picture, paper=CONVIT.paper, source_hash=source, now=at)


async def find(database: Database, key: ReaderKey = KEY, *, source: str = "s") -> ReaderCollage | None:
    async with database.reading() as conn:
        return await find_reader_collage(conn, key, source_hash=source)


async def assets(database: Database) -> int:
    async with database.reading() as conn:
        return int((await conn.execute(select(func.count()).select_from(asset))).scalar_one())


async def test_a_collage_is_found_again_with_what_its_caption_says(database: Database) -> None:
    drawn = await save(database)

    assert await find(database) == ReaderCollage(drawn, CONVIT.paper)
    assert drawn.alt == "Attention, drawn."


async def test_another_version_of_the_paper_or_the_program_is_drawn_again(database: Database) -> None:
    await save(database)

    assert await find(database, replace(KEY, version=3)) is None
    assert await find(database, replace(KEY, canvas=Canvas.SLIDE)) is None
    assert await find(database, source="newer") is None


async def test_a_picture_that_was_replaced_is_thrown_away(database: Database) -> None:
    await save(database)

    await save(database, picture=replace(PICTURE, jpeg=b"newer"), source="newer")

    assert await find(database, source="newer")
    assert await assets(database) == 1


async def test_a_picture_that_a_reader_has_survives_the_entry_that_shows_it_too(database: Database) -> None:
    (entry_id,) = await store(database, CONVIT)
    key = CollageKey(entry_id, "en", Canvas.PORTRAIT, Theme.LIGHT)
    drawn = await save(database)
    async with database.writing() as conn:
        await collages.save_collage(conn, key, PICTURE, source_hash="x")

    async with database.writing() as conn:
        await collages.save_collage(conn, key, replace(PICTURE, jpeg=b"newer"), source_hash="y")
        assert await collages.read_bytes(conn, drawn.sha256) == b"jpeg"


async def test_the_oldest_give_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_collages, "MOST_KEPT", 3)
    for version in range(1, 6):
        picture = replace(PICTURE, jpeg=f"jpeg {version}".encode())
        await save(database, replace(KEY, version=version), picture, at=NOW + timedelta(minutes=version))

    assert [bool(await find(database, replace(KEY, version=version))) for version in range(1, 6)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert await assets(database) == 3
