"""The studio as the program opens it: several papers at once, some of them given up, and nothing is left behind."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import workshop
from bot.app.pace import LEASE, DatabasePace
from bot.app.workshop import drawn_apart, judged_apart, open_studio
from bot.editorial.commissions import Commissions
from bot.editorial.desk import Desk
from bot.editorial.drafting.studio import Studio
from bot.errors import CollageError, ModelUnusable
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.entry import Topic
from bot.model.progress import Progress, Stage
from bot.settings import LanguageModelSettings, Settings
from bot.sources.apart import apart
from bot.store import turns
from bot.store.database import Database
from bot.store.tables import draft, quota, reader_collage
from tests.editorial.desks import ADA, BOB, GRAPHS, NOW, VISION, WEEKLY, store_series
from tests.sources.server import PaperServer, Served, serving
from tests.sources.specimen import NAME, specimen

pytestmark = pytest.mark.slow
PORTRAIT = Appearance(Canvas.PORTRAIT, Theme.LIGHT)
CHILDREN = Path("/proc/self/task")


def another(name: str) -> Served:
    """The specimen under another id."""
    whole = specimen()
    return replace(whole, record=replace(whole.record, paper=replace(whole.record.paper, arxiv_id=ArxivId(name))))


@dataclass(frozen=True, slots=True)
class House:
    """What drafts, as the program has it."""

    server: PaperServer
    studio: Studio
    desk: Desk
    commissions: Commissions
    database: Database

    async def count(self, table: object) -> int:
        async with self.database.reading() as conn:
            return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


@asynccontextmanager
async def open_house(database: Database, folder: Path, *names: str) -> AsyncIterator[House]:
    await store_series(database)

    async def topics() -> Sequence[Topic]:
        return GRAPHS, VISION

    async with serving({name: another(name) for name in names}) as server:
        at = server.addresses
        settings = Settings(
            cache=folder / "cache",
            arxiv_url=at.arxiv,
            arxiv_api_url=at.arxiv_api,
            arxiv_oai_url=at.arxiv_oai,
            huggingface_url=at.hugging_face,
            semantic_scholar_url=at.semantic_scholar,
        )
        async with open_studio(settings, database, topics) as studio:
            desk = Desk(database, studio.draft, lambda: NOW)
            made = Commissions(database, studio, judged_apart, lambda: NOW, per_day=2, fingerprint="as it is")
            yield House(server, studio, desk, made, database)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pace for servers of this machine."""
    monkeypatch.setattr(workshop, "ARXIV_SECONDS", 0.02)


def children() -> set[int]:
    """The processes that this one started and that are still there."""
    if not CHILDREN.exists():
        pytest.skip("this system does not tell which processes one has started")
    return {int(pid) for task in CHILDREN.iterdir() for pid in (task / "children").read_text().split()}


async def test_two_drafts_go_on_while_a_third_is_given_up_in_the_middle(database: Database, tmp_path: Path) -> None:
    before = children()
    names = ("2611.00001", "2611.00002", "2611.00003")
    async with open_house(database, tmp_path, *names) as house:
        reached: dict[Stage, asyncio.Event] = {stage: asyncio.Event() for stage in Stage}

        def tell(progress: Progress) -> None:
            reached[progress.stage].set()

        third = asyncio.create_task(house.desk.take_up(ArxivId(names[2]), series=WEEKLY.slug, editor=BOB, report=tell))
        await reached[Stage.READING].wait()
        two = [
            asyncio.create_task(house.desk.take_up(ArxivId(name), series=WEEKLY.slug, editor=ADA)) for name in names[:2]
        ]
        await reached[Stage.CHOOSING].wait()
        third.cancel()
        done = await asyncio.gather(*two, third, return_exceptions=True)

        assert [type(each).__name__ for each in done] == ["DeskDraft", "DeskDraft", "CancelledError"]
        assert await house.count(draft) == 2
        assert len(children() - before) <= 2  # as many as may work at once, waiting for more
        again = await house.desk.take_up(ArxivId(names[2]), series=WEEKLY.slug, editor=BOB)
        assert again.entry.panels


async def test_whenever_a_draft_is_given_up_the_turn_and_the_workers_are_free(
    database: Database, tmp_path: Path
) -> None:
    before = children()
    async with open_house(database, tmp_path, NAME) as house:
        for number in range(24):
            task = asyncio.create_task(house.studio.draft(ArxivId(NAME), WEEKLY))
            await asyncio.sleep(number * 0.006)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await _is_free_soon(database), f"given up after {number} steps"
        assert len(children() - before) <= 2
        assert await apart(abs, -3, seconds=20) == 3


async def test_a_turn_whose_taking_is_cut_short_is_given_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def take() -> None:
        async with DatabasePace(database, "arxiv", seconds=0.02).turn():
            pass

    async def claim(*said: Any, **named: Any) -> bool:
        taking.cancel()  # comes while the transaction is still open
        return await turns.claim(*said, **named)

    taking = asyncio.create_task(take())
    monkeypatch.setattr("bot.app.pace.turns", SimpleNamespace(**{**vars(turns), "claim": claim}))
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert await _is_free_soon(database)


async def _is_free_soon(database: Database) -> bool:
    """True when a turn is given back long before its lease runs out."""
    deadline = datetime.now(UTC) + LEASE / 3
    while (now := datetime.now(UTC)) < deadline:
        async with database.reading() as conn:
            free = await turns.next_turn(conn, "arxiv", now=now, lease=LEASE)
        if free - now < timedelta(seconds=1):
            return True
        await asyncio.sleep(0.02)
    return False


async def test_readers_who_go_away_have_paid_nothing_and_hold_nobody_up(database: Database, tmp_path: Path) -> None:
    async with open_house(database, tmp_path, NAME) as house:
        for seconds in (0.0, 0.05, 0.3, 0.6):
            task = asyncio.create_task(house.commissions.get(ArxivId(NAME), PORTRAIT, reader=ADA))
            await asyncio.sleep(seconds)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            async with database.reading() as conn:
                assert (await conn.execute(select(func.coalesce(func.sum(quota.c.used), 0)))).scalar_one() == 0
        found = await house.commissions.get(ArxivId(NAME), PORTRAIT, reader=ADA)
        both = await asyncio.gather(
            *(house.commissions.get(ArxivId(NAME), look, reader=BOB) for look in (PORTRAIT, PORTRAIT.turned))
        )
        assert both[0] == found
        assert await house.count(reader_collage) == 2


def die() -> None:
    os.abort()


async def test_a_drawing_that_breaks_the_program_is_a_sentence() -> None:
    with pytest.raises(CollageError, match=r"^the collage broke the program that works on it; choose another paper\.$"):
        await drawn_apart(die)
    assert await drawn_apart(dict) == {}


async def test_a_model_that_cannot_be_asked_is_refused_at_the_door(database: Database, tmp_path: Path) -> None:
    async def topics() -> Sequence[Topic]:
        return ()

    settings = Settings(cache=tmp_path, language_model=LanguageModelSettings("http://", "small"))
    with pytest.raises(ModelUnusable):
        async with open_studio(settings, database, topics):
            pass
