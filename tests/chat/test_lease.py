"""Of all processes one does something for as long as it lives."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

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


async def test_one_works_and_the_next_begins_when_it_ends_cleanly(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    first, second, looks = Worker(), Worker(), list[datetime]()
    next_turn = turns.next_turn

    async def counted(*args: Any, now: datetime, **more: Any) -> datetime:
        looks.append(now)
        return await next_turn(*args, now=now, **more)

    async with holding(database, first):
        await until(lambda: first.is_in)
        monkeypatch.setattr(turns, "next_turn", counted)
        async with holding(database, second):
            await until(lambda: "stands by" in caplog.text and len(looks) > 5)
            assert first.is_in
        assert (first.times, second.times) == (1, 0)
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


class Odd(Exception):
    """What nobody has thought of: SQLAlchemy's, with a code of the driver's that is on no list of ours."""


@pytest.mark.parametrize("broken", ["next_turn", "claim"])
async def test_whatever_the_database_says_it_is_tried_again(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    working, refused = getattr(turns, broken), list[bool]()

    async def odd(*args: Any, **more: Any) -> Any:
        if len(refused) < 3:
            refused.append(True)
            raise Odd("26999")
        return await working(*args, **more)

    monkeypatch.setattr(turns, broken, odd)
    worker = Worker()
    async with holding(database, worker):
        await until(lambda: worker.is_in)
    assert caplog.text.count("the watch: cannot begin: 26999") == 3


async def test_whatever_the_database_says_while_it_is_renewed_it_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    extended, refused, renewed = turns.extend, list[bool](), list[bool]()

    async def odd(*args: Any) -> bool:
        if not refused:
            refused.append(True)
            raise Odd("26999")
        renewed.append(True)
        return await extended(*args)

    monkeypatch.setattr(turns, "extend", odd)
    worker = Worker()
    async with holding(database, worker):
        await until(lambda: bool(renewed))
        assert (worker.is_in, worker.times) == (True, 1)
    assert "not renewed; the next try may come in time: 26999" in caplog.text


async def test_when_it_cannot_be_given_back_whoever_stops_stops_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(*_: object) -> bool:
        raise Odd("26999")

    worker = Worker()
    async with holding(database, worker):
        await until(lambda: worker.is_in)
        monkeypatch.setattr(turns, "release", odd)
    assert not worker.is_in
    assert "others may begin in 15 s: 26999" in caplog.text


@pytest.mark.parametrize("end", [Odd("it broke"), asyncio.CancelledError(), None])
async def test_work_that_ends_by_itself_is_told_and_begun_anew(
    database: Database, caplog: pytest.LogCaptureFixture, end: BaseException | None
) -> None:
    begun = list[bool]()
    worker = Worker()

    async def work() -> None:
        begun.append(True)
        if len(begun) < 3:
            if end:
                raise end
            return
        await Worker.work(worker)

    worker.work = work  # type: ignore[method-assign]
    async with holding(database, worker):
        await until(lambda: worker.is_in)
    assert caplog.text.count("it ended by itself, and begins anew") == 2


async def _locked(*_: object) -> bool:
    raise StoreBusy("locked")
