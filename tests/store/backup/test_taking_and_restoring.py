import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select

from bot.errors import StoreBusy, StoreError, StoreVersionError
from bot.store.backup.judging import judged
from bot.store.backup.restoring import restore
from bot.store.backup.taking import take
from bot.store.database import Database
from bot.store.generation import KEY, MARK
from bot.store.schema import connected
from bot.store.tables import asset, delivery, entry, metadata
from tests.databases import only_postgresql, only_sqlite
from tests.store.backup.copies import LATER, NOW, address, every_row, filled, remembered

New = Callable[[str], str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "night.db"


def taken(url: str, file: Path) -> Path:
    take(url, file, now=NOW)
    return file


def test_a_backup_holds_every_row_and_the_instant_it_was_taken_at(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    taken(url, file)
    assert every_row(address(file)) == every_row(url)
    assert judged(file).taken_at == NOW
    assert remembered(url, MARK) is None
    assert [path.name for path in file.parent.iterdir()] == ["night.db"]


def test_what_is_restored_is_what_was_backed_up(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    taken(url, file)
    for state in ("new", "migrated"):
        other = new_database(state)
        restore(other, file, now=LATER)
        assert every_row(other) == every_row(url)
        assert remembered(other, MARK) == NOW.isoformat()


def test_from_one_kind_to_the_other_and_back_nothing_is_lost(
    new_database: New,
    kind: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    here = filled(new_database("loaded"))
    there = request.getfixturevalue("server").create() if kind == "sqlite" else address(tmp_path / "there.db")
    restore(there, taken(here, tmp_path / "first.db"), now=LATER)
    back = new_database("new")
    restore(back, taken(there, tmp_path / "second.db"), now=LATER)
    assert every_row(here) == every_row(there) == every_row(back)


def test_a_restored_database_has_another_name(new_database: New, file: Path) -> None:
    url = new_database("migrated")
    with connected(url, "write") as connection:
        connection.execute(insert(metadata.tables["installation"]).values(key=KEY, value="first"))
    restore(url, taken(url, file), now=LATER)
    assert remembered(url, KEY) not in (None, "first")


def test_numbers_that_were_given_once_are_not_given_again(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    with connected(url, "write") as connection:
        last = connection.execute(select(func.max(entry.c.id))).scalar_one()
        copied = dict(connection.execute(select(entry).where(entry.c.id == last)).mappings().one())
        extra = {**copied, "slug": "gone", "number": None}
        del extra["id"]
        gone: int = connection.execute(insert(entry).values(extra).returning(entry.c.id)).scalar_one()
        connection.execute(delete(entry).where(entry.c.id == gone))
    other = new_database("new")
    restore(other, taken(url, file), now=LATER)
    with connected(other, "write") as connection:
        assert connection.execute(insert(entry).values(extra).returning(entry.c.id)).scalar_one() == gone + 1
        row = {
            "edition_id": 1,
            "message_ids": [],
            "chat_id": 99,
            "part": 0,
            "state": "sent",
            "due_at": NOW,
            "not_before": NOW,
        }
        highest = connection.execute(select(func.max(delivery.c.id))).scalar_one()
        new = connection.execute(insert(delivery).values(row).returning(delivery.c.id)).scalar_one()
        assert new == highest + 1


def test_what_holds_something_is_replaced_only_if_somebody_says_so(new_database: New, file: Path) -> None:
    url, other = filled(new_database("loaded")), filled(new_database("loaded"), chats=5)
    before = every_row(other)
    taken(url, file)
    with pytest.raises(StoreError, match="--force"):
        restore(other, file, now=LATER)
    assert every_row(other) == before
    restore(other, file, now=LATER, replaces=True)
    assert every_row(other) == every_row(url)


@only_sqlite
def test_the_file_that_is_replaced_is_kept_beside(new_database: New, file: Path, tmp_path: Path) -> None:
    url, other = filled(new_database("loaded")), filled(new_database("loaded"), chats=5)
    before = every_row(other)
    restore(other, taken(url, file), now=LATER, replaces=True)
    (kept,) = tmp_path.glob("*.before-restore-20261121T090000Z")
    assert every_row(address(kept)) == before


@only_sqlite
def test_a_damaged_database_can_be_replaced(new_database: New, file: Path, tmp_path: Path) -> None:
    url = filled(new_database("loaded"))
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database " * 1000)
    log = broken.with_name("broken.db-wal")
    log.write_bytes(b"of another one")
    taken(url, file)
    with pytest.raises(StoreError, match="--force"):
        restore(address(broken), file, now=LATER)
    restore(address(broken), file, now=LATER, replaces=True)
    assert every_row(address(broken)) == every_row(url)
    assert not log.exists() or log.read_bytes() != b"of another one"
    assert (tmp_path / "broken.db.before-restore-20261121T090000Z").read_bytes().startswith(b"no database")


@only_sqlite
def test_the_log_of_a_database_that_is_gone_is_not_taken_for_a_part_of_the_new_one(
    new_database: New, file: Path, tmp_path: Path
) -> None:
    url = filled(new_database("loaded"))
    left = tmp_path / "left.db-wal"
    left.write_bytes(b"left over")
    restore(address(tmp_path / "left.db"), taken(url, file), now=LATER)
    assert not left.exists() or left.read_bytes() != b"left over"
    assert every_row(address(tmp_path / "left.db")) == every_row(url)


async def test_nothing_is_restored_under_a_running_program(new_database: New, file: Path) -> None:
    url = new_database("loaded")
    running = Database(url)
    async with running.writing() as conn:
        await conn.execute(select(entry.c.id))
    taken(url, file)  # a backup may be taken at any time
    before = every_row(url)
    with pytest.raises(StoreBusy, match="stop the bot"):
        restore(url, file, now=LATER, replaces=True)
    assert every_row(url) == before
    await running.close()
    restore(url, file, now=LATER, replaces=True)


async def test_who_only_reads_counts_as_running_too(new_database: New, file: Path) -> None:
    url = new_database("loaded")
    taken(url, file)
    reading = Database(url)
    async with reading.reading() as conn:
        await conn.execute(select(entry.c.id))
    with pytest.raises(StoreBusy, match="stop the bot"):
        restore(url, file, now=LATER, replaces=True)
    await reading.close()


def test_a_backup_does_not_replace_a_file_unless_somebody_says_so(new_database: New, file: Path) -> None:
    url = new_database("loaded")
    taken(url, file)
    with pytest.raises(StoreError, match="--force"):
        take(url, file, now=LATER)
    assert judged(file).taken_at == NOW
    take(url, file, now=LATER, replaces=True)
    assert judged(file).taken_at == LATER


def test_a_copy_that_nobody_started_stays_as_old_as_it_is(new_database: New, file: Path, tmp_path: Path) -> None:
    url, other = new_database("loaded"), new_database("new")
    restore(other, taken(url, file), now=LATER)
    take(other, tmp_path / "again.db", now=LATER)
    assert judged(tmp_path / "again.db").taken_at == NOW


def test_a_database_does_not_overwrite_itself(tmp_path: Path, new_database: New, kind: str) -> None:
    if kind != "sqlite":
        pytest.skip("there is no file")
    url = new_database("loaded")
    itself = Path(url.removeprefix("sqlite:///"))
    with pytest.raises(StoreError, match="itself"):
        take(url, itself, now=NOW, replaces=True)


@only_sqlite
def test_what_is_no_backup_is_refused(new_database: New, file: Path, tmp_path: Path) -> None:
    url = new_database("new")
    with pytest.raises(StoreError, match="There is no file"):
        restore(url, tmp_path / "nowhere.db", now=LATER)
    (tmp_path / "words.db").write_text("words " * 900)
    with pytest.raises(StoreError, match="not a database"):
        restore(url, tmp_path / "words.db", now=LATER)
    plain = Path(new_database("loaded").removeprefix("sqlite:///"))
    with pytest.raises(StoreError, match="is no backup"):
        restore(url, plain, now=LATER)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE somebody_elses (x)")
    with pytest.raises(StoreError, match="is no backup"):
        restore(url, tmp_path / "other.db", now=LATER)


def test_a_damaged_backup_is_refused_and_nothing_is_changed(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"), per_state=300)
    taken(url, file)
    damaged = bytearray(file.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 40_000] = b"\x5a" * 40_000
    file.write_bytes(damaged)
    before = every_row(url)
    with pytest.raises(StoreError, match="damaged"):
        restore(url, file, now=LATER, replaces=True)
    assert every_row(url) == before


def test_half_a_backup_is_refused(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    taken(url, file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"damaged|not a database"):
        restore(new_database("new"), file, now=LATER)


def test_a_backup_of_a_newer_version_is_refused(new_database: New, file: Path) -> None:
    taken(new_database("loaded"), file)
    with closing(sqlite3.connect(file)) as backup:
        backup.execute("UPDATE alembic_version SET version_num = '9999'")
        backup.commit()
    with pytest.raises(StoreVersionError, match="update this program"):
        restore(new_database("new"), file, now=LATER)


def test_a_backup_of_an_older_version_is_brought_up_to_date(new_database: New, file: Path) -> None:
    url = new_database("loaded")
    taken(url, file)
    _age(file)
    shutil.copy(file, file.with_name("as it was.db"))
    restore(other := new_database("new"), file, now=LATER)
    assert file.read_bytes() == file.with_name("as it was.db").read_bytes()
    assert every_row(other) == every_row(url)


def _age(file: Path) -> None:
    """Take the last step of the schema back."""
    with closing(sqlite3.connect(file)) as backup:
        for table, column in (("delivery", "shows"), ("send_budget", "lately")):
            backup.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        backup.execute("UPDATE alembic_version SET version_num = '0006'")
        backup.commit()


@only_postgresql
def test_a_server_that_holds_something_older_is_replaced_too(new_database: New, file: Path) -> None:
    url, other = filled(new_database("loaded")), filled(new_database("loaded"))
    with connected(other, "write") as connection:
        connection.exec_driver_sql("ALTER TABLE delivery DROP shows")
        connection.exec_driver_sql("ALTER TABLE send_budget DROP lately")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0006'")
    restore(other, taken(url, file), now=LATER, replaces=True)
    assert every_row(other) == every_row(url)


def test_before_there_is_a_database_there_is_nothing_to_back_up(new_database: New, file: Path) -> None:
    with pytest.raises(StoreVersionError, match="migrate"):
        take(new_database("new"), file, now=NOW)
    assert not file.exists()


def test_pictures_come_through_byte_by_byte(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    restore(other := new_database("new"), taken(url, file), now=LATER)
    with connected(other, "read") as connection:
        assert connection.execute(select(asset.c.bytes)).scalar_one() == b"\0\xff\x80"


@only_sqlite
def test_only_who_took_a_backup_may_read_it_and_a_database_keeps_its_rights(new_database: New, file: Path) -> None:
    url = filled(new_database("loaded"))
    taken(url, file)
    assert file.stat().st_mode & 0o777 == 0o600
    place = Path(url.removeprefix("sqlite:///"))
    place.chmod(0o640)
    restore(url, file, now=LATER, replaces=True)
    assert place.stat().st_mode & 0o777 == 0o640
