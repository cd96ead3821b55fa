from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from bot.errors import NotFound
from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.store import collages, entries
from bot.store.collages import CollageKey, CoverKey, FileKind, Key, Picture
from bot.store.database import Database
from bot.store.tables import asset
from tests.store.samples import CONVIT
from tests.store.test_entries import store

BOT = 123456


@pytest.fixture
async def key(database: Database) -> CollageKey:
    (entry_id,) = await store(database, CONVIT)
    return CollageKey(entry_id, "en", Canvas.SLIDE, Theme.LIGHT)


COVER = CoverKey("2022-01", "ml-collage", "en", Canvas.SLIDE, Theme.LIGHT)


async def save(database: Database, key: Key, jpeg: bytes, source: str, *, alt: str = "") -> Asset:
    async with database.writing() as conn:
        return await collages.save_collage(conn, key, Picture(jpeg, 1920, 1080, alt), source_hash=source)


async def find(database: Database, key: Key, source: str) -> Asset | None:
    async with database.reading() as conn:
        return await collages.find_collage(conn, key, source_hash=source)


async def count_assets(database: Database) -> int:
    async with database.reading() as conn:
        return int((await conn.execute(select(func.count()).select_from(asset))).scalar_one())


async def test_a_saved_collage_is_found_under_its_source_and_only_there(database: Database, key: CollageKey) -> None:
    saved = await save(database, key, b"picture", "v1")

    assert saved == Asset(sha256(b"picture").hexdigest(), "image/jpeg", 1920, 1080)
    assert await find(database, key, "v1") == saved
    assert await find(database, key, "v2") is None
    assert await find(database, replace(key, canvas=Canvas.PORTRAIT), "v1") is None


async def test_the_bytes_come_back_as_they_went_in(database: Database, key: CollageKey) -> None:
    every_byte = bytes(range(256))
    saved = await save(database, key, every_byte, "v1")

    async with database.reading() as conn:
        assert await collages.read_bytes(conn, saved.sha256) == every_byte


async def test_drawing_again_replaces_the_picture_and_throws_the_old_one_away(
    database: Database, key: CollageKey
) -> None:
    old = await save(database, key, b"old", "v1")
    new = await save(database, key, b"new", "v2")

    assert await find(database, key, "v2") == new
    assert await count_assets(database) == 1
    async with database.reading() as conn:
        with pytest.raises(NotFound, match="ask for the collage again"):
            await collages.read_bytes(conn, old.sha256)


async def test_a_picture_two_collages_share_outlives_one_of_them(database: Database, key: CollageKey) -> None:
    portrait = replace(key, canvas=Canvas.PORTRAIT)
    shared = await save(database, key, b"same", "v1")
    await save(database, portrait, b"same", "v1")

    await save(database, key, b"new", "v2")

    assert await find(database, portrait, "v1") == shared


async def test_the_same_picture_from_a_new_source_keeps_its_file_id(database: Database, key: CollageKey) -> None:
    saved = await save(database, key, b"same", "v1")
    async with database.writing() as conn:
        await collages.remember_file_id(conn, BOT, saved.sha256, "file-1")

    await save(database, key, b"same", "v2")

    async with database.reading() as conn:
        assert await collages.find_file_id(conn, BOT, saved.sha256) == "file-1"


async def test_a_file_id_belongs_to_one_bot_and_can_be_forgotten(database: Database, key: CollageKey) -> None:
    saved = await save(database, key, b"picture", "v1")
    async with database.writing() as conn:
        await collages.remember_file_id(conn, BOT, saved.sha256, "file-1")
        await collages.remember_file_id(conn, BOT, saved.sha256, "file-2")

        assert await collages.find_file_id(conn, BOT, saved.sha256) == "file-2"
        assert await collages.find_file_id(conn, BOT + 1, saved.sha256) is None

        await collages.forget_file_id(conn, BOT, saved.sha256)
        assert await collages.find_file_id(conn, BOT, saved.sha256) is None


async def test_the_file_id_of_a_picture_thrown_away_meanwhile_is_not_kept(database: Database) -> None:
    async with database.writing() as conn:
        await collages.remember_file_id(conn, BOT, "0" * 64, "file-1")

        assert await collages.find_file_id(conn, BOT, "0" * 64) is None


async def test_collages_go_with_their_entry(database: Database, key: CollageKey) -> None:
    await save(database, key, b"picture", "v1")

    async with database.writing() as conn:
        await entries.remove_entry(conn, key.entry_id)

    assert await find(database, key, "v1") is None


async def test_a_cover_is_kept_beside_the_collages(database: Database, key: CollageKey) -> None:
    collage = await save(database, key, b"collage", "v1")
    cover = await save(database, COVER, b"cover", "v1", alt="January 2022, four papers.")

    assert await find(database, COVER, "v1") == cover
    assert cover.alt == "January 2022, four papers."
    assert await find(database, replace(COVER, series=""), "v1") is None
    assert await find(database, key, "v1") == collage


async def test_a_picture_is_thrown_away_only_when_neither_a_collage_nor_a_cover_shows_it(
    database: Database, key: CollageKey
) -> None:
    await save(database, key, b"same", "v1")
    await save(database, COVER, b"same", "v1")

    await save(database, key, b"new", "v2")
    assert await count_assets(database) == 2

    await save(database, COVER, b"new", "v2")
    assert await count_assets(database) == 1


async def test_the_words_of_a_picture_come_back_and_may_change_alone(database: Database, key: CollageKey) -> None:
    await save(database, key, b"picture", "v1", alt="A chart.")
    again = await save(database, key, b"picture", "v2", alt="A chart that rises.")

    assert again.alt == "A chart that rises."
    assert await find(database, key, "v2") == again


async def test_a_picture_and_its_lossless_twin_have_file_ids_of_their_own(database: Database, key: CollageKey) -> None:
    sha256 = (await save(database, key, b"picture", "v1")).sha256
    async with database.writing() as conn:
        await collages.remember_file_id(conn, BOT, sha256, "photo-1")
        assert await collages.find_file_id(conn, BOT, sha256, kind=FileKind.DOCUMENT) is None
        await collages.remember_file_id(conn, BOT, sha256, "document-1", kind=FileKind.DOCUMENT)

        await collages.forget_file_id(conn, BOT, sha256)

        assert await collages.find_file_id(conn, BOT, sha256) is None
        assert await collages.find_file_id(conn, BOT, sha256, kind=FileKind.DOCUMENT) == "document-1"
