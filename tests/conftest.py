"""Fixtures that every room may use: a migrated database, and one with the real content loaded."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.editorial.load import load
from bot.store.database import Database
from bot.store.schema import migrate

CONTENT = Path(__file__).parent.parent / "content"


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the newest schema and nothing in it; copy it, do not open it."""
    path = tmp_path_factory.mktemp("migrated") / "collagebot.db"
    migrate(url_of(path))
    return path


@pytest.fixture(scope="session")
def loaded_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the content of this repository; copy it, do not open it."""
    path = tmp_path_factory.mktemp("loaded") / "collagebot.db"
    shutil.copy(migrated_file, path)
    asyncio.run(_load(url_of(path)))
    return path


@pytest.fixture
def content_root() -> Path:
    """The content folder of this repository."""
    return CONTENT


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of an empty database of this test's own."""
    shutil.copy(migrated_file, tmp_path / "collagebot.db")
    return url_of(tmp_path / "collagebot.db")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database of this test's own."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def catalogue(loaded_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of this test's own with the real content loaded."""
    shutil.copy(loaded_file, tmp_path / "catalogue.db")
    opened = Database(url_of(tmp_path / "catalogue.db"))
    yield opened
    await opened.close()


async def _load(url: str) -> None:
    database = Database(url)
    try:
        await load(database, CONTENT)
    finally:
        await database.close()
