"""What every torture starts from: four papers with their pictures, a nursery, and a summary at the end."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.editorial.library import Library
from bot.editorial.shelf import CollageShelf
from bot.model.canvas import Canvas
from bot.model.month import Month
from bot.store.database import Database
from tests.databases import Server, loaded, url_of
from tests.torture.lives import Nursery, nursery
from tests.torture.torment import DUE_AGO

MONTH = Month.parse("2022-01")
_PAPERS = ("37-", "38-", "39-", "40-")


@pytest.fixture(scope="session")
def papers(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with one series of four papers: the less there is, the sooner a bot is up."""
    root = tmp_path_factory.mktemp("papers") / "content"
    for source in (path for path in seeds.rglob("*") if path.is_file()):
        parts = source.relative_to(seeds).parts
        if len(parts) == 1 or (parts[0] == "ml-collage" and (len(parts) == 2 or parts[1].startswith(_PAPERS))):
            target = root / source.relative_to(seeds)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return root


@pytest.fixture(scope="session")
def due_papers(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a pick of the week that fell due an hour ago."""
    root = Path(shutil.copytree(papers, tmp_path_factory.mktemp("due") / "content"))
    file, due = root / "ml-collage" / "series.yaml", datetime.now(UTC) - DUE_AGO
    said = re.sub(r"(?m)^weekly_at:.*$", f"weekly_at: {due:%a %H:%M}".lower(), file.read_text("utf-8"))
    file.write_text(said, "utf-8")
    return root


@pytest.fixture(scope="session")
def papers_file(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with these papers; copy it, do not open it."""
    path = tmp_path_factory.mktemp("loaded") / "collagebot.db"
    loaded(url_of(path), papers)
    return path


@pytest.fixture(scope="session")
def papers_template(server: Server, papers: Path) -> str:
    """The name of a database with these papers; copy it, do not open it."""
    return server.name(loaded(server.create(), papers))


@pytest.fixture(scope="session")
def drawn_file(due_papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with papers that are due, and their pictures; copy it, do not open it."""
    path = tmp_path_factory.mktemp("drawn") / "collagebot.db"
    asyncio.run(_draw(loaded(url_of(path), due_papers)))
    return path


@pytest.fixture(scope="session")
def drawn_template(server: Server, due_papers: Path) -> str:
    """The name of a database with papers that are due, and their pictures; copy it, do not open it."""
    url = loaded(server.create(), due_papers)
    asyncio.run(_draw(url))
    return server.name(url)


@pytest.fixture
def papers_url(new_database: Callable[[str], str]) -> str:
    """The address of a database of this test's own with these papers."""
    return new_database("papers")


@pytest.fixture
async def papers_database(papers_url: str) -> AsyncIterator[Database]:
    """A database of this test's own with these papers."""
    opened = Database(papers_url)
    yield opened
    await opened.close()


@pytest.fixture
def drawn_url(new_database: Callable[[str], str]) -> str:
    """The address of a database of this test's own with papers that are due, and their pictures."""
    return new_database("drawn")


@pytest.fixture
async def drawn(drawn_url: str) -> AsyncIterator[Database]:
    """A database of this test's own with papers that are due, and their pictures."""
    opened = Database(drawn_url)
    yield opened
    await opened.close()


@pytest.fixture
async def bots() -> AsyncIterator[Nursery]:
    """Where bots come from."""
    async with nursery() as opened:
        yield opened


async def _draw(url: str) -> None:
    """Put plain pictures where the bot looks for its own, under the name it gives them: drawing is not the matter."""
    from tests.chat.conftest import sketch, sketch_cover  # here: the tests of the ledger do without the chat room

    database = Database(url)
    shelf = CollageShelf(database, sketch, sketch_cover)
    entries = await Library(database).month(MONTH)
    await shelf.warm(entries)
    await shelf.find_cover(MONTH, entries, Canvas.PORTRAIT)
    await database.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the tortures came to."""
    lines = list(_told(terminalreporter))
    if lines:
        terminalreporter.section("torture")
        for line in lines:
            terminalreporter.write_line(line)


def _told(reporter: pytest.TerminalReporter) -> Iterator[str]:
    for outcome in ("passed", "failed"):
        for report in reporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", []):
                if name == "torture":
                    yield str(value)
