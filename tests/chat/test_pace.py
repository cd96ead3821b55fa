"""The pace of everything that is sent. Laws about how many leave within a second hold on a slow machine, too."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.chat.pace import Pace, reserved
from bot.chat.transport import Unsent
from bot.errors import StoreBusy
from bot.store import budget
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

RATE = 28
LIMIT = 30
READER, GROUP = 1001, -1001


def clock() -> datetime:
    return datetime.now(UTC)


class Line:
    """Takes requests in place of the server, and remembers when."""

    def __init__(self) -> None:
        self.instants: list[float] = []

    async def take(self) -> bool:
        self.instants.append(asyncio.get_running_loop().time())
        return True

    def most_within_a_second(self, weights: int = 1) -> int:
        return max(sum(weights for it in self.instants if first <= it < first + 1) for first in self.instants)


def asking(
    pace: Pace, take: Callable[[], Awaitable[Any]], *, chat_id: int = READER, method: str = "sendMessage", **data: Any
) -> Awaitable[Any]:
    return pace.process_request(take, (), {}, method, {"chat_id": chat_id, **data}, None)  # type: ignore[arg-type]


async def test_never_more_than_thirty_leave_in_any_second(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    await asyncio.gather(*(asking(pace, line.take, chat_id=READER + number) for number in range(60)))
    assert len(line.instants) == 60
    assert line.most_within_a_second() <= LIMIT


async def test_two_processes_share_the_pace(database_url: str) -> None:
    ours, theirs, line = Database(database_url), Database(database_url), Line()
    paces = [Pace(each, rate=RATE, clock=clock) for each in (ours, theirs)]
    waiting = [asking(paces[number % 2], line.take, chat_id=READER + number) for number in range(60)]
    await asyncio.gather(*waiting)
    for each in (ours, theirs):
        await each.close()
    assert line.most_within_a_second() <= LIMIT


async def test_an_album_takes_as_many_places_as_it_has_pictures(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    media = ["a picture"] * 10
    albums = (
        asking(pace, line.take, chat_id=READER + number, method="sendMediaGroup", media=media) for number in range(6)
    )
    await asyncio.gather(*albums)
    assert line.most_within_a_second(weights=10) <= LIMIT


@pytest.mark.parametrize("method", ["answerCallbackQuery", "sendChatAction", "getMe", "setMyCommands", "deleteMessage"])
async def test_what_shows_nothing_in_a_chat_does_not_wait(database: Database, method: str) -> None:
    pace, line = Pace(database, rate=0.001, clock=clock), Line()
    await asyncio.gather(*(asking(pace, line.take, method=method) for _ in range(20)))
    assert len(line.instants) == 20


async def test_what_has_its_instant_takes_no_other_one(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    with reserved(clock()):
        await asking(pace, line.take)
    async with database.reading() as conn:
        assert await budget.free_at(conn, clock()) <= clock()


async def test_what_comes_too_late_for_its_instant_takes_another_one(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    now = clock()
    with reserved(now - timedelta(seconds=1)):
        await asking(pace, line.take)
    async with database.reading() as conn:
        assert await budget.free_at(conn, now) > now


async def test_an_edition_waits_until_everybody_who_asked_is_answered(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    now = clock()
    await asyncio.gather(*(asking(pace, line.take, chat_id=READER + number) for number in range(5)))
    async with database.writing() as conn:
        (after,) = await budget.reserve(conn, [1], rate=RATE, now=now)
    assert after >= now + timedelta(seconds=5 / RATE) - timedelta(milliseconds=1)


async def test_whoever_asks_is_answered_though_the_database_is_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_args: object, **_kwargs: object) -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr(budget, "reserve", locked)
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    await asyncio.gather(*(asking(pace, line.take, chat_id=READER + number) for number in range(35)))
    assert len(line.instants) == 35
    assert line.most_within_a_second() <= LIMIT


async def test_whoever_asks_is_answered_though_somebody_writes_for_long(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    async with database.writing():
        await asking(pace, line.take)
    assert len(line.instants) == 1
    await pace.shutdown()


async def test_a_flood_ban_rests_everybody(database: Database) -> None:
    async def banned() -> None:
        raise RetryAfter(7)

    pace, now = Pace(database, rate=0, clock=clock), clock()
    with pytest.raises(RetryAfter):
        await asking(pace, banned)
    async with database.reading() as conn:
        assert await budget.free_at(conn, now) >= now + timedelta(seconds=7)


async def test_a_flood_ban_that_does_not_say_how_long_rests_everybody_for_a_while(database: Database) -> None:
    async def banned() -> None:
        raise NetworkError("Too Many Requests (429)")

    pace, now = Pace(database, rate=0, clock=clock), clock()
    with pytest.raises(NetworkError):
        await asking(pace, banned)
    async with database.reading() as conn:
        assert await budget.free_at(conn, now) >= now + timedelta(seconds=4)


async def test_a_clock_that_is_set_back_holds_up_nobody_who_has_an_instant(database: Database) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    with reserved(clock() + timedelta(hours=1)):
        async with asyncio.timeout(60):
            await asking(pace, line.take)
    assert len(line.instants) == 1


@pytest.mark.parametrize("rate", [0, RATE])
async def test_what_was_held_up_for_long_does_not_leave_at_all(database: Database, rate: float) -> None:
    pace, line = Pace(database, rate=rate, clock=clock), Line()
    with reserved(clock() - timedelta(minutes=1)), pytest.raises(Unsent):
        await asking(pace, line.take)
    assert line.instants == []


@pytest.mark.parametrize("pictures", [2, 6, 9])
async def test_albums_of_every_size_keep_the_limit(database: Database, pictures: int) -> None:
    pace, line = Pace(database, rate=RATE, clock=clock), Line()
    media = ["a picture"] * pictures
    albums = (
        asking(pace, line.take, chat_id=READER + number, method="sendMediaGroup", media=media)
        for number in range(60 // pictures)
    )
    await asyncio.gather(*albums)
    assert line.most_within_a_second(weights=pictures) <= LIMIT


async def test_without_a_limit_nothing_waits_and_nothing_is_written(database: Database) -> None:
    pace, line = Pace(database, rate=0, clock=clock), Line()
    async with database.writing():  # whoever wanted to write would wait in vain
        await asyncio.gather(*(asking(pace, line.take) for _ in range(100)))
    assert len(line.instants) == 100


async def test_a_group_that_has_had_twenty_in_a_minute_waits_while_others_do_not(database: Database) -> None:
    pace, line, now = Pace(database, rate=1000, clock=clock), Line(), clock()
    await asking(pace, line.take, chat_id=GROUP, method="sendMediaGroup", media=["a picture"] * 10)
    await asking(pace, line.take, chat_id=GROUP, method="sendMediaGroup", media=["a picture"] * 2)
    album = asking(pace, line.take, chat_id=GROUP, method="sendMediaGroup", media=["a picture"] * 9)
    twenty_first = asyncio.ensure_future(album)
    await asking(pace, line.take, chat_id=READER)
    assert not twenty_first.done()
    assert len(line.instants) == 3
    assert clock() < now + timedelta(seconds=60)
    twenty_first.cancel()
    await pace.shutdown()
