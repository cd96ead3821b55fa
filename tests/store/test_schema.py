import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.errors import StoreVersionError
from bot.store.schema import migrate, require_current, revisions
from bot.store.tables import metadata


def execute(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(("entry_search", "entry_vocabulary"))


def test_the_migrations_and_the_tables_agree(migrated_file: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated_file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_names_of_the_files_are_the_revisions() -> None:
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    newest_first = [step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()]

    assert revisions() == newest_first[::-1]


def test_names_of_constraints_follow_the_convention(migrated_file: Path) -> None:
    with sqlite3.connect(migrated_file) as connection:
        (written,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'edition'").fetchone()

    assert "uq_edition_series_id_kind_slot" in written
    assert "fk_edition_series_id" in written


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)

    require_current(database_url)


def test_a_database_that_is_not_there_yet_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreVersionError, match="collagebot migrate"):
        require_current(f"sqlite:///{tmp_path / 'new.db'}")


def test_an_older_schema_says_what_to_run(database_url: str, tmp_path: Path) -> None:
    execute(tmp_path / "collagebot.db", "DELETE FROM alembic_version")

    with pytest.raises(StoreVersionError, match="collagebot migrate"):
        require_current(database_url)


def test_a_newer_schema_is_neither_used_nor_touched(database_url: str, tmp_path: Path) -> None:
    execute(tmp_path / "collagebot.db", "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreVersionError, match="update this program"):
        require_current(database_url)
    with pytest.raises(StoreVersionError, match="update this program"):
        migrate(database_url)


def test_the_address_may_hold_a_percent_sign(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/100%/collagebot.db"

    migrate(url)

    require_current(url)
