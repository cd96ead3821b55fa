"""Fixtures that every room may use: a migrated database, and one with the real content loaded."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.store.database import Database
from bot.store.schema import migrate
from tests.databases import Server, loaded, running_server, url_of

# The same examples at every run, so that a change is judged by what it changes; and by no stopwatch.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("same", UNTIMED, derandomize=True)
settings.register_profile("new", UNTIMED)
settings.register_profile("fuzz", UNTIMED, database=None)
settings.load_profile("same")

CONTENT = Path(__file__).parent.parent / "content"
# The entries the tests speak of. Others may join the content without a test knowing of them.
SEEDS = {
    "ml-collage": ("01-", "02-", "03-", "04-", "25-", "26-", "27-", "28-", "37-", "38-", "39-", "40-"),
    "best-of-arxiv": ("2021-03-",),
}


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
def loaded_file(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the content of this repository; copy it, do not open it."""
    path = tmp_path_factory.mktemp("loaded") / "collagebot.db"
    loaded(url_of(path), seeds)
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this session's own; the tests that need one are skipped where none can be started."""
    try:
        opening = running_server()
        running = opening.__enter__()
    except Exception as error:
        pytest.skip(f"no PostgreSQL could be started here: {error}")
    yield running
    opening.__exit__(None, None, None)


@pytest.fixture(scope="session")
def migrated_template(server: Server) -> str:
    """The name of a database with the newest schema and nothing in it; copy it, do not open it."""
    url = server.create()
    migrate(url)
    return server.name(url)


@pytest.fixture(scope="session")
def loaded_template(server: Server, seeds: Path) -> str:
    """The name of a database with the content of this repository; copy it, do not open it."""
    return server.name(loaded(server.create(), seeds))


@pytest.fixture
def content_root(seeds: Path) -> Path:
    """The content of the source articles; copy it before you change it."""
    return seeds


@pytest.fixture
def kind() -> str:
    """Which database a test runs on; `every_kind` in its place runs it on both."""
    return "sqlite"


@pytest.fixture
def new_database(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Makes a database of this test's own, "migrated" or "loaded" or neither, and gives its address."""
    numbers, made = count(1), list[str]()

    def copied(state: str) -> str:
        if kind == "postgresql":
            template = str(request.getfixturevalue(f"{state}_template")) if state != "new" else "template0"
            server: Server = request.getfixturevalue("server")
            made.append(server.create(template))
            return made[-1]
        path = tmp_path / f"collagebot-{next(numbers)}.db"
        if state != "new":
            shutil.copy(request.getfixturevalue(f"{state}_file"), path)
        return url_of(path)

    yield copied
    for url in made:
        request.getfixturevalue("server").drop(url)


@pytest.fixture
def database_url(new_database: Callable[[str], str]) -> str:
    """The address of an empty database of this test's own."""
    return new_database("migrated")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database of this test's own."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def catalogue_url(new_database: Callable[[str], str]) -> str:
    """The address of a database of this test's own with the real content loaded."""
    return new_database("loaded")


@pytest.fixture
async def catalogue(catalogue_url: str) -> AsyncIterator[Database]:
    """A database of this test's own with the real content loaded."""
    opened = Database(catalogue_url)
    yield opened
    await opened.close()
