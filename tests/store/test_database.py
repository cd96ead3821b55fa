import asyncio
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, text, update

from bot.errors import NotFound, StoreBusy, StoreError, StoreReadOnly, StoreVersionError
from bot.store import postgresql, sqlite
from bot.store.database import Database
from bot.store.failures import translated
from bot.store.location import locate
from bot.store.schema import migrate
from bot.store.tables import installation
from tests.databases import Server, only_postgresql, only_sqlite


async def value_of(database: Database) -> str:
    async with database.reading() as conn:
        return str((await conn.execute(select(installation.c.value))).scalar_one())


async def increment(database: Database) -> None:
    async with database.writing() as conn:
        before = (await conn.execute(select(installation.c.value))).scalar_one()
        await asyncio.sleep(0)
        await conn.execute(update(installation).values(value=str(int(before) + 1)))


async def count_from_zero(database: Database) -> None:
    async with database.writing() as conn:
        await conn.execute(insert(installation).values(key="count", value="0"))


async def test_increments_that_read_before_they_write_all_survive_within_one_process(database: Database) -> None:
    await count_from_zero(database)

    await asyncio.gather(*(increment(database) for _ in range(40)))

    assert await value_of(database) == "40"


async def test_increments_that_read_before_they_write_all_survive_between_processes(database: Database) -> None:
    await count_from_zero(database)
    others = [Database(database.url) for _ in range(3)]  # each with connections of its own, as another process has

    await asyncio.gather(*(increment(one) for one in [database, *others] for _ in range(10)))

    assert await value_of(database) == "40"
    for other in others:
        await other.close()


INCREMENT = """
import asyncio, sys
from sqlalchemy import select, update
from bot.store.database import Database
from bot.store.tables import installation

async def main():
    database = Database(sys.argv[1])
    for _ in range(15):
        async with database.writing() as conn:
            before = (await conn.execute(select(installation.c.value))).scalar_one()
            await conn.execute(update(installation).values(value=str(int(before) + 1)))
    await database.close()

asyncio.run(main())
"""


@pytest.mark.slow
async def test_no_update_of_several_processes_is_lost(database: Database) -> None:
    await count_from_zero(database)

    running = [await asyncio.create_subprocess_exec(sys.executable, "-c", INCREMENT, database.url) for _ in range(3)]

    assert [await process.wait() for process in running] == [0, 0, 0]
    assert await value_of(database) == "45"


async def test_a_reader_does_not_queue_behind_a_writer(database: Database) -> None:
    await count_from_zero(database)
    async with database.writing() as conn:
        await conn.execute(update(installation).values(value="1"))

        assert await asyncio.wait_for(value_of(database), timeout=sqlite.BUSY_TIMEOUT_S - 1) == "0"


async def test_a_reader_sees_one_instant_whatever_is_written_meanwhile(database: Database) -> None:
    await count_from_zero(database)
    async with database.reading() as conn:
        first = (await conn.execute(select(installation.c.value))).scalar_one()
        await increment(database)
        second = (await conn.execute(select(installation.c.value))).scalar_one()

    assert (first, second, await value_of(database)) == ("0", "0", "1")


async def test_a_transaction_that_fails_leaves_no_trace(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.writing() as conn:
            await conn.execute(insert(installation).values(key="count", value="0"))
            raise NotFound("nothing")

    with pytest.raises(NotFound):
        await write_and_fail()

    async with database.reading() as conn:
        assert (await conn.execute(select(installation))).all() == []


async def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(StoreReadOnly):
        async with database.reading() as conn:
            await conn.execute(insert(installation).values(key="count", value="0"))


@only_sqlite
async def test_the_database_is_durable_and_keeps_its_references(database: Database) -> None:
    async with database.writing() as conn:
        pragmas = [
            (await conn.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]  # 2 is FULL


@only_sqlite
async def test_a_database_locked_by_somebody_else_is_busy(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_EVERYWHERE", ("PRAGMA busy_timeout=20",))
    holder = sqlite3.connect(str(locate(database.url).file), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy, match="locked by another process; try again"):
        await count_from_zero(database)
    holder.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be read as one" * 40)
    database = Database(f"sqlite:///{path}")

    with pytest.raises(StoreError, match=r"notes\.txt is not a database"):
        async with database.reading():
            pass
    await database.close()


async def test_a_database_without_tables_says_what_to_run(new_database: Callable[[str], str]) -> None:
    database = Database(new_database("new"))

    with pytest.raises(StoreVersionError, match="collagebot migrate"):
        await value_of(database)
    await database.close()


def test_a_file_that_may_not_be_written_says_so(tmp_path: Path, migrated_file: Path) -> None:
    connection = sqlite3.connect(f"file:{migrated_file}?mode=ro&immutable=1", uri=True)

    with pytest.raises(sqlite3.OperationalError) as refused:
        connection.execute("INSERT INTO installation VALUES ('a', 'b')")

    ours = translated(refused.value, str(migrated_file))
    assert isinstance(ours, StoreReadOnly)
    assert "writable" in str(ours)
    connection.close()


def test_a_broken_constraint_is_a_fault_of_ours_and_stays_as_it_is() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    connection.execute("INSERT INTO one VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError) as broken:
        connection.execute("INSERT INTO one VALUES (1)")

    assert translated(broken.value, "x") is None
    connection.close()


async def test_a_writer_that_is_cancelled_lets_the_next_one_in(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.writing() as conn:
            await conn.execute(insert(installation).values(key="count", value="lost"))
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    await count_from_zero(database)
    assert await value_of(database) == "0"


async def test_whoever_is_in_a_hurry_has_at_most_one_before_him_who_is_not(database: Database) -> None:
    order, is_writing, may_end = list[str](), asyncio.Event(), asyncio.Event()

    async def write(name: str, *, urgent: bool = False) -> None:
        async with database.writing(urgent=urgent):
            order.append(name)
            is_writing.set()
            await may_end.wait()

    leisurely = [asyncio.create_task(write(f"{n}")) for n in range(5)]
    await is_writing.wait()
    urgent = [asyncio.create_task(write("urgent", urgent=True)) for _ in range(2)]
    await asyncio.sleep(0)  # they stand in line
    may_end.set()
    await asyncio.gather(*leisurely, *urgent)
    assert order == ["0", "urgent", "urgent", "1", "2", "3", "4"]


async def test_a_writer_for_whom_nobody_ends_is_told_that_the_database_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database._PATIENCE_S", 0.05)
    async with database.writing():
        with pytest.raises(StoreBusy, match="try again"):
            await count_from_zero(database)
    await count_from_zero(database)


@pytest.mark.parametrize(
    ("code", "ours", "said"),
    [
        ("SQLITE_PROTOCOL", StoreBusy, "is locked"),
        ("SQLITE_INTERRUPT", StoreBusy, "gave a statement up"),
        ("SQLITE_NOMEM", StoreError, "no memory left"),
        ("SQLITE_IOERR_NOMEM", StoreError, "no memory left"),
        ("SQLITE_IOERR_SHORT_READ", StoreError, "does not answer"),
    ],
)
def test_every_trouble_of_sqlite_is_named(code: str, ours: type[StoreError], said: str) -> None:
    error = sqlite3.OperationalError("bad")
    error.sqlite_errorname = code
    found = translated(error, "x")
    assert type(found) is ours
    assert said in str(found)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("26000", "mixes up our statements"),
        ("42P05", "mixes up our statements"),
        ("0A000", "changed under way"),
        ("XX000", "a fault of its own"),
        ("XX001", "is damaged"),
    ],
)
def test_every_trouble_of_postgresql_is_named(code: str, said: str) -> None:
    found = translated(psycopg.errors.lookup(code)("bad"), "x")
    assert said in str(found)


async def test_a_text_with_a_nul_is_kept_without_breaking_anything(database: Database) -> None:
    async with database.writing() as conn:
        await conn.execute(insert(installation).values(key="a\0b", value="c"))

    assert await value_of(database) == "c"


async def fails(url: str) -> StoreError:
    """The error of whoever wants to write at *url*."""
    database = Database(url)
    try:
        with pytest.raises(StoreError) as refused:
            await count_from_zero(database)
        return refused.value
    finally:
        await database.close()


@only_postgresql
async def test_a_writer_who_waits_too_long_is_told_that_the_database_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "BUSY_TIMEOUT_S", 0.05)
    impatient = Database(database.url)
    async with database.writing():
        with pytest.raises(StoreBusy, match="locked by another process; try again"):
            await count_from_zero(impatient)

    await count_from_zero(impatient)  # it works again as soon as the other one is done
    await impatient.close()


@only_postgresql
async def test_connections_that_the_server_closed_are_opened_anew(database: Database, server: Server) -> None:
    await count_from_zero(database)
    assert await value_of(database) == "0"

    server.close_connections(database.url)

    await increment(database)
    assert await value_of(database) == "1"


@only_postgresql
async def test_a_transaction_whose_connection_breaks_leaves_no_trace_and_the_next_one_works(
    database: Database, server: Server
) -> None:
    await count_from_zero(database)

    async def write_and_lose() -> None:
        async with database.writing() as conn:
            await conn.execute(update(installation).values(value="lost"))
            server.close_connections(database.url)
            await conn.execute(update(installation).values(value="lost, too"))

    with pytest.raises(StoreError, match="was lost; try again"):
        await write_and_lose()

    await increment(database)
    assert await value_of(database) == "1"


async def test_a_server_that_is_away_is_named_without_the_password() -> None:
    for url in ("postgres://bot:hunter2@127.0.0.1:9/collagebot", "postgres://bot:hunter2@/x?host=/nowhere/at/all"):
        error = await fails(url)

        assert "does not answer; start it, or correct DATABASE_URL" in str(error)
        assert "hunter2" not in str(error)


async def test_a_database_that_is_missing_is_named(server: Server) -> None:
    assert "There is no database nothing at" in str(await fails(server.url("nothing")))


async def test_an_unknown_user_and_a_wrong_password_are_told(server: Server) -> None:
    server.execute("CREATE ROLE known LOGIN PASSWORD 'right'")
    server.ask_for_password("known")

    for url in (server.url("postgres", user="nobody"), server.url("postgres", user="known:hunter2")):
        error = await fails(url)

        assert "refuses this user or password; correct them in DATABASE_URL" in str(error)
        assert "hunter2" not in str(error)


@only_postgresql
async def test_a_user_who_may_not_make_tables_is_told_what_is_lacking(
    new_database: Callable[[str], str], server: Server
) -> None:
    server.execute("CREATE ROLE guest LOGIN")
    url = new_database("new")

    with pytest.raises(StoreReadOnly, match="lacks a right; let it own the database, or grant it CREATE"):
        migrate(url.replace("postgres@", "guest@"))


async def test_a_database_that_does_not_keep_every_character_is_refused(server: Server) -> None:
    url = server.create(encoding="LATIN1")

    with pytest.raises(StoreError, match="LATIN1 only; create it anew with `createdb --encoding=UTF8`"):
        migrate(url)
    server.drop(url)
