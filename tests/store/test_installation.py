from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, update

from bot.editorial.library import Library
from bot.editorial.load import load
from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.month import Month
from bot.store import editions, entries, installation, subscriptions, tables
from bot.store.database import Database
from bot.store.queue import waiting

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_what_was_first_seen_is_remembered(database: Database) -> None:
    async with database.writing() as conn:
        assert await installation.first_seen_at(conn, "a rhythm", NOW) == NOW
        assert await installation.first_seen_at(conn, "a rhythm", NOW.replace(year=2027)) == NOW


async def test_after_forgetting_only_the_catalogue_is_left_as_its_files_have_it(
    catalogue: Database, content_root: Path
) -> None:
    async with catalogue.writing() as conn:
        series = await entries.get_series(conn, "ml-collage")
        await subscriptions.see_chat(conn, 1, kind="private", title="", now=NOW)
        await subscriptions.subscribe(conn, Address(1), NOW)
        queued = update(tables.entry).where(tables.entry.c.number == 27).values(state="queued", month=None)
        await conn.execute(queued)
        (entry_id,) = [one.entry_id for one in await waiting(conn, "ml-collage")]
        await editions.publish_entry(conn, entry_id, month=Month(2026, 11), now=NOW)
        kind = EditionKind.WEEKLY
        await editions.open_edition(conn, series, kind=kind, slot="2026-W47", entry_ids=[entry_id], now=NOW)

    async with catalogue.writing() as conn:
        await installation.forget_chats(conn)
    await load(catalogue, content_root)

    async with catalogue.reading() as conn:
        for table in (tables.chat, tables.subscription, tables.edition, tables.edition_entry):
            assert (await conn.execute(select(func.count()).select_from(table))).scalar_one() == 0
    assert len(await Library(catalogue).month(Month(2021, 8))) == 4
    assert await Library(catalogue).month(Month(2026, 11)) == ()
