"""Owns the version of the schema: brings a database up to date, and refuses one that is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from bot.errors import StoreVersionError
from bot.store import sqlite
from bot.store.failures import store_errors
from bot.store.location import database_file, normalized_url


def migrate(url: str) -> None:
    """Create the database at *url*, or bring its schema up to date; one transaction, safe to run twice at once.

    Raises:
        StoreVersionError: It was written by a newer version of this program.
        StoreError: It cannot be used.
    """
    with _connected(url, "write") as connection:
        _refuse_newer(_revision(connection))
        settings = _settings()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def require_current(url: str) -> None:
    """Make sure that the database at *url* has the schema this program speaks.

    Raises:
        StoreVersionError: It is newer, older, or not there yet; the sentence says what to run.
        StoreError: It cannot be used.
    """
    with _connected(url, "read") as connection:
        revision = _revision(connection)
    if revision != _newest():
        _refuse_newer(revision)
        raise StoreVersionError("The database is older than this program; run `collagebot migrate`.")


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in _known():
        raise StoreVersionError("A newer version wrote this database; update this program, or restore a backup.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions())


def _newest() -> str | None:
    return ScriptDirectory.from_config(_settings()).get_current_head()


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    return settings


@contextmanager
def _connected(url: str, purpose: Literal["read", "write"]) -> Iterator[Connection]:
    path = database_file(url)
    engine = create_engine(normalized_url(url).set(drivername="sqlite"), connect_args=sqlite.AUTOCOMMIT)
    sqlite.set_up(engine, purpose)
    try:
        with store_errors(path), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
