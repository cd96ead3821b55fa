"""/subscribe and /unsubscribe: what a chat gets, when, by whose word, and back again."""

import asyncio

import pytest

from bot.chat.messages.wishes import ADMINS_ONLY, ALREADY, ENDED, FOLLOWED, RESTORED
from bot.model.address import Address
from bot.model.subscription import Moment, Subscription
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR
from bot.sandbox.faults import rejected
from bot.store import subscriptions
from tests.chat.conftest import Stage


async def wish(stage: Stage, address: Address) -> Subscription | None:
    """What the database knows of a chat's wish."""
    async with stage.services.database.reading() as conn:
        return await subscriptions.find(conn, address)


async def test_subscribing_says_when_the_next_pick_comes(stage: Stage) -> None:
    (answer,) = await stage.ask("/subscribe")
    assert answer.text.endswith("Next: Monday 23 November, 09:00 UTC.")
    assert await wish(stage, Address(ADA))


async def test_subscribing_again_changes_nothing_and_says_so(stage: Stage) -> None:
    await stage.ask("/subscribe")
    before = await wish(stage, Address(ADA))
    (answer,) = await stage.ask("/subscribe")
    assert answer.text.startswith(ALREADY)
    assert await wish(stage, Address(ADA)) == before


async def test_a_chat_may_have_its_own_moment(stage: Stage) -> None:
    (answer,) = await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    assert answer.text.endswith("Next: Friday 20 November, 18:00 Berlin time.")
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.moment == Moment(4, 18, 0, "Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fri 25:00", "I cannot read “25:00” as a day, a time or a time zone."),
        ("someday", "I cannot read “someday”"),
        ("fri", "I need a day and a time."),
        ("fri sat 18:00", "One day and one time are enough: the paper comes once a week. “sat” is one too many."),
        ("fri 18:00 <b>Atlantis</b>", "I cannot read “<b>Atlantis</b>”"),
    ],
)
async def test_a_moment_that_cannot_be_read_is_answered_with_an_example(stage: Stage, words: str, said: str) -> None:
    (answer,) = await stage.ask(f"/subscribe {words}")
    assert answer.text.startswith(said)
    assert "/subscribe fri 18:00 Europe/Berlin" in answer.text
    assert await wish(stage, Address(ADA)) is None


async def test_an_own_time_is_shown_and_can_be_given_up(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    (answer,) = await stage.ask("/subscribe")
    assert answer.text.split("\n") == [
        ALREADY,
        "Your own time: Fridays 18:00 Berlin time.",
        "Next: Friday 20 November, 18:00 Berlin time.",
    ]
    assert [button.text for row in answer.keyboard for button in row] == [
        "The newest one now",
        "Mondays 09:00 UTC",
        "Unsubscribe",
    ]
    await stage.press("Mondays 09:00 UTC")
    changed = stage.sent()[-1]
    assert changed.message_id == answer.message_id
    assert changed.text == f"{FOLLOWED}\nNext: Monday 23 November, 09:00 UTC."
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.moment is None


async def test_who_follows_the_series_is_offered_no_way_back_to_it(stage: Stage) -> None:
    await stage.ask("/subscribe")
    (answer,) = await stage.ask("/subscribe")
    assert [button.text for row in answer.keyboard for button in row] == ["The newest one now", "Unsubscribe"]


async def test_a_subscription_is_ended_by_its_button_and_brought_back(stage: Stage) -> None:
    await stage.ask("/subscribe")
    await stage.ask("/subscribe")
    await stage.press("Unsubscribe")
    assert stage.sent()[-1].text == ENDED
    assert await wish(stage, Address(ADA)) is None
    await stage.press("Undo")
    assert await wish(stage, Address(ADA))


async def test_a_subscribed_chat_that_mistypes_is_told_that_nothing_changed(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    (answer,) = await stage.ask("/subscribe someday")
    assert answer.text.endswith("Nothing has changed: the weekly paper comes Fridays 18:00 Berlin time.")
    labels = [button.text for row in answer.keyboard for button in row]
    assert labels == ["Mondays 09:00 UTC", "The newest one now"]


async def test_in_a_group_only_admins_give_up_its_time(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00", chat_id=GROUP, user_id=ADA)
    await stage.ask("/subscribe", chat_id=GROUP, user_id=ADA)
    before = await wish(stage, Address(GROUP))
    for label in ("Mondays 09:00 UTC", "Unsubscribe"):
        assert (await stage.press(label, chat_id=GROUP, user_id=NOOR)).text == ADMINS_ONLY
    assert await wish(stage, Address(GROUP)) == before


async def test_the_current_pick_is_one_press_away(stage: Stage) -> None:
    await stage.ask("/subscribe")
    await stage.press("The newest one now")
    assert stage.sent()[-1].text.startswith("ML-Collage 40")


async def test_undo_brings_back_the_very_same_wish(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    before = await wish(stage, Address(ADA))
    (ended,) = await stage.ask("/unsubscribe")
    assert ended.text == ENDED
    assert await wish(stage, Address(ADA)) is None
    await asyncio.gather(stage.press("Undo"), stage.press("Undo"))
    assert await wish(stage, Address(ADA)) == before
    assert stage.sent()[-1].text.startswith(RESTORED)
    assert len(stage.sent()) == 2


async def test_ending_what_never_began_is_said(stage: Stage) -> None:
    (answer,) = await stage.ask("/unsubscribe")
    assert answer.text.startswith("This chat is not subscribed")


async def test_pressing_subscribe_twice_at_once_subscribes_once(stage: Stage) -> None:
    await stage.ask("/start")
    await asyncio.gather(stage.press("Subscribe"), stage.press("Subscribe"))
    assert len(stage.sent()) == 2
    assert await wish(stage, Address(ADA))


async def test_a_topic_is_subscribed_for_itself(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    (answer,) = await stage.ask("/subscribe", chat_id=GROUP, thread_id=thread)
    assert answer.thread_id == thread
    assert await wish(stage, Address(GROUP, thread))
    assert await wish(stage, Address(GROUP)) is None


async def test_in_a_group_only_admins_decide(stage: Stage) -> None:
    (refused,) = await stage.ask("/subscribe", chat_id=GROUP, user_id=NOOR)
    assert refused.text == ADMINS_ONLY
    assert await wish(stage, Address(GROUP)) is None
    await stage.ask("/subscribe", chat_id=GROUP, user_id=ADA)
    assert await wish(stage, Address(GROUP))
    await stage.ask("/unsubscribe", chat_id=GROUP, user_id=ADA)
    toast = await stage.press("Undo", chat_id=GROUP, user_id=NOOR)
    assert (toast.text, toast.is_alert) == (ADMINS_ONLY, True)
    assert await wish(stage, Address(GROUP)) is None


async def test_a_group_that_names_no_admins_lets_everybody_decide(stage: Stage) -> None:
    stage.sandbox.faults.add(rejected("member list is inaccessible"), method="getChatAdministrators")
    await stage.ask("/subscribe", chat_id=GROUP, user_id=NOOR)
    assert await wish(stage, Address(GROUP))


async def test_a_channel_is_subscribed_by_a_post_of_its_own(stage: Stage) -> None:
    stage.sandbox.say("/subscribe", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: bool(stage.sandbox.delivered(CHANNEL)))
    assert await wish(stage, Address(CHANNEL))


async def test_a_group_that_moves_keeps_its_wish(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=GROUP)
    before = await wish(stage, Address(GROUP))
    assert before is not None
    old = {"id": GROUP, "type": "group", "title": "Reading group"}
    new = {"id": -1009, "type": "supergroup", "title": "Reading group"}
    # Telegram tells it from both sides.
    await stage.receive({"message": {"message_id": 1, "date": 1, "chat": old, "migrate_to_chat_id": -1009}})
    await stage.receive({"message": {"message_id": 1, "date": 1, "chat": new, "migrate_from_chat_id": GROUP}})
    after = await wish(stage, Address(-1009))
    assert after is not None
    assert after.since == before.since
    assert await wish(stage, Address(GROUP)) is None
