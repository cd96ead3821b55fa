"""Groups: who may do what, privacy, topics, and groups that move."""

from dataclasses import replace

import pytest

from bot.chat.messages.greetings import GROUP as GROUP_LINE
from bot.chat.messages.wishes import ADMINS_ONLY
from bot.model.address import Address
from bot.sandbox import ADA, BASIC, EMIL, FORUM, GROUP, NOOR, PAPERS, RANDOM
from bot.sandbox.faults import Fault, bad_gateway, flooded
from bot.store import preferences, subscriptions
from tests.chat.conftest import Stage
from tests.chat.desks import labels


async def wish_of(stage: Stage, address: Address) -> bool:
    """Whether an address gets anything."""
    async with stage.services.database.reading() as conn:
        return await subscriptions.find(conn, address) is not None


@pytest.mark.parametrize("is_silent", [False, True], ids=["told", "by-error-only"])
async def test_a_group_that_became_a_supergroup_is_answered_and_keeps_its_wish(stage: Stage, is_silent: bool) -> None:
    await stage.ask("/subscribe", chat_id=BASIC, user_id=ADA)
    new = stage.sandbox.migrate(BASIC, is_silent=is_silent)
    (answer,) = await stage.ask("/latest", chat_id=new, user_id=ADA)
    assert answer.media is not None
    if is_silent:
        return  # the first delivery finds out
    assert (await wish_of(stage, Address(new)), await wish_of(stage, Address(BASIC))) == (True, False)


async def test_a_command_that_meets_the_move_is_answered_where_the_group_is_now(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=BASIC, user_id=ADA)
    new = stage.sandbox.migrate(BASIC, is_silent=True)
    said = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": BASIC, "type": "group", "title": "Study circle"},
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "text": "/topics",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }
    await stage.receive({"message": said})
    assert stage.sent(new)[-1].text.startswith("Topics · ")
    assert await wish_of(stage, Address(new))


async def test_every_answer_stays_in_its_topic(stage: Stage) -> None:
    for thread_id in (0, PAPERS, RANDOM):
        for words in ("/latest", "/search networks", "/topics", "/settings", "/paper 999"):
            (answer,) = await stage.ask(words, chat_id=FORUM, user_id=ADA, thread_id=thread_id)
            assert answer.thread_id == thread_id, words
    await stage.press("1", chat_id=FORUM, user_id=ADA)
    assert stage.sent(FORUM)[-1].thread_id == RANDOM


async def test_topics_of_a_forum_have_wishes_of_their_own(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=FORUM, user_id=EMIL, thread_id=PAPERS)
    there, general = Address(FORUM, PAPERS), Address(FORUM)
    assert (await wish_of(stage, there), await wish_of(stage, general)) == (True, False)


async def test_whoever_lets_us_into_a_group_has_chosen_its_language(stage: Stage) -> None:
    stage.sandbox.set_membership(chat_id=GROUP, is_member=False)
    stage.sandbox.stand(GROUP, NOOR, stage.sandbox.standing(GROUP, ADA))
    stage.sandbox.set_membership(chat_id=GROUP, is_member=True, user_id=NOOR)
    assert await stage.sandbox.wait(lambda: bool(stage.sent(GROUP)))
    assert stage.sent(GROUP)[0].text != GROUP_LINE
    (answer,) = await stage.ask("/help", chat_id=GROUP, user_id=ADA)
    assert labels(answer)[0] != "Subscribe"
    async with stage.services.database.reading() as conn:
        assert (await preferences.find(conn, GROUP)).language == "zh"


async def test_in_a_group_nothing_is_answered_that_was_not_said_to_us(stage: Stage) -> None:
    stage.sandbox.promote(GROUP)  # now we hear everything
    for words in ("hello", "convit", "2022-01", "/nothing", "/latest@another_bot", "thanks"):
        stage.sandbox.say(words, chat_id=GROUP, user_id=NOOR)
    (answer,) = await stage.ask("/latest@collage_bot", chat_id=GROUP, user_id=ADA)
    assert stage.sent(GROUP) == [answer]


async def test_what_a_channel_forwards_by_itself_into_its_group_is_not_a_command_to_us(stage: Stage) -> None:
    forwarded = {
        "message_id": 901,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup", "title": "Reading group"},
        "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        "sender_chat": {"id": -1001000000002, "type": "channel", "title": "Paper channel"},
        "is_automatic_forward": True,
        "text": "/subscribe",
        "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
    }
    await stage.receive({"message": forwarded})
    assert stage.sent(GROUP) == []
    assert not await wish_of(stage, Address(GROUP))


@pytest.mark.parametrize("fault", [bad_gateway("before"), flooded(30)], ids=["bad-gateway", "flooded"])
async def test_while_nobody_can_say_who_the_admins_are_nobody_decides(stage: Stage, fault: Fault) -> None:
    await stage.ask("/subscribe", chat_id=GROUP, user_id=ADA)
    await stage.ask("/forget", chat_id=GROUP, user_id=ADA)
    stage.sandbox.faults.add(fault, method="getChatAdministrators", times=2)
    stage.sandbox.set_language(NOOR, "en")
    assert (await stage.press("Forget everything", chat_id=GROUP, user_id=NOOR)).text == ADMINS_ONLY
    assert await wish_of(stage, Address(GROUP))


async def test_a_list_that_an_anonymous_admin_asked_for_can_be_turned(stage: Stage) -> None:
    stage.sandbox.stand(GROUP, ADA, replace(stage.sandbox.standing(GROUP, ADA), is_anonymous=True))
    await stage.ask("/search networks", chat_id=GROUP, user_id=ADA)
    assert (await stage.press("›", chat_id=GROUP, user_id=ADA)).text == ""


async def test_a_button_too_old_to_say_in_which_topic_it_stands_changes_nothing(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=FORUM, user_id=ADA)
    old = {"message_id": 5, "date": 0, "chat": {"id": FORUM, "type": "supergroup", "title": "Forum", "is_forum": True}}
    press = {
        "id": "1",
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
        "chat_instance": "1",
        "data": "1:do:unsubscribe",
        "message": old,
    }
    await stage.receive({"callback_query": press})
    assert await wish_of(stage, Address(FORUM))


@pytest.mark.parametrize("blank", ["\u3000", "\t", "\u00a0", "\n"])
async def test_any_blank_parts_a_command_from_its_words(stage: Stage, blank: str) -> None:
    (answer,) = await stage.ask(f"/search{blank}bootstrapped meta")
    assert answer.text.startswith("bootstrapped meta · ")
