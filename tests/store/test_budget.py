"""The send budget: what it promises of any second, whatever leaves."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import budget
from bot.store.budget import MOST, _Line
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ALBUMS = st.integers(min_value=1, max_value=10)


def leaving(costs: list[int], rate: float) -> list[tuple[float, int]]:
    line = _Line(0.0)
    return [(line.take(cost, rate), cost) for cost in costs]


def most_in_a_second(left: list[tuple[float, int]]) -> int:
    return max(sum(cost for at, cost in left if first <= at < first + 1) for first, _ in left)


@given(st.lists(ALBUMS, min_size=1, max_size=80))
def test_never_more_than_thirty_in_any_second_whatever_leaves(costs: list[int]) -> None:
    assert most_in_a_second(leaving(costs, 28)) <= MOST


@given(st.lists(st.tuples(ALBUMS, st.floats(0, 1 / 28)), min_size=1, max_size=80))
def test_nor_when_each_leaves_a_little_too_late(asked: list[tuple[int, float]]) -> None:
    left = leaving([cost for cost, _ in asked], 28)
    late = [(at + delay, cost) for (at, cost), (_, delay) in zip(left, asked, strict=True)]
    assert most_in_a_second(late) <= MOST


@pytest.mark.parametrize("cost", range(1, 11))
def test_albums_of_one_size_leave_nearly_as_fast_as_single_messages(cost: int) -> None:
    left = leaving([cost] * 300, 28)
    assert 300 * cost / left[-1][0] >= (27.9 if cost == 1 else 22)


def test_what_is_paid_for_keeps_its_distance() -> None:
    left = leaving([1] * 2000, 1000)
    assert all(after - before == pytest.approx(0.001, abs=1e-6) for (before, _), (after, _) in pairwise(left))


async def test_every_process_sees_what_has_left(database: Database) -> None:
    async with database.writing() as conn:
        await budget.reserve(conn, [1] * 28, rate=28, now=NOW)
    async with database.writing() as conn:
        (album,) = await budget.reserve(conn, [10], rate=28, now=NOW)
    assert album > NOW + timedelta(seconds=1.2)  # when eight of them have been gone for a second


async def test_a_clock_that_was_ahead_holds_nobody_back(database: Database) -> None:
    async with database.writing() as conn:
        await budget.reserve(conn, [10], rate=28, now=NOW + timedelta(hours=2))
        assert await budget.reserve(conn, [10], rate=28, now=NOW) == [NOW]
        assert await budget.free_at(conn, NOW) < NOW + timedelta(seconds=1)
