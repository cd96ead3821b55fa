"""Channels: everybody reads, nobody can ask; their admins are spoken to in private."""

import pytest

from bot.model.address import Address
from bot.sandbox import ADA, CHANNEL, EMIL, Chat, Standing
from bot.store import subscriptions
from tests.chat.conftest import Stage
from tests.chat.desks import labels

NEW = -1001000000077


async def is_subscribed(stage: Stage, chat_id: int) -> bool:
    """Whether a channel gets anything."""
    async with stage.services.database.reading() as conn:
        return await subscriptions.find(conn, Address(chat_id)) is not None


async def enter(stage: Stage, *, rights: frozenset[str] = frozenset({"can_post_messages"})) -> None:
    """Let the bot into a new channel; Ada does it, and has talked to the bot before."""
    await stage.ask("/help")
    stage.sandbox.add_chat(Chat(NEW, "channel", "New channel", (ADA, EMIL)), bot=Standing("left"))
    before = len(stage.sent())
    stage.sandbox.promote(NEW, user_id=ADA, rights=rights)
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == before + 1)


async def test_the_admin_who_lets_us_in_is_asked_in_private_and_subscribes_with_a_press(stage: Stage) -> None:
    await enter(stage)
    assert stage.sent()[-1].text.startswith("I am in New channel now.")
    assert labels(stage.sent()[-1]) == ["Subscribe"]
    await stage.press("Subscribe")
    assert "The next one comes Monday 23 November, 09:00 UTC." in stage.sent()[-1].text
    assert await is_subscribed(stage, NEW)
    assert stage.sandbox.delivered(NEW) == ()


async def test_without_the_right_to_post_it_says_which_right_is_missing(stage: Stage) -> None:
    await enter(stage, rights=frozenset({"can_invite_users"}))
    assert "may not post there" in stage.sent()[-1].text
    await stage.press("Subscribe")
    assert not await is_subscribed(stage, NEW)
    stage.sandbox.promote(NEW, user_id=ADA)
    assert await stage.sandbox.wait(lambda: stage.sent()[-1].text.startswith("I am in New channel now. Subscribe"))


async def test_who_is_no_admin_of_the_channel_any_more_cannot_subscribe_it(stage: Stage) -> None:
    await enter(stage)
    stage.sandbox.stand(NEW, ADA, Standing("member"))
    await stage.press("Subscribe")
    assert stage.sent()[-1].text == "Only the admins of New channel can subscribe it."
    assert not await is_subscribed(stage, NEW)


async def test_who_takes_the_right_to_post_away_hears_that_nothing_is_lost(stage: Stage) -> None:
    await stage.ask("/help")
    stage.sandbox.say("/subscribe", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: bool(stage.sandbox.delivered(CHANNEL)))
    stage.sandbox.promote(CHANNEL, user_id=ADA, rights=frozenset({"can_invite_users"}))
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 2)
    assert stage.sent()[-1].text.startswith("I may not post in Paper channel any more. Nothing is lost")
    assert await is_subscribed(stage, CHANNEL)
    stage.sandbox.promote(CHANNEL, user_id=ADA)
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 3)
    assert stage.sent()[-1].text.startswith("I am back in Paper channel. The next one comes")


async def test_a_forged_press_for_a_channel_that_is_not_there_is_answered(stage: Stage) -> None:
    await stage.ask("/help")
    await stage.forge("1:channel:1009999999999")
    assert stage.sent()[-1].text.startswith("I am not in that channel any more.")


@pytest.mark.parametrize(
    "data",
    ["1:anew:ask:2103.10698", "1:channel:1009999999999", "1:turned:2103.10698:1:slide", "1:latest", "1:do:latest"],
)
async def test_no_reader_of_a_channel_can_make_us_post_or_change_a_post(stage: Stage, data: str) -> None:
    stage.sandbox.say("/subscribe", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: bool(stage.sandbox.delivered(CHANNEL)))
    before = stage.sandbox.transcript(CHANNEL)
    await stage.forge(data, chat_id=CHANNEL, user_id=EMIL)
    assert stage.sandbox.transcript(CHANNEL) == before


async def test_a_channel_can_be_forgotten_and_says_so(stage: Stage) -> None:
    stage.sandbox.say("/subscribe", chat_id=CHANNEL)
    stage.sandbox.say("/forget", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: len(stage.sandbox.delivered(CHANNEL)) == 2)
    await stage.press("Forget everything", chat_id=CHANNEL, user_id=ADA)
    assert stage.sandbox.transcript(CHANNEL)[-1].text.startswith("Forgotten.")
    assert not await is_subscribed(stage, CHANNEL)
