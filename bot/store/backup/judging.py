"""Owns whether a file is a backup that can be brought back."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.errors import StoreError, StoreVersionError
from bot.store.failures import store_errors
from bot.store.generation import MARK
from bot.store.schema import revisions


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that `take` wrote.

    Attributes:
        revision: Of its schema.
    """

    file: Path
    taken_at: datetime
    revision: str

    @property
    def is_current(self) -> bool:
        """Tell whether it has the schema of this program."""
        return self.revision == revisions()[-1]


def judged(file: Path) -> Backup:
    """Look into *file* whether it is a whole backup.

    Raises:
        StoreVersionError: A newer version of this program wrote it.
        StoreError: It is not there, damaged, or no backup.
    """
    if not file.is_file():
        raise StoreError(f"There is no file {file}; name one that `collagebot backup` wrote.")
    with store_errors(str(file)), closing(opened(file, "ro")) as connection:
        taken_at, revision = _words(connection, file)
        if revision not in revisions():
            raise StoreVersionError(f"A newer version wrote {file}; update this program, then restore.")
        require_whole(connection, file)
    return Backup(file, taken_at, revision)


def opened(file: Path, mode: str) -> sqlite3.Connection:
    """A connection to a file that must be there; *mode* is ``ro`` or ``rw``."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode={mode}", uri=True, isolation_level=None)


def require_whole(connection: sqlite3.Connection, file: Path) -> None:
    """Make sure that every page and every reference is well.

    Raises:
        StoreError: One is not.
    """
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreError(f"{file} is damaged; use an older backup.")


def _words(connection: sqlite3.Connection, file: Path) -> tuple[datetime, str]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if {"alembic_version", "installation"} <= tables:
        mark = connection.execute("SELECT value FROM installation WHERE key = ?", [MARK]).fetchone()
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if mark and revision:
            return datetime.fromisoformat(mark[0]), revision[0]
    raise StoreError(f"{file} is no backup; name a file that `collagebot backup` wrote.")
