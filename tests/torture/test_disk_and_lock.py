"""A database file that is locked, or a disk that is full, in the middle of a broadcast: it goes on afterwards."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.model.edition import DeliveryState
from bot.publishing.delivery import in_flight_at
from bot.store.database import Database
from tests.torture.lives import Nursery
from tests.torture.oracle import judge, rows_of
from tests.torture.torment import Torment, torment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

CHATS, RATE = 200, 40
LOCKED_S, FULL_S = 15, 6


@pytest.fixture
async def scene(drawn: Database, bots: Nursery, due_papers: Path, tmp_path: Path) -> AsyncIterator[Torment]:
    async with torment(drawn, bots, folder=tmp_path, size=CHATS, content=due_papers, rate=RATE) as opened:
        yield opened


def file_of(scene: Torment) -> str:
    return scene.database.url.removeprefix("sqlite:///")


async def end(scene: Torment, record: Callable[[str, object], None], what: str) -> None:
    verdict = judge(await rows_of(scene.database), scene.sandbox, reasons=(), wanted=scene.town.wishes)
    record(
        "torture",
        f"{what}: {len(scene.town.houses)} chats, {verdict.states[DeliveryState.SENT]} sent, "
        f"{verdict.doubts.total()} in doubt, {len(verdict.lost)} lost, {len(verdict.repeated)} repeated",
    )
    assert verdict.repeated == []
    assert verdict.lost == []
    assert verdict.states == {DeliveryState.SENT: len(scene.town.houses)}


async def test_a_database_that_is_locked_for_a_while_holds_everything_up_and_loses_nothing(
    scene: Torment, record_property: Callable[[str, object], None]
) -> None:
    life = await scene.bear()
    assert await scene.arrive(CHATS // 3, life, timeout_s=120)
    lock = sqlite3.connect(file_of(scene), timeout=10, isolation_level=None, check_same_thread=False)
    await asyncio.to_thread(lock.execute, "BEGIN EXCLUSIVE")
    before = scene.arrivals
    await scene.sandbox.wait(lambda: life.is_over, timeout_s=LOCKED_S)
    assert not life.is_over
    assert scene.arrivals - before <= in_flight_at(RATE)  # nothing leaves that is not written down
    lock.execute("ROLLBACK")
    lock.close()
    await scene.until_done(life)
    assert await life.stop() == 0
    await scene.rest()
    await end(scene, record_property, f"locked for {LOCKED_S} s")


async def test_a_disk_that_is_full_for_a_while_holds_everything_up_and_loses_nothing(
    scene: Torment, record_property: Callable[[str, object], None]
) -> None:
    life = await scene.bear()
    assert await scene.arrive(CHATS // 3, life, timeout_s=120)
    usual = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (4096, usual[1]))  # no file can be written behind that
    before = scene.arrivals
    await scene.sandbox.wait(lambda: life.is_over, timeout_s=FULL_S)
    assert not life.is_over
    assert scene.arrivals - before <= in_flight_at(RATE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, usual)
    await scene.until_done(life)
    assert await life.stop() == 0
    await scene.rest()
    await end(scene, record_property, f"full for {FULL_S} s")
