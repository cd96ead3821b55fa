"""Updates on their way from "written down" to "handled": once, in order, whatever stops or breaks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.chat import Services, books, build_application, intake, taking_in
from bot.chat.application import ChatApplication
from bot.chat.handlers.errands import Errands
from bot.chat.intake import Intake
from bot.chat.lease import LEASE
from bot.chat.updates import Json, as_incoming
from bot.errors import StoreBusy, StoreError, StoreReadOnly
from bot.sandbox import Sandbox, serve
from bot.store import incoming
from bot.store.database import Database
from bot.store.incoming import Taker
from bot.store.tables import incoming as rows
from tests.chat.conftest import TOKEN
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.waiting import until

ADA, EMIL, NOOR = 71, 72, 73
BOT = int(TOKEN.partition(":")[0])


def said(update_id: int, chat_id: int = ADA) -> Json:
    chat = {"id": chat_id, "type": "private", "first_name": "Somebody"}
    return {"update_id": update_id, "message": {"message_id": update_id, "date": 1, "chat": chat, "text": "hello"}}


@dataclass
class Handler:
    """Notes what it handles; some chats it keeps waiting."""

    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    breaks_at: int | None = None
    errand: Callable[[], Any] | None = None

    async def handle(self, update: Update, _: Any) -> None:
        self.begun.append(update.update_id)
        if self.errand is not None:
            Errands().start(update.update_id, self.errand)
        chat = update.effective_chat
        if chat and chat.id in self.gates:
            await self.gates[chat.id].wait()
        if update.update_id == self.breaks_at:
            raise LookupError("a fault of the handler")
        self.ended.append(update.update_id)
        raise ApplicationHandlerStop

    def close(self, chat_id: int = ADA) -> asyncio.Event:
        return self.gates.setdefault(chat_id, asyncio.Event())


@pytest.fixture
async def url() -> AsyncIterator[str]:
    sandbox = Sandbox(token=TOKEN, bot_name="Collagebot", bot_username="collage_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        yield url


Process = Callable[..., Any]


@pytest.fixture
def process(services: Services, url: str) -> Process:
    """Makes a process of the bot, with a handler of the test's in place of ours."""

    @asynccontextmanager
    async def running(handler: Handler, *, database: Database = services.database) -> AsyncIterator[Intake]:
        application: ChatApplication = build_application(TOKEN, api_url=url, services=services)
        application.add_handler(TypeHandler(Update, handler.handle), group=-1)
        async with application, taking_in(application, database) as taking:
            yield taking

    return running


async def waiting(database: Database) -> int:
    async with database.reading() as conn:
        return await incoming.count_waiting(conn, BOT)


async def leave_behind(database: Database, updates: Iterable[Json], *, ago: timedelta = timedelta(minutes=1)) -> None:
    """Store updates as a process does that dies before it handles them."""
    died = Taker(BOT, frozenset(), datetime.now(UTC) - ago, LEASE)
    async with database.writing() as conn:
        await incoming.store(conn, [as_incoming(one) for one in updates], died)


async def all_marked(database: Database) -> None:
    async def is_none_left() -> bool:
        return not await waiting(database)

    await until(is_none_left)


async def test_what_came_is_written_down_handled_once_and_marked(process: Process, services: Services) -> None:
    handler = Handler()
    gate = handler.close()
    async with process(handler) as taking:
        await taking.receive([said(1)])
        assert await waiting(services.database) == 1
        await taking.receive([said(1)])
        gate.set()
        await all_marked(services.database)
        await taking.receive([said(1)])
    assert handler.ended == [1]


async def test_in_a_chat_nobody_overtakes_and_other_chats_do_not_wait(process: Process) -> None:
    handler = Handler()
    gate = handler.close(ADA)
    async with process(handler) as taking:
        await taking.receive([said(1), said(2), said(3, EMIL)])
        await taking.receive([said(4), said(5, EMIL)])
        await until(lambda: handler.ended == [3, 5])
        assert handler.begun == [1, 3, 5]
        gate.set()
        await until(lambda: handler.ended == [3, 5, 1, 2, 4])


async def test_many_updates_go_into_few_transactions(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, opened = Handler(), list[bool]()
    writing = services.database.writing

    @asynccontextmanager
    async def counted(*, urgent: bool) -> AsyncIterator[AsyncConnection]:
        opened.append(urgent)
        async with writing(urgent=urgent) as conn:
            yield conn

    monkeypatch.setattr(services.database, "writing", counted)
    async with process(handler) as taking:
        await asyncio.gather(*(taking.receive([said(number, number)]) for number in range(1, 101)))
        await all_marked(services.database)
    assert len(handler.ended) == 100
    assert len(opened) < 20


async def test_a_handler_that_breaks_is_told_and_not_tried_again(
    process: Process, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler(breaks_at=1)
    async with process(handler) as taking:
        await taking.receive([said(1), said(2)])
        await all_marked(services.database)
    assert handler.ended == [2]
    assert "a fault of the handler" in caplog.text


async def test_an_update_that_cannot_be_understood_holds_nobody_up(
    process: Process, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler()
    async with process(handler) as taking:
        await taking.receive([{"update_id": 1, "message": {"message_id": "odd", "chat": {"id": ADA}}}, said(2)])
        await all_marked(services.database)
    assert handler.ended == [2]
    assert "update 1 could not be handled" in caplog.text


async def test_a_clean_stop_finishes_what_has_begun_and_gives_the_rest_back(
    process: Process, services: Services
) -> None:
    first, second = Handler(), Handler()
    gate = first.close()
    async with process(first) as taking:
        await taking.receive([said(1), said(2), said(3)])
        await until(lambda: first.begun == [1])
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert first.ended == [1]
    async with process(second):
        await until(lambda: second.ended == [2, 3])


async def test_who_takes_too_long_at_a_stop_is_cut_short_and_tried_again(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FINISH_S", 0.05)
    first, second = Handler(), Handler()
    first.close()
    async with process(first) as taking:
        await taking.receive([said(1), said(2)])
        await until(lambda: first.begun == [1])
    assert first.ended == []
    async with process(second):
        await until(lambda: second.ended == [1, 2])


async def test_what_a_dead_process_left_behind_is_taken_over_at_the_start_in_order(
    process: Process, services: Services
) -> None:
    await leave_behind(services.database, [said(1), said(2), said(3, EMIL)])
    handler = Handler()
    async with process(handler) as taking:
        await taking.receive([said(4)])
        await until(lambda: len(handler.ended) == 4)
    assert [number for number in handler.ended if number != 3] == [1, 2, 4]


async def test_what_a_process_left_behind_that_may_be_alive_is_taken_over_when_its_lease_runs_out(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_LOOK_S", 0.05)
    await leave_behind(services.database, [said(1)], ago=LEASE - timedelta(seconds=1))
    handler = Handler()
    async with process(handler) as taking:
        await taking.receive([said(2, EMIL)])
        await until(lambda: handler.ended == [2])
        await until(lambda: handler.ended == [2, 1])


async def test_who_lives_renews_what_it_holds(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_LOOK_S", 0.05)
    handler = Handler()
    gate = handler.close()

    async def lease() -> datetime:
        async with services.database.reading() as conn:
            newest = select(func.max(rows.c.lease_until))
            found: datetime = (await conn.execute(newest)).scalar_one()
            return found

    async with process(handler) as taking:
        await taking.receive([said(1)])
        before = await lease()

        async def is_renewed() -> bool:
            return await lease() > before

        await until(is_renewed)
        gate.set()


async def test_what_cannot_be_written_down_is_refused_and_not_handled(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(books, "_TRY_AGAIN_S", 0.01)
    handler = Handler()
    async with process(handler) as taking:
        with monkeypatch.context() as broken:
            broken.setattr(services.database, "writing", refusing(StoreReadOnly("It may not be written.")))
            for _ in range(5):
                with pytest.raises(StoreError, match="may not be written"):
                    await taking.receive([said(1)])
        assert handler.begun == []
        await taking.receive([said(1)])
        await until(lambda: handler.ended == [1])
    told = [record for record in caplog.records if "cannot be written down" in record.getMessage()]
    assert [record.levelno for record in told] == [logging.WARNING]


async def test_what_was_handled_while_the_database_was_locked_is_marked_later(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_TRY_AGAIN_S", 0.01)
    handler, refused = Handler(), list[bool]()
    gate = handler.close()
    async with process(handler) as taking:
        await taking.receive([said(1)])
        with monkeypatch.context() as broken:
            broken.setattr(services.database, "writing", refusing(StoreBusy("It is locked."), refused))
            gate.set()
            await until(lambda: len(refused) > 3)
        await all_marked(services.database)
    assert handler.ended == [1]


async def test_when_too_many_chats_are_in_hand_who_brings_more_waits(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_MOST_IN_HAND", 2)
    handler = Handler()
    gates = [handler.close(chat_id) for chat_id in (ADA, EMIL)]
    async with process(handler) as taking:
        await taking.receive([said(1), said(2, EMIL)])
        third = asyncio.create_task(taking.receive([said(3, NOOR)]))
        await until(lambda: handler.begun == [1, 2])
        assert not third.done()
        assert await waiting(services.database) == 2
        for gate in gates:
            gate.set()
        await third
        await until(lambda: 3 in handler.ended)


async def test_one_chat_that_says_very_much_keeps_nobody_else_waiting(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_LOOK_SOON_S", 0.01)
    handler = Handler()
    gate = handler.close(ADA)
    async with process(handler) as taking:
        for first in range(1, 601, 100):
            await taking.receive([said(number) for number in range(first, first + 100)])
        await taking.receive([said(number, number) for number in range(1000, 1600)])
        await until(lambda: len(handler.ended) == 600)
        await until(lambda: len(taking._under_way) == incoming.MOST_OF_ONE_CHAT)
        gate.set()
        await all_marked(services.database)
    assert handler.ended[600:] == list(range(1, 601))


async def test_what_was_begun_and_cut_short_at_two_stops_is_given_up(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "FINISH_S", 0.05)
    for number in range(2):
        handler = Handler()
        handler.close()
        async with process(handler) as taking:
            await taking.receive([said(1), said(2)] if number == 0 else [])
            await until(lambda: handler.begun == [1])  # noqa: B023
    last = Handler()
    async with process(last):
        await until(lambda: last.ended == [2])
        await all_marked(services.database)
    assert "given up" in caplog.text


async def test_an_update_is_marked_when_all_that_it_asked_for_is_done(process: Process, services: Services) -> None:
    drawn, handler = asyncio.Event(), Handler()
    handler.errand = drawn.wait
    async with process(handler) as taking:
        await taking.receive([said(1)])
        await until(lambda: handler.ended == [1])
        handler.errand = None
        await taking.receive([said(2)])

        async def is_the_first_left() -> bool:
            async with services.database.reading() as conn:
                left = await conn.execute(select(rows.c.update_id).where(rows.c.handled_at.is_(None)))
                return handler.ended == [1, 2] and list(left.scalars()) == [1]

        await until(is_the_first_left)  # the next one of the chat does not wait for what is drawn
        drawn.set()
        await all_marked(services.database)


async def test_whoever_else_takes_updates_in_does_not_wait_for_what_is_drawn_here(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, drawn = Handler(), Handler(), asyncio.Event()
    first.errand = drawn.wait
    async with process(first) as here, process(second) as there:
        await here.receive([said(1)])

        async def is_out_of_line() -> bool:
            async with services.database.reading() as conn:
                return (await conn.execute(select(rows.c.chat_id))).scalar_one() is None

        await until(is_out_of_line)
        await there.receive([said(2)])
        await until(lambda: second.ended == [2])
        drawn.set()
        await all_marked(services.database)


async def test_a_clean_stop_does_not_wait_for_what_is_drawn_nor_is_it_tried_again(
    process: Process, services: Services
) -> None:
    """Whoever draws is told to stop, and tells it to whoever asked."""
    drawn, handler = asyncio.Event(), Handler()
    handler.errand = drawn.wait
    async with process(handler) as taking:
        await taking.receive([said(1)])
        await until(lambda: handler.ended == [1])
    assert await waiting(services.database) == 0
    drawn.set()


async def test_what_is_drawn_when_a_process_dies_is_begun_again_by_the_next(
    process: Process, services: Services
) -> None:
    drawn, first, second = asyncio.Event(), Handler(), Handler()
    first.errand = drawn.wait
    async with process(first) as taking:
        await taking.receive([said(1)])
        await until(lambda: first.ended == [1])
        async with services.database.writing() as conn:  # as if it were long ago that anybody heard of it
            await conn.execute(rows.update().values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))
        async with process(second):
            await until(lambda: second.ended == [1])
        drawn.set()


class Outage:
    """Keeps a process from its database."""

    def __init__(self, database: Database, patch: pytest.MonkeyPatch, *, hangs: bool) -> None:
        self._ways = {"reading": database.reading, "writing": database.writing}
        self._is_over, self._hangs, self.tries = asyncio.Event(), hangs, 0
        for name in self._ways:
            patch.setattr(database, name, partial(self._way, name))

    @asynccontextmanager
    async def _way(self, name: str, **more: bool) -> AsyncIterator[AsyncConnection]:
        self.tries += 1
        if self._hangs:
            await self._is_over.wait()
        elif not self._is_over.is_set():
            raise StoreError("The server does not answer.")
        async with self._ways[name](**more) as conn:
            yield conn

    def end(self) -> None:
        self._is_over.set()
        self.tries = 0


@pytest.mark.parametrize("hangs", [False, True])
async def test_after_an_outage_longer_than_a_lease_nobody_is_taken_for_dead_who_lives(
    process: Process, services: Services, monkeypatch: pytest.MonkeyPatch, *, hangs: bool
) -> None:
    monkeypatch.setattr(books, "LEASE", timedelta(seconds=3))
    for name, seconds in (("_LOOK_S", 0.05), ("_LATE_S", 0.5), ("_TRY_AGAIN_S", 0.05)):
        monkeypatch.setattr(books, name, seconds)
    other = Database(services.database.url)
    first, second, third = Handler(), Handler(), Handler()
    gate = first.close()

    async def is_over() -> bool:
        async with third_way.reading() as conn:
            until_then: datetime = (await conn.execute(select(func.max(rows.c.lease_until)))).scalar_one()
            return until_then < datetime.now(UTC)

    third_way = Database(services.database.url)
    async with process(first) as here, process(second, database=other):
        await here.receive([said(1), said(2)])
        await until(lambda: first.begun == [1])
        outages = [Outage(database, monkeypatch, hangs=hangs) for database in (other, services.database)]
        await until(is_over)
        outages[0].end()
        await until(lambda: outages[0].tries > 5)
        assert second.begun == []
        outages[1].end()
        await until(lambda: outages[1].tries > 5)
        gate.set()
        await until(lambda: first.ended == [1, 2])
        await all_marked(third_way)
    assert second.begun == []
    async with process(third, database=third_way):  # who is dead in earnest is succeeded all the same
        await leave_behind(third_way, [said(3)])
        await until(lambda: third.ended == [3])
    await other.close()
    await third_way.close()


async def test_of_two_processes_that_hear_the_same_each_update_is_handled_by_one(
    process: Process, services: Services
) -> None:
    first, second = Handler(), Handler()
    updates = [said(number, number % 7) for number in range(1, 61)]
    async with process(first) as here, process(second) as there:
        for one in updates:
            await asyncio.gather(here.receive([one]), there.receive([one]))
        await all_marked(services.database)
    assert sorted(first.ended + second.ended) == list(range(1, 61))


async def test_over_two_processes_nobody_overtakes_in_a_chat(process: Process, services: Services) -> None:
    first, second = Handler(), Handler()
    gate = first.close()
    async with process(first) as here, process(second) as there:
        await here.receive([said(1)])
        await there.receive([said(2), said(3, EMIL)])
        await there.receive([said(4)])
        await until(lambda: second.ended == [3])
        assert first.begun == [1]
        gate.set()
        await all_marked(services.database)
    assert first.ended + second.ended in ([1, 3, 2, 4], [1, 2, 4, 3], [1, 2, 3, 4])


def refusing(error: StoreError, refused: list[bool] | None = None) -> Callable[..., Any]:
    """Stands in for a database that cannot be written."""

    @asynccontextmanager
    async def writing(**_: bool) -> AsyncIterator[AsyncConnection]:
        if refused is not None:
            refused.append(True)
        raise error
        yield

    return writing
