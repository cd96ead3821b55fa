"""How long requests may take, and when a refusal of our token is believed."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.chat.requests import REFUSALS_TO_BELIEVE, PollingRequest, sending_request
from bot.sandbox import Sandbox, serve
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import refused

TOKEN = "123456:sandbox-of-the-requests"


@pytest.fixture
async def sandbox() -> AsyncIterator[tuple[Sandbox, str]]:
    """A sandbox and its address."""
    box = Sandbox(token=TOKEN, bot_name="Table", bot_username="table_bot")
    async with serve(box.app, before_stop=box.close) as url:
        yield box, url


async def test_a_refused_token_is_believed_once_and_only_many_times_in_a_row(sandbox: tuple[Sandbox, str]) -> None:
    box, url = sandbox
    told: list[bool] = []
    polling = PollingRequest(url, on_refused=lambda: told.append(True))
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=sending_request(url), get_updates_request=polling)
    async with bot:
        await _refuse(box, bot, REFUSALS_TO_BELIEVE - 1)
        await bot.get_updates()
        await _refuse(box, bot, REFUSALS_TO_BELIEVE - 1)
        assert told == []
        await _refuse(box, bot, 5)
    assert told == [True]


async def _refuse(box: Sandbox, bot: Bot, times: int) -> None:
    box.faults.add(refused(Refusal(401, "Unauthorized")), method="getUpdates", times=times)
    for _ in range(times):
        with pytest.raises(NetworkError, match="refuses our token"):
            await bot.get_updates()


def test_an_answer_is_waited_for_long_enough_for_a_flood_to_be_told() -> None:
    # A server that counts floods answers after 3 s; who stops waiting before does not know what became of the message.
    assert (sending_request("http://127.0.0.1").read_timeout or 0) > 3
