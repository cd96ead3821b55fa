import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, create_engine, inspect, make_url, text

from bot.errors import StoreVersionError
from bot.store import schema
from bot.store.schema import migrate, require_current, revisions, version
from bot.store.tables import metadata


def execute(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of either kind, outside of what we test."""
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    engine = create_engine(make_url(url).set(drivername=driver))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("entry_search")


def test_the_migrations_and_the_tables_agree(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_both_databases_have_the_same_columns_and_constraints(database_url: str) -> None:
    with connected(database_url) as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            nullable = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert nullable == {column.name: bool(column.nullable) for column in table.columns}, table.name
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key.columns], table.name
            for key in found.get_foreign_keys(table.name):
                assert key["options"].get("ondelete") == _ondelete(table, key["constrained_columns"][0]), table.name


def _ondelete(table: Table, column: str) -> str | None:
    (key,) = table.columns[column].foreign_keys
    return key.ondelete


def test_the_names_of_the_files_are_the_revisions() -> None:
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    newest_first = [step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()]

    assert revisions() == newest_first[::-1]


def test_names_of_constraints_follow_the_convention(database_url: str) -> None:
    with connected(database_url) as connection:
        unique = inspect(connection).get_unique_constraints("edition")
        keys = inspect(connection).get_foreign_keys("edition")

    assert [each["name"] for each in unique] == ["uq_edition_series_id_kind_slot"]
    assert [each["name"] for each in keys] == ["fk_edition_series_id"]


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)

    require_current(database_url)


def test_a_database_that_is_not_there_yet_says_what_to_run(new_database: Callable[[str], str]) -> None:
    with pytest.raises(StoreVersionError, match=r"no database yet|has no tables yet"):
        require_current(new_database("new"))


def test_a_database_says_which_one_it_is(database_url: str, kind: str) -> None:
    name, number = version(database_url).split()

    assert name.lower() == kind
    assert number[0].isdecimal()


def test_an_id_that_was_given_once_is_never_given_again(database_url: str) -> None:
    columns = "slug, series_id, state, paper_id, links, aliases, numbers, panels, origin, content_hash"
    values = "'s/1', 1, 'draft', 1, '[]', '[]', '[]', '[]', 'chat', ''"
    with connected(database_url) as connection:
        series = "1, 's', 'S', '', NULL, false, 'UTC', NULL, NULL, NULL"
        connection.execute(text(f"INSERT INTO series VALUES ({series})"))
        connection.execute(
            text(
                "INSERT INTO paper (id, arxiv_id, title, authors, year) VALUES (1, '2103.10697', 'ConViT', '[]', 2021)"
            )
        )
        given = []
        for _ in range(2):
            row = connection.execute(text(f"INSERT INTO entry ({columns}) VALUES ({values}) RETURNING id"))
            given.append(row.scalar_one())
            connection.execute(text("DELETE FROM entry"))

    assert given == [1, 2]


MIGRATE = "import sys; from bot.store.schema import migrate; migrate(sys.argv[1])"


@pytest.mark.slow
def test_processes_that_start_together_migrate_once(new_database: Callable[[str], str]) -> None:
    url = new_database("new")

    starting = [subprocess.Popen([sys.executable, "-c", MIGRATE, url]) for _ in range(3)]

    assert [process.wait() for process in starting] == [0, 0, 0]
    require_current(url)


def test_a_step_that_fails_leaves_everything_as_it_was(
    new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database("new")
    monkeypatch.setattr(schema, "_refuse_orphans", refuse)

    with pytest.raises(StoreVersionError, match="on purpose"):
        migrate(url)

    with connected(url) as connection:
        assert inspect(connection).get_table_names() == []


def refuse(_: object) -> None:
    raise StoreVersionError("refused on purpose")


def test_an_older_schema_says_what_to_run(database_url: str) -> None:
    with connected(database_url) as connection:
        connection.execute(text("DELETE FROM alembic_version"))

    with pytest.raises(StoreVersionError, match="collagebot migrate"):
        require_current(database_url)


def test_a_newer_schema_is_neither_used_nor_touched(database_url: str) -> None:
    with connected(database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreVersionError, match="update this program"):
        require_current(database_url)
    with pytest.raises(StoreVersionError, match="update this program"):
        migrate(database_url)


def test_the_address_may_hold_a_percent_sign(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/100%/collagebot.db"

    migrate(url)

    require_current(url)


def upgrade_to(path: Path, revision: str) -> None:
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()


FIRST_ROWS = (
    "INSERT INTO series VALUES (1, 'weekly', 'Weekly', '', NULL, 0, 'UTC', NULL, NULL, NULL)",
    "INSERT INTO paper VALUES (1, '2103.10697', 2, 'ConViT', '[]', 2021, NULL)",
    "INSERT INTO entry (id, slug, series_id, state, paper_id, links, aliases, numbers, {panels}, origin, "
    "content_hash) VALUES (1, 'weekly/27', 1, 'published', 1, '[]', '[]', '[]', '[1]', 'content', 'x')",
    "INSERT INTO entry_text (entry_id, language, headline, question, key_idea, summary, take_away, key_insights) "
    "VALUES (1, 'en', 'h', 'q', 'k', 's', 't', '[]')",
    "INSERT INTO saved_entry VALUES (7, 1, '2026-01-01 00:00:00')",
    "INSERT INTO edition VALUES (1, 1, 'weekly', '2026-W01', 'open', NULL, 0, '2026-01-01 00:00:00')",
    "INSERT INTO edition_entry VALUES (1, 0, 1)",
)
SECOND_ROWS = (
    "INSERT INTO asset VALUES ('abc', 'image/jpeg', 1, 1, x'00')",
    "INSERT INTO collage VALUES (1, 'en', 'slide', 'light', 'h', 'abc', 'alt')",
    "INSERT INTO figure VALUES (1, 'def', x'01')",
    "INSERT INTO telegram_file VALUES (5, 'abc', 'photo', 'file id')",
)


def counts(path: Path, *tables: str) -> list[int]:
    with sqlite3.connect(path) as connection:
        found = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    connection.close()
    return found


def test_what_the_first_version_stored_is_still_there_after_the_second_step(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    upgrade_to(path, "0001")
    for statement in FIRST_ROWS:
        execute(path, statement.format(panels="visuals"))

    migrate(f"sqlite:///{path}")

    assert counts(path, "entry", "entry_text", "saved_entry", "edition_entry") == [1, 1, 1, 1]
    with sqlite3.connect(path) as connection_:
        shown = connection_.execute("SELECT panels, panels_in, accent FROM entry").fetchone()
    connection_.close()
    assert shown == ("[1]", "{}", None)


def test_what_the_second_version_stored_is_still_there_after_the_third_step(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    upgrade_to(path, "0002")
    for statement in (*FIRST_ROWS, *SECOND_ROWS):
        execute(path, statement.format(panels="panels"))

    migrate(f"sqlite:///{path}")

    assert counts(path, "entry", "entry_text", "saved_entry", "edition_entry") == [1, 1, 1, 1]
    assert counts(path, "asset", "collage", "figure", "telegram_file") == [1, 1, 1, 1]
    with sqlite3.connect(path) as connection_:
        assert connection_.execute("SELECT title, licence FROM paper").fetchone() == ("ConViT", "")
        assert connection_.execute("SELECT id, slug, panels, panels_in FROM entry").fetchone() == (
            1,
            "weekly/27",
            "[1]",
            "{}",
        )
        assert connection_.execute("PRAGMA foreign_key_check").fetchall() == []
    connection_.close()


def test_an_entry_table_of_an_older_version_counts_its_ids_on(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    upgrade_to(path, "0002")
    for statement in (*FIRST_ROWS, *SECOND_ROWS):
        execute(path, statement.format(panels="panels"))

    migrate(f"sqlite:///{path}")

    assert _entry_table(path) == _entry_table(_fresh(tmp_path))
    for statement in ("PRAGMA foreign_keys=ON", "DELETE FROM edition", "DELETE FROM entry", FIRST_ROWS[2]):
        execute(path, statement.format(panels="panels").replace("VALUES (1, ", "VALUES (NULL, "))
    with sqlite3.connect(path) as connection_:
        assert connection_.execute("SELECT id FROM entry").fetchall() == [(2,)]
    connection_.close()


def test_a_step_that_would_leave_rows_without_what_they_refer_to_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    upgrade_to(path, "0002")
    execute(path, "INSERT INTO saved_entry VALUES (7, 99, '2026-01-01 00:00:00')")

    with pytest.raises(StoreVersionError, match=r"saved_entry.*restore a backup"):
        migrate(f"sqlite:///{path}")

    assert counts(path, "saved_entry") == [1]
    with sqlite3.connect(path) as connection_:
        assert connection_.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    connection_.close()


def _fresh(folder: Path) -> Path:
    migrate(f"sqlite:///{folder / 'fresh.db'}")
    return folder / "fresh.db"


def _entry_table(path: Path) -> list[list[str]]:
    """The lines of the table of entries and of its indexes, as they were written; constraints come in no order."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'entry' AND sql NOT NULL")
        written = sorted(sql for (sql,) in rows)
    connection.close()
    assert any("AUTOINCREMENT" in sql for sql in written)
    return [sorted(line.strip(" ,\t") for line in sql.splitlines()) for sql in written]
