import asyncio
from itertools import pairwise

import pytest

from bot.sources.fetching.pace import LocalPace


async def test_the_next_turn_begins_no_sooner_than_the_pace_says() -> None:
    pace = LocalPace(0.05)
    began = []
    for _ in range(3):
        async with pace.turn():
            began.append(asyncio.get_running_loop().time())
    assert all(later - earlier >= 0.049 for earlier, later in pairwise(began))


async def test_one_at_a_time_has_the_turn() -> None:
    pace = LocalPace(0)
    inside = most = 0

    async def take() -> None:
        nonlocal inside, most
        async with pace.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(take() for _ in range(10)))
    assert most == 1


async def test_a_turn_ends_when_its_block_fails() -> None:
    pace = LocalPace(0)
    with pytest.raises(ZeroDivisionError):
        async with pace.turn():
            raise ZeroDivisionError
    async with asyncio.timeout(5), pace.turn():
        pass
