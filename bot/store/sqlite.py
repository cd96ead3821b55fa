"""Owns how SQLite is spoken to: durable, in WAL mode, with transactions that begin the way we say."""

from typing import Any, Literal

from sqlalchemy import Connection, Engine, event

from bot.store import sqlite_connection

BUSY_TIMEOUT_S = 5
_EVERYWHERE = (f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}", "PRAGMA synchronous=FULL")

# Handed to the driver: it must not begin transactions by itself. Left to its defaults it begins late, and a
# transaction that reads before it writes loses updates.
CONNECT: dict[str, Any] = {"isolation_level": None, "timeout": BUSY_TIMEOUT_S}


Purpose = Literal["read", "write", "rebuild"]
_READERS_CACHE = "PRAGMA cache_size=-512"
"""In KiB, a quarter of what is usual, for every one of several connections: the system has the file in memory, too."""
AT_ONCE = "at_once"
"""The option of connections that execute one statement, and so need no transaction around it."""


def set_up(engine: Engine, purpose: Purpose) -> None:
    """Give every connection of *engine* our pragmas, and every transaction its begin.

    A writer takes the lock at once (``BEGIN IMMEDIATE``), so that what it reads is still true when it writes. A reader
    takes none (``BEGIN``): in WAL mode it never waits for a writer. Who rebuilds is a writer for whom foreign keys are
    off, for dropping a table to make it anew would take along what refers to it; they have to be checked at the end.

    Source: https://www.sqlite.org/lang_transaction.html, https://www.sqlite.org/wal.html,
    https://www.sqlite.org/lang_altertable.html#otheralter
    """
    keys = f"PRAGMA foreign_keys={'OFF' if purpose == 'rebuild' else 'ON'}"
    mode = ("PRAGMA query_only=ON", _READERS_CACHE) if purpose == "read" else ("PRAGMA journal_mode=WAL",)
    begin = "BEGIN" if purpose == "read" else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for statement in (*_EVERYWHERE, keys, *mode):
            cursor.execute(statement)
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        if connection.get_execution_options().get(AT_ONCE):
            return
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite_connection.Connection):
            driver.begin_with_the_next(begin)
        else:
            connection.exec_driver_sql(begin)
