"""Of all processes one does something for as long as it lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import lease
from bot.chat.lease import LEASE, Lease
from bot.errors import StoreBusy
from bot.store import turns
from bot.store.database import Database
from bot.store.tables import turn
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.waiting import until


class Worker:
    """Counts how often it was let in, and says whether it is in."""

    def __init__(self) -> None:
        self.times, self.is_in = 0, False

    async def work(self) -> None:
        self.times, self.is_in = self.times + 1, True
        try:
            await asyncio.Event().wait()
        finally:
            self.is_in = False


@asynccontextmanager
async def holding(database: Database, worker: Worker) -> AsyncIterator[None]:
    """Work whenever the lease is there."""

    async def hold() -> None:
        held = Lease(database, "the watch")
        while True:
            await held.hold(worker.work)

    task = asyncio.create_task(hold())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_LOOK_AGAIN_S", 0.02)
    monkeypatch.setattr(lease, "_RENEW_S", 0.02)


async def steal(database: Database) -> None:
    """Take it as somebody does who saw it run out."""
    async with database.writing() as conn:
        await conn.execute(turn.update().values(holder="a thief", busy_until=datetime.now(UTC) + LEASE))


async def test_one_works_and_the_next_begins_when_it_ends_cleanly(database: Database) -> None:
    first, second = Worker(), Worker()
    async with holding(database, first):
        await until(lambda: first.is_in)
        async with holding(database, second):
            assert not second.is_in
            await asyncio.sleep(0)
        assert second.times == 0
    async with holding(database, second):
        await until(lambda: second.is_in)
    assert not first.is_in


async def test_who_stands_by_takes_over(database: Database) -> None:
    first, second = Worker(), Worker()
    async with holding(database, second):
        await until(lambda: second.is_in)
        waiting = holding(database, first)
        await waiting.__aenter__()
    await until(lambda: first.is_in)
    assert not second.is_in
    await waiting.__aexit__(None, None, None)


async def test_who_has_lost_it_stops(database: Database) -> None:
    worker = Worker()
    async with holding(database, worker):
        await until(lambda: worker.is_in)
        await steal(database)
        await until(lambda: not worker.is_in)
        assert worker.times == 1


async def test_who_cannot_renew_it_for_so_long_that_others_may_have_it_stops(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE", timedelta(milliseconds=300))
    worker = Worker()
    async with holding(database, worker):
        await until(lambda: worker.is_in)
        with monkeypatch.context() as broken:
            broken.setattr(turns, "extend", _locked)
            await until(lambda: not worker.is_in)
        await until(lambda: worker.is_in)


async def test_who_cannot_renew_it_once_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    extended, refused = turns.extend, list[bool]()
    worker, renewed = Worker(), list[bool]()

    async def shaky(*args: object) -> bool:
        if not refused:
            refused.append(True)
            raise StoreBusy("for a moment")
        renewed.append(True)
        return await extended(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(turns, "extend", shaky)
    async with holding(database, worker):
        await until(lambda: bool(refused and renewed))
        assert worker.is_in
    assert worker.times == 1


async def _locked(*_: object) -> bool:
    raise StoreBusy("locked")
