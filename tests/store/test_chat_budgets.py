from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.store import chat_budgets
from bot.store.chat_budgets import BURST, PER_MINUTE, Standing
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

READER, GROUP = 1001, -1001
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
asked = st.lists(st.tuples(st.floats(0, 30), st.integers(1, 10)), min_size=1, max_size=60)


def sent(chat_id: int, asking: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """When messages leave of which each is wanted so many seconds after the one before has left."""
    standing, now, left = Standing(), 1_000_000.0, []
    for pause, cost in asking:
        now = standing.allows_at(cost, now + pause)
        standing = standing.charged(chat_id, cost, now)
        left.append((now, cost))
    return left


@given(asked)
def test_a_group_never_gets_more_than_twenty_in_any_minute(asking: list[tuple[float, int]]) -> None:
    left = sent(GROUP, asking)
    for first, _ in left:
        assert sum(cost for at, cost in left if first <= at < first + 60) <= PER_MINUTE


@given(asked)
def test_nobody_gets_more_than_one_a_second_beyond_a_burst(asking: list[tuple[float, int]]) -> None:
    left = sent(READER, asking)
    for index, (first, _) in enumerate(left):
        for last, _ in left[index:]:
            assert sum(1 for at, _ in left if first <= at <= last) <= BURST + last - first + 1e-3


def test_an_album_and_its_text_come_at_once() -> None:
    assert [at for at, _ in sent(READER, [(0, 10), (0, 1), (0, 1), (0, 1)])] == [1_000_000.0] * 4


def test_what_a_wrong_clock_wrote_holds_nobody_back() -> None:
    assert Standing(arrival=2_000_000.0, lately=[[2_000_000.0, 20]]).allows_at(10, 1_000_000.0) == 1_000_000.0


async def test_what_chats_have_had_is_remembered_and_forgotten(database: Database) -> None:
    at = NOON.timestamp()
    kept = {READER: Standing().charged(READER, 3, at), GROUP: Standing().charged(GROUP, 5, at)}
    async with database.writing() as conn:
        await chat_budgets.keep(conn, kept)
        await chat_budgets.keep(conn, {READER: kept[READER].charged(READER, 1, at)})
        assert await chat_budgets.standings(conn, [READER, GROUP, 7]) == {
            READER: Standing(at + 2, []),
            GROUP: Standing(at + 1, [[at, 5]]),
        }
        await chat_budgets.prune(conn, NOON + timedelta(minutes=1))
        assert set(await chat_budgets.standings(conn, [READER, GROUP])) == {READER, GROUP}
        await chat_budgets.prune(conn, NOON + timedelta(minutes=10))
        assert await chat_budgets.standings(conn, [READER, GROUP]) == {}


def test_a_clock_that_was_ahead_neither_holds_a_chat_back_nor_frees_it_for_long() -> None:
    now = NOON.timestamp()
    standing = Standing(arrival=now + 3600)
    left = []
    for _ in range(10):
        at = standing.allows_at(1, now)
        standing = standing.charged(READER, 1, at)
        left.append(at - now)
    assert left == [max(0.0, number + 1.0 - BURST) for number in range(10)]
