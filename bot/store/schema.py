"""Owns the version of the schema: brings a database up to date, and refuses one that is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError, StoreVersionError
from bot.store import migrations, sqlite
from bot.store.engine import sync_engine
from bot.store.failures import store_errors
from bot.store.location import locate


def migrate(url: str) -> None:
    """Create the database at *url*, or bring its schema up to date; one transaction, safe to run twice at once.

    Raises:
        StoreVersionError: It was written by a newer version of this program, or its rows do not fit together.
        StoreError: It cannot be used.
    """
    with connected(url, "rebuild") as connection:
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Bring the schema up to date inside a transaction that somebody else began; raises what `migrate` raises."""
    from alembic import command  # here: it takes a quarter of a second to import, and only this verb needs it
    from alembic.config import Config

    _refuse_narrow(connection)
    before = _revision(connection)
    _refuse_newer(before)
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
    if before != revisions()[-1]:
        _refuse_orphans(connection)


def require_current(url: str) -> None:
    """Make sure that the database at *url* has the schema this program speaks.

    Raises:
        StoreVersionError: It is newer, older, or not there yet; the sentence says what to run.
        StoreError: It cannot be used.
    """
    file = locate(url).file
    if file is not None and not file.exists():  # looking must not make one
        raise StoreVersionError("There is no database yet; run `collagebot migrate`, then `collagebot load`.")
    with connected(url, "read") as connection:
        revision = _revision(connection)
    if revision != revisions()[-1]:
        _refuse_newer(revision)
        if revision is None:
            raise StoreVersionError("The database has no tables yet; run `collagebot migrate`, then `collagebot load`.")
        raise StoreVersionError("The database is older than this program; run `collagebot migrate`.")


def version(url: str) -> str:
    """What the database at *url* is: ``SQLite 3.45.1``, ``PostgreSQL 16.4``.

    Raises:
        StoreError: It cannot be used.
    """
    with connected(url, "read") as connection:
        numbers = connection.dialect.server_version_info or ()
        if connection.dialect.name == "sqlite":
            return f"SQLite {'.'.join(map(str, numbers))}"
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"


def revisions() -> list[str]:
    """The steps of the schema, oldest first, by the names of their files: ``v0001_first_tables.py`` is ``0001``."""
    folder = Path(migrations.__path__[0]) / "versions"
    return sorted(path.stem[1:].partition("_")[0] for path in folder.glob("v*.py"))


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in revisions():
        raise StoreVersionError("A newer version wrote this database; update this program, or restore a backup.")


def _refuse_narrow(connection: Connection) -> None:
    """Refuse a server that would not take every character."""
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(f"The database keeps {encoding} only; create it anew with `createdb --encoding=UTF8`.")


def _refuse_orphans(connection: Connection) -> None:
    """Refuse rows that refer to nothing; PostgreSQL never lets them in."""
    if connection.dialect.name != "sqlite":
        return
    found = {row.table for row in connection.execute(text("PRAGMA foreign_key_check"))}
    if found:
        tables = ", ".join(sorted(found))
        raise StoreVersionError(
            f"Rows of {tables} refer to something that is not there, so the database was left as it was; "
            "restore a backup."
        )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


@contextmanager
def connected(url: str, purpose: sqlite.Purpose) -> Iterator[Connection]:
    """Open one transaction for a verb that looks at the whole database or changes it; raises what `migrate` raises."""
    place = locate(url)
    engine = sync_engine(place, purpose)
    try:
        with store_errors(place.name), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
