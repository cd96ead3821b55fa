"""Owns taking a backup while everybody goes on: one instant of the database, as a file with a mark."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.errors import StoreError
from bot.store.backup.copying import address_of, copy_rows, count_rows, quickly
from bot.store.backup.judging import opened, require_whole
from bot.store.backup.progress import Progress
from bot.store.backup.whole_file import written_whole
from bot.store.generation import MARK
from bot.store.location import locate
from bot.store.schema import connected, migrate, require_current

_OURS_ALONE = 0o600  # it holds who reads what
_INSTRUCTIONS = 100_000  # of SQLite, a few milliseconds, between two looks at how far it has come


def take(
    url: str, file: Path, *, now: datetime, replaces: bool = False, say: Callable[[str], None] = lambda _: None
) -> None:
    """Write the database at *url* into *file* as it is at one instant, not before *now*; nobody is held up.

    Args:
        replaces: A file that is there already is replaced, at the end and at once.
        say: Told now and then how far it has come, where that takes long.

    Raises:
        StoreError: The database cannot be read, or the file cannot be written; what was there stays as it was.
    """
    require_current(url)
    if file.exists() and not replaces:
        raise StoreError(f"{file} is there already; choose another name, or say --force.")
    source, progress = locate(url).file, Progress(say)
    if source is not None and file.exists() and source.samefile(file):
        raise StoreError(f"{file} is the database itself; choose another name.")
    with written_whole(file) as part:
        if source is not None:
            _copy_file(source, part, progress)
        else:
            _copy_server(url, part, progress)
        _finish(part, now)


def _copy_file(source: Path, part: Path, progress: Progress) -> None:
    """Copy what a reader sees in one transaction. In WAL mode it waits for nobody, and nobody waits for it.

    Source: https://www.sqlite.org/lang_vacuum.html#vacuuminto
    """
    with closing(opened(source, "rw")) as connection:
        total = source.stat().st_size

        def look() -> int:
            progress((part.stat().st_size if part.exists() else 0) >> 20, (total >> 20) or 1, "MiB")
            return 0  # go on

        connection.set_progress_handler(look, _INSTRUCTIONS)
        connection.execute("VACUUM INTO ?", [str(part)])


def _copy_server(url: str, part: Path, progress: Progress) -> None:
    migrate(address_of(part))
    with connected(url, "read") as source, quickly(part, is_new=True) as target:
        copy_rows(source, target, progress)
        if count_rows(source) != count_rows(target):
            raise StoreError("Not every row was copied; try again, and look into the server's log.")


def _finish(part: Path, now: datetime) -> None:
    """Set the mark, unless the database is itself a copy that never settled in, and look at every page once more."""
    part.chmod(_OURS_ALONE)
    with closing(opened(part, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, which may lie where nothing can be written
        mark = "INSERT INTO installation (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING"
        connection.execute(mark, [MARK, now.isoformat()])
        try:
            require_whole(connection, part)
        except (StoreError, sqlite3.DatabaseError):
            raise StoreError("The database is damaged; restore an older backup, this one was thrown away.") from None
