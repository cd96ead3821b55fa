"""Owns the way of every row from one database to another, of either kind; memory stays flat whatever there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, create_engine, event, func, insert, inspect, select, text
from sqlalchemy.engine import URL

from bot.store import sqlite
from bot.store.backup.progress import Progress
from bot.store.tables import metadata

_AT_ONCE, _LARGE_AT_ONCE = 2000, 16
"""Rows that are held in memory; fewer of tables that hold pictures."""


def address_of(file: Path) -> str:
    """The address of a database file, whatever characters its name has."""
    return URL.create("sqlite", database=str(file)).render_as_string()


@contextmanager
def quickly(file: Path, *, is_new: bool) -> Iterator[Connection]:
    """Open one transaction on a database file that nobody else uses.

    Args:
        is_new: Nothing is lost when it breaks, so nothing is kept for that case; else the file is only read.
    """
    mode = ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF") if is_new else ("PRAGMA query_only=ON",)
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args=sqlite.CONNECT)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for statement in mode:
            connection.execute(statement)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def copy_rows(source: Connection, target: Connection, progress: Progress) -> int:
    """Copy every row of our tables into *target*, whose tables are empty, and count them.

    Numbers that were given once are not given again there, also where their rows are gone.
    """
    total, done = sum(count_rows(source).values()), 0
    for table in metadata.sorted_tables:
        for rows in _batches(source, table):
            target.execute(insert(table), rows)
            done += len(rows)
            progress(done, total, "rows")
    _keep_numbers(source, target)
    return done


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each of our tables has, of those that are there."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in metadata.sorted_tables if table.name in there]
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    is_large = any(isinstance(column.type, LargeBinary) for column in table.columns) and table.name != "posting"
    size = _LARGE_AT_ONCE if is_large else _AT_ONCE
    found = source.execution_options(stream_results=True, yield_per=size).execute(select(table))
    for rows in found.mappings().partitions(size):
        yield [dict(row) for row in rows]


def _keep_numbers(source: Connection, target: Connection) -> None:
    """Let *target* go on numbering new rows where *source* would."""
    for table in metadata.sorted_tables:
        given = _last_number(source, table)
        if given is None:
            continue
        if target.dialect.name == "sqlite":
            _number_file_from(target, table, given)
        elif sequence := _sequence(target, table):
            target.execute(select(func.setval(sequence, max(given, 1), given > 0)))


def _last_number(connection: Connection, table: Table) -> int | None:
    """The highest number that a row of *table* ever had; None where the rows of *table* are not numbered."""
    column = table.autoincrement_column
    if column is None:
        return None
    highest: int = connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
    if connection.dialect.name == "sqlite":
        return max(highest, _number_in_file(connection, table))
    sequence = _sequence(connection, table)
    if sequence is None:
        return highest
    last = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
    return max(highest, int(connection.execute(last).scalar_one()))


def _sequence(connection: Connection, table: Table) -> str | None:
    column = table.autoincrement_column
    assert column is not None  # asked for tables that have one
    name: str | None = connection.execute(
        select(func.pg_get_serial_sequence(table.name, column.name))
    ).scalar_one_or_none()
    return name


def _number_in_file(connection: Connection, table: Table) -> int:
    if not table.dialect_options["sqlite"]["autoincrement"]:
        return 0
    found = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return found.scalar_one_or_none() or 0


def _number_file_from(connection: Connection, table: Table, given: int) -> None:
    if table.dialect_options["sqlite"]["autoincrement"]:
        row = {"name": table.name, "seq": given}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)
