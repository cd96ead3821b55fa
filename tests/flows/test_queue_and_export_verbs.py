"""Entries that were born in a chat, from the command line: when they go out, and as content folders."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.__main__ import main
from bot.editorial.content import read_content
from bot.editorial.desk import Desk
from bot.editorial.drafting.saying.words import plain_words
from bot.editorial.drafting.showing.assembly import Commission, assemble
from bot.editorial.load import LoadReport, load
from bot.model.arxiv_id import ArxivId
from bot.model.draft import Draft
from bot.model.entry import EntryState, Series
from bot.model.manuscript import Manuscript
from bot.model.month import Month
from bot.model.progress import Report
from bot.sources.eprint import read_eprint
from bot.store import drafts, editions, entries
from bot.store.database import Database
from tests.sources.specimen import NAME, TITLE, record, specimen

pytestmark = pytest.mark.slow
CONTENT = Path(__file__).parents[2] / "content"
EDITOR = 7


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Of a database with the content and one entry in the queue that was born in a chat."""
    address = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert main(["migrate"]) == main(["load"]) == 0
    asyncio.run(_queue_specimen(address))
    capsys.readouterr()
    return address


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    try:
        yield database
    finally:
        await database.close()


async def _queue_specimen(address: str) -> None:
    async with _opened(address) as database:
        async with database.reading() as conn:
            topics = await entries.all_topics(conn)

        async def drafted(arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
            manuscript = Manuscript(record(), read_eprint(specimen().eprint or b""))
            words = plain_words(manuscript, topics=topics, insights=series.insights)
            return assemble(manuscript, words, Commission(series))

        desk = Desk(database, drafted, lambda: datetime.now(UTC))
        made = await desk.take_up(ArxivId(NAME), series="ml-collage", editor=EDITOR)
        await desk.approve(made.id, made.revision, editor=EDITOR)


def _entry_id(out: str) -> str:
    (line,) = (line for line in out.splitlines() if TITLE in line)
    return line.split()[0]


@pytest.mark.usefixtures("address")
def test_the_queue_says_when_each_goes_out_and_can_be_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue"]) == 0
    shown = capsys.readouterr().out
    assert "ML-Collage 41/52" in shown
    one = _entry_id(shown)
    slot = f"{datetime.now(UTC) + timedelta(weeks=3):%G-W%V}"
    assert main(["queue", "fix", one, slot]) == 0
    assert f"fixed to {slot}" in capsys.readouterr().out
    assert main(["queue", "free", one]) == 0
    assert "fixed" not in capsys.readouterr().out
    assert main(["queue", "move", one, "-1"]) == 0
    assert main(["queue", "remove", one]) == 0
    assert "Nothing is queued." in capsys.readouterr().out


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize(
    "words", [["move"], ["fix", "1"], ["move", "1", "far"], ["move", "1", "+-1"], ["fix", "99999", "2026-W50"]]
)
def test_a_change_that_cannot_be_made_is_one_clear_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["queue", *words]) == 1
    said = capsys.readouterr().err.strip()
    assert said.endswith(".")
    assert "\n" not in said


def test_an_exported_entry_takes_over_in_its_place_when_it_is_loaded(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    copytree(CONTENT, content)
    assert main(["export", "--all", "--content", str(content)]) == 0
    folder = Path(capsys.readouterr().out.strip())
    assert folder.name == "gatetree"
    assert (folder / "entry.md").is_file()
    read = next(entry for entry in read_content(content).entries if entry.paper.title == TITLE)
    assert (read.number, read.state) == (None, EntryState.QUEUED)
    assert main(["export", NAME, "--content", str(content)]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["export", f"arXiv:{NAME}", "--content", str(content), "--force"]) == 0
    assert main(["queue"]) == 0
    before = capsys.readouterr().out.splitlines()[1:]
    assert "from now on it is edited in its file" in str(asyncio.run(_load(address, content)))
    assert main(["queue"]) == 0
    assert capsys.readouterr().out.splitlines() == before
    assert main(["export", "--all", "--content", str(content)]) == 1
    assert "nothing to export" in capsys.readouterr().err


def test_a_paper_keeps_its_folder_whatever_becomes_of_its_entry(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    copytree(CONTENT, content)
    for change in (_nothing, _reopen, _publish):
        asyncio.run(change(address))
        assert main(["export", NAME, "--force", "--content", str(content)]) == 0
        (folder,) = map(Path, capsys.readouterr().out.split())
        assert folder == content / "ml-collage" / "gatetree"
        assert main(["export", "--all", "--content", str(content)]) == 1  # the folder is there
        assert "--force" in capsys.readouterr().err
    asyncio.run(_load(address, content))
    read = next(entry for entry in read_content(content).entries if entry.paper.title == TITLE)
    assert (read.number, read.state) == (41, EntryState.PUBLISHED)


async def _load(address: str, content: Path) -> LoadReport:
    async with _opened(address) as database:
        return await load(database, content)


async def _nothing(address: str) -> None:
    """Leave the entry as it is, in the queue."""


async def _reopen(address: str) -> None:
    """Make a draft of it."""
    async with _opened(address) as database:
        desk = Desk(database, _nobody, lambda: datetime.now(UTC))
        async with database.reading() as conn:
            found = await drafts.find_entry(conn, "ml-collage", ArxivId(NAME))
        assert found
        await desk.reopen(found.id, editor=EDITOR)


async def _publish(address: str) -> None:
    """Let readers have it as 41."""
    async with _opened(address) as database, database.writing() as conn:
        found = await drafts.find_entry(conn, "ml-collage", ArxivId(NAME))
        assert found
        await editions.publish_entry(conn, found.id, month=Month(2026, 11), now=datetime.now(UTC), number=41)


async def _nobody(arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
    raise AssertionError


@pytest.mark.usefixtures("address")
def test_an_export_of_nothing_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "2103.10697"]) == 1
    assert NAME in capsys.readouterr().err
    assert main(["export"]) == 1
    assert "--all" in capsys.readouterr().err
