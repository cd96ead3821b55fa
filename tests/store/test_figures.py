from dataclasses import replace
from hashlib import sha256

from sqlalchemy import func, select

from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.panel import Figure
from bot.store import collages, entries, figures
from bot.store.collages import CollageKey, Picture
from bot.store.database import Database
from bot.store.tables import asset, figure
from tests.store.samples import CONVIT
from tests.store.test_entries import store

ONE, TWO = b"one picture", b"another"


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def showing(*contents: bytes) -> Entry:
    drawn = (Figure("f.png", digest(content), "Maps.", "Fig. 3", "CC BY 4.0") for content in contents)
    return replace(CONVIT, panels=tuple(drawn))


async def write(database: Database, said: Entry, *contents: bytes) -> int:
    await store(database)
    files = {digest(content): content for content in contents}
    async with database.writing() as conn:
        return await entries.write_entry(conn, said, origin="content", hashed="", files=files)


async def read(database: Database, entry_id: int) -> set[bytes]:
    async with database.reading() as conn:
        found = await figures.figure_bytes(conn, entry_id)
    assert all(digest(content) == sha256 for sha256, content in found.items())
    return set(found.values())


async def test_the_figures_of_an_entry_come_back_byte_for_byte(database: Database) -> None:
    entry_id = await write(database, showing(ONE, TWO), ONE, TWO, b"of another entry")

    assert await read(database, entry_id) == {ONE, TWO}


async def test_a_figure_shown_in_another_language_only_is_kept_too(database: Database) -> None:
    said = replace(CONVIT, panels_in={"zh": showing(TWO).panels})

    assert await read(database, await write(database, said, TWO)) == {TWO}


async def test_a_figure_shown_no_more_is_thrown_away_and_the_others_stay(database: Database) -> None:
    entry_id = await write(database, showing(ONE, TWO), ONE, TWO)

    await write(database, showing(TWO))

    assert await read(database, entry_id) == {TWO}


async def test_removing_an_entry_leaves_no_bytes_behind(database: Database) -> None:
    entry_id = await write(database, showing(ONE), ONE)
    async with database.writing() as conn:
        key = CollageKey(entry_id, "en", Canvas.SLIDE, Theme.LIGHT)
        await collages.save_collage(conn, key, Picture(b"jpeg", 1920, 1080), source_hash="v1")

        await entries.remove_entry(conn, entry_id)

        for table in (figure, asset):
            assert (await conn.execute(select(func.count()).select_from(table))).scalar_one() == 0
