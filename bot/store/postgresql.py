"""Owns how PostgreSQL is spoken to: one writer at a time, readers who see one instant, no waiting without end."""

from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.store.sqlite import AT_ONCE, BUSY_TIMEOUT_S, Purpose

_REBUILD_TIMEOUT_S = 300  # whoever starts beside a process that migrates waits for it
_IDLE_TIMEOUT_S = 60  # a writer that is frozen must not hold everybody up
_WRITER = 0x636F6C6C616765  # the number of the lock: "collage" in ASCII

# Handed to the driver: transactions begin with our own words.
CONNECT: dict[str, Any] = {
    "autocommit": True,
    "client_encoding": "utf8",
    "connect_timeout": BUSY_TIMEOUT_S,
    "application_name": "collagebot",
}

# Compiling a plan takes longer than any of our questions.
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off"


def set_up(engine: Engine, purpose: Purpose) -> None:
    """Give every transaction of *engine* its begin.

    A writer takes one lock that all writers of the database take, so that what it reads is still true when it writes;
    it is given back with the commit, after what was written can be seen. READ COMMITTED sees what the writer before
    left. A reader sees one instant and waits for nobody. See decision 11.

    Source: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS,
    https://www.postgresql.org/docs/current/transaction-iso.html
    """
    begin = _READ if purpose == "read" else _write(_REBUILD_TIMEOUT_S if purpose == "rebuild" else BUSY_TIMEOUT_S)

    dumper = _without_nul()

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(str, dumper)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        if not connection.get_execution_options().get(AT_ONCE):
            connection.exec_driver_sql(begin)  # in one trip


def _without_nul() -> type[Any]:
    """What takes NUL out of every text: PostgreSQL keeps none, and nobody misses it."""
    from psycopg.types.string import StrDumper  # a bot on SQLite does not load the driver

    class WithoutNul(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    return WithoutNul


def _write(patience_s: int) -> str:
    return (
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
        f" SET LOCAL lock_timeout = '{patience_s}s';"
        f" SET LOCAL idle_in_transaction_session_timeout = '{_IDLE_TIMEOUT_S}s';"
        f" SELECT pg_advisory_xact_lock({_WRITER})"
    )
