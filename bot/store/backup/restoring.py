"""Owns bringing a backup back into a database of either kind: afterwards it is the old or the new one, never half."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, inspect, text

from bot.errors import StoreBusy, StoreError
from bot.store.backup.copying import address_of, copy_rows, count_rows, quickly
from bot.store.backup.judging import Backup, judged, opened, require_whole
from bot.store.backup.progress import Progress
from bot.store.backup.whole_file import COMPANIONS, companions, written_whole
from bot.store.generation import KEY, MARK
from bot.store.location import locate
from bot.store.schema import connected, migrate, require_current, upgrade
from bot.store.tables import installation, metadata

_PAGES = 4096  # of SQLite, some 16 MiB, between two words about the progress


def restore(
    url: str, file: Path, *, now: datetime, replaces: bool = False, say: Callable[[str], None] = lambda _: None
) -> Backup:
    """Bring the backup *file* back into the database at *url*; the mark in it stays, for whoever starts the bot.

    Args:
        replaces: A database that holds something is replaced; a file is kept beside, with another name.
        say: Told now and then how far it has come, where that takes long.

    Raises:
        StoreBusy: A program has that database open; stop the bot first.
        StoreVersionError: A newer version of this program wrote the backup.
        StoreError: The file is no backup, damaged, or the database holds something and *replaces* is not said.
    """
    backup, target, progress = judged(file), locate(url), Progress(say)
    if target.file is not None:
        _into_file(backup, target.file, now=now, replaces=replaces, progress=progress)
    else:
        _into_server(backup, url, replaces=replaces, progress=progress)
    return backup


def mark(url: str, taken_at: datetime) -> None:
    """Mark the database at *url*, which somebody brought back by other means, as one that was copied at *taken_at*.

    Raises:
        StoreError: It cannot be written.
    """
    require_current(url)
    with connected(url, "write") as connection:
        connection.execute(delete(installation).where(installation.c.key == MARK))
        connection.execute(insert(installation).values(key=MARK, value=taken_at.isoformat()))


def _into_file(backup: Backup, target: Path, *, now: datetime, replaces: bool, progress: Progress) -> None:
    if target.exists() and target.samefile(backup.file):
        raise StoreError(f"{target} is the database itself; name a backup.")
    if not replaces and not _is_empty_file(target):
        raise _holds_something(target.name)
    with _alone(target), written_whole(target) as part:
        _copy_current(backup, part, progress)
        with quickly(part, is_new=True) as connection:
            _rename(connection)
        with closing(opened(part, "rw")) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            require_whole(connection, part)
        _hand_over(part, target)
        _set_aside(target, now)


def _into_server(backup: Backup, url: str, *, replaces: bool, progress: Progress) -> None:
    with TemporaryDirectory() as folder:
        file = backup.file
        if not backup.is_current:
            file = Path(folder) / "current.db"
            with written_whole(file) as part:
                _copy_current(backup, part, progress)
        with connected(url, "rebuild") as target, quickly(file, is_new=False) as source:
            _refuse_company(target)
            if not replaces and not _is_empty(target):
                raise _holds_something(locate(url).name)
            _clear(target)
            upgrade(target)
            _clear(target)  # what the migrations may have written
            copy_rows(source, target, progress)
            if count_rows(source) != count_rows(target):
                raise StoreError("Not every row was copied, so nothing was changed; look into the server's log.")
            _rename(target)


def _clear(connection: Connection) -> None:
    there = ", ".join(f'"{name}"' for name in count_rows(connection))
    if there:
        connection.execute(text(f"TRUNCATE {there}"))


def _copy_current(backup: Backup, part: Path, progress: Progress) -> None:
    """Copy the file page by page, and bring the copy's schema up to date."""
    with closing(opened(backup.file, "ro")) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total, "pages"))
    if not backup.is_current:
        migrate(address_of(part))


def _rename(connection: Connection) -> None:
    """Give the database another name, so that a process which knew the one before notices."""
    connection.execute(delete(installation).where(installation.c.key == KEY))
    connection.execute(insert(installation).values(key=KEY, value=uuid4().hex))


def _is_empty(connection: Connection) -> bool:
    """Tell whether nothing is there but what an installation knows of itself."""
    return not any(rows for table, rows in count_rows(connection).items() if table != installation.name)


def _is_empty_file(file: Path) -> bool:
    if not file.exists() or not file.stat().st_size:
        return True
    with suppress(StoreError), connected(address_of(file), "read") as connection:
        ours = {*metadata.tables, "alembic_version"}
        return set(inspect(connection).get_table_names()) <= ours and _is_empty(connection)
    return False  # whatever it is, it cannot be read


def _holds_something(name: str) -> StoreError:
    return StoreError(f"The database {name} holds something already; say --force to replace it.")


def _refuse_company(connection: Connection) -> None:
    """Refuse a database that somebody else of the same name is connected to: a bot keeps its connections."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    if connection.execute(others).scalar_one():
        raise _in_use(str(connection.engine.url.database))


def _in_use(name: str) -> StoreBusy:
    return StoreBusy(
        f"A program has the database {name} open; stop the bot (and whatever else reads it), then restore."
    )


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let nobody else open the database file inside the block. Who has it open already, if only to read, is found:
    SQLite leaves the WAL mode, in which the bot works, only for somebody who is alone.

    Source: https://www.sqlite.org/wal.html#persistence_of_wal_mode
    """
    if not file.exists():
        yield
        return
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise _in_use(file.name) from None
            # A damaged file cannot be locked; to replace it is why somebody restores.
        yield


def _hand_over(part: Path, target: Path) -> None:
    """Give *part* the owner and the rights of what it replaces: who restores may be another user than the bot."""
    if target.exists():
        status = target.stat()
        part.chmod(status.st_mode)
        with suppress(PermissionError):
            os.chown(part, status.st_uid, status.st_gid)


def _set_aside(file: Path, now: datetime) -> None:
    """Give what is there a second name. *file* itself stays until it is replaced in one step."""
    name = f"{file.name}.before-restore-{now:%Y%m%dT%H%M%SZ}"
    if file.exists():
        aside = file.with_name(name)
        aside.unlink(missing_ok=True)
        try:
            os.link(file, aside)
        except OSError:  # a file system without second names
            shutil.copy2(file, aside)
    for suffix, companion in zip(COMPANIONS, companions(file), strict=True):
        if companion.exists():  # of a damaged file, or of none: it must not be taken for a part of the new one
            companion.replace(file.with_name(f"{name}{suffix}"))
