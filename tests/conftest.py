"""Fixtures that every room may use: a migrated database, and one with the real content loaded."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.editorial.load import load
from bot.store.database import Database
from bot.store.schema import migrate

# The same examples at every run, so that a change is judged by what it changes; and by no stopwatch.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("same", UNTIMED, derandomize=True)
settings.register_profile("new", UNTIMED)
settings.load_profile("same")

CONTENT = Path(__file__).parent.parent / "content"
# The entries the tests speak of. Others may join the content without a test knowing of them.
SEEDS = {
    "ml-collage": ("01-", "02-", "03-", "04-", "25-", "26-", "27-", "28-", "37-", "38-", "39-", "40-"),
    "best-of-arxiv": ("2021-03-",),
}


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the newest schema and nothing in it; copy it, do not open it."""
    path = tmp_path_factory.mktemp("migrated") / "collagebot.db"
    migrate(url_of(path))
    return path


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the entries of the source articles; copy it before you change it."""
    root = tmp_path_factory.mktemp("seeds") / "content"
    for source in (path for path in CONTENT.rglob("*") if path.is_file()):
        series, *rest = source.relative_to(CONTENT).parts
        if len(rest) < 2 or rest[0].startswith(SEEDS.get(series, ())):
            target = root / source.relative_to(CONTENT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return root


@pytest.fixture(scope="session")
def loaded_file(migrated_file: Path, seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the content of this repository; copy it, do not open it."""
    path = tmp_path_factory.mktemp("loaded") / "collagebot.db"
    shutil.copy(migrated_file, path)
    asyncio.run(_load(url_of(path), seeds))
    return path


@pytest.fixture
def content_root(seeds: Path) -> Path:
    """The content of the source articles; copy it before you change it."""
    return seeds


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


async def _load(url: str, root: Path) -> None:
    database = Database(url)
    try:
        await load(database, root)
    finally:
        await database.close()
