"""The first minutes: /start, /help, deep links, groups, and words we do not know."""

import pytest

from bot.chat.messages.greetings import GROUP as GROUP_LINE
from bot.chat.messages.greetings import MENU
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Message
from bot.store import preferences, subscriptions
from bot.store.tables import chat
from tests.chat.conftest import Stage


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]


async def test_start_shows_the_newest_collage_at_once(stage: Stage) -> None:
    (hello,) = await stage.ask("/start")
    assert hello.media is not None
    assert "Ridge Rider" in hello.text
    assert hello.text.count(". ") + hello.text.endswith(".") == 2
    assert labels(hello) == ["Subscribe", "This month", "Search"]


async def test_start_in_a_group_is_one_line_and_no_picture(stage: Stage) -> None:
    (hello,) = await stage.ask("/start@collage_bot", chat_id=GROUP)
    assert hello.media is None
    assert hello.text == GROUP_LINE


async def test_the_buttons_of_the_first_message_lead_on(stage: Stage) -> None:
    await stage.ask("/start")
    await stage.press("This month")
    assert stage.sent()[-1].text.startswith("January 2022 · four papers")
    await stage.press("Search")
    assert labels(stage.sent()[-1])
    await stage.press("Subscribe")
    assert "Next: Monday 23 November, 09:00 UTC." in stage.sent()[-1].text


@pytest.mark.parametrize(
    ("payload", "answers", "begins"),
    [
        ("paper_27", 1, "ML-Collage 27 · ConViT"),
        ("month_2022-01", 6, "January 2022 · four papers"),
        ("saved", 1, "Your list is empty"),
        ("nothing_of_ours", 1, "Once a week"),
        ("paper_9999", 1, "There is no number"),
        ("month_2022-13", 1, "A year has twelve months"),
        ("entry_999999", 1, "That paper is not in the archive"),
        ("entry_2147483648", 1, "That paper is not in the archive"),
        ("entry_" + "9" * 20, 1, "That paper is not in the archive"),
        ("like_" + "9" * 50, 1, "That paper is not in the archive"),
        ("paper_" + "9" * 50, 1, "There is no number"),
        ("latest", 1, "ML-Collage 40"),
        ("this-month", 6, "January 2022 · four papers"),
        ("ask-search", 1, "Type what you are after"),
        ("slide_5", 1, "Best of arXiv · Can We"),
        ("full_5", 1, ""),
        ("settings", 1, "Settings of this chat"),
        ("like_5", 1, "Like "),
        ("read_5", 1, "Best of arXiv · Can We"),
    ],
)
async def test_a_deep_link_opens_what_it_names(stage: Stage, payload: str, answers: int, begins: str) -> None:
    heard = await stage.ask(f"/start {payload}", answers=answers)
    assert heard[-1].text.startswith(begins)


async def test_help_says_what_this_is_and_names_every_command(stage: Stage) -> None:
    (overview,) = await stage.ask("/help")
    assert overview.text.startswith("Once a week I bring one machine-learning paper")
    assert all(f"/{name}" in overview.text for name in MENU if name != "help")
    assert "month's papers" in overview.text


@pytest.mark.parametrize("command", ["/help", "/frobnicate@collage_bot"])
async def test_in_a_group_nobody_is_offered_a_list_that_opens_only_in_private(stage: Stage, command: str) -> None:
    (overview,) = await stage.ask(command, chat_id=GROUP)
    assert "/saved" not in overview.text
    assert "/random — a collage from the archive\n\n/search" in overview.text


@pytest.mark.parametrize("word", ["hi", "Hello!", "hey", "你好"])
async def test_a_greeting_is_answered_in_one_line_with_something_to_press(stage: Stage, word: str) -> None:
    (answer,) = await stage.ask(word)
    assert "\n" not in answer.text
    assert labels(answer) == ["Subscribe", "This month", "Search"]


async def test_thanks_are_accepted(stage: Stage) -> None:
    (answer,) = await stage.ask("Thank you!")
    assert answer.text.startswith("You are welcome.")
    assert labels(answer)


@pytest.mark.parametrize(
    ("word", "begins"),
    [
        ("help", "Once a week"),
        ("?", "Once a week"),
        ("start", "Once a week"),
        ("Latest", "ML-Collage 40"),
        ("random", ""),
        ("saved", "Your list is empty"),
        ("subscribe", "This chat gets one paper a week"),
        ("unsubscribe", "This chat is not subscribed"),
    ],
)
async def test_the_name_of_a_command_does_it_without_its_slash(stage: Stage, word: str, begins: str) -> None:
    (answer,) = await stage.ask(word)
    assert answer.text.startswith(begins)
    assert "I took that as a search" not in answer.text


async def test_an_unknown_command_is_answered_with_what_there_is(stage: Stage) -> None:
    (answer,) = await stage.ask("/frobnicate now")
    assert "/frobnicate" in answer.text
    assert "/search" in answer.text


async def test_in_a_group_a_command_of_another_bot_is_left_alone(stage: Stage) -> None:
    stage.sandbox.say("/frobnicate", chat_id=GROUP, user_id=NOOR)
    stage.sandbox.say("/frobnicate@other_bot", chat_id=GROUP, user_id=NOOR)
    stage.sandbox.say("what about transformers", chat_id=GROUP, user_id=NOOR)
    (answer,) = await stage.ask("/frobnicate@collage_bot", chat_id=GROUP)
    assert answer.text.startswith("I do not know")
    assert len(stage.sent(GROUP)) == 1


async def test_the_menu_is_registered_for_each_kind_of_chat(stage: Stage) -> None:
    bot = stage.application.bot
    assert [command.command for command in await bot.get_my_commands()] == list(MENU)
    assert "One machine-learning paper a week" in (await bot.get_my_description()).description
    assert (await bot.get_my_short_description()).short_description


async def test_being_added_to_a_group_is_answered_with_one_line(stage: Stage) -> None:
    stage.sandbox.set_membership(chat_id=GROUP, is_member=False)
    stage.sandbox.set_membership(chat_id=GROUP, is_member=True)
    assert await stage.sandbox.wait(lambda: bool(stage.sent(GROUP)))
    assert stage.sent(GROUP)[0].text == GROUP_LINE


async def test_a_group_that_lets_us_in_again_hears_when_the_next_one_comes(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=GROUP)
    stage.sandbox.set_membership(chat_id=GROUP, is_member=False)
    stage.sandbox.set_membership(chat_id=GROUP, is_member=True)
    assert await stage.sandbox.wait(lambda: len(stage.sent(GROUP)) == 2)
    assert stage.sent(GROUP)[1].text == "I am back. The next one comes Monday 23 November, 09:00 UTC."


async def test_the_admin_of_a_channel_hears_that_it_is_still_subscribed(stage: Stage) -> None:
    await stage.ask("/help")
    stage.sandbox.say("/subscribe", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: bool(stage.sandbox.delivered(CHANNEL)))
    stage.sandbox.set_membership(chat_id=CHANNEL, is_member=False)
    stage.sandbox.set_membership(chat_id=CHANNEL, is_member=True)
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 2)
    assert stage.sent()[1].text.startswith("I am back in ")
    assert stage.sent()[1].text.endswith("The next one comes Monday 23 November, 09:00 UTC.")


async def test_a_chat_that_blocks_us_is_gone_and_comes_back(stage: Stage) -> None:
    await stage.ask("/subscribe")
    stage.sandbox.set_membership(chat_id=ADA, is_member=False)
    await _until_gone(stage, gone=True)
    stage.sandbox.set_membership(chat_id=ADA, is_member=True)
    await _until_gone(stage, gone=False)


@pytest.mark.parametrize("heard", ["a word", "a press"])
async def test_whoever_writes_or_presses_in_private_has_us_again(stage: Stage, heard: str) -> None:
    await stage.ask("/subscribe")
    await _lose(stage, ADA)
    if heard == "a word":
        await stage.ask("/search convit")
    else:
        await stage.press("The newest one now")
    assert not await _is_gone(stage, ADA)


async def test_a_group_that_writes_has_us_again_and_an_old_button_says_nothing(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=GROUP)
    await _lose(stage, GROUP)
    await stage.press("The newest one now", chat_id=GROUP)
    assert await _is_gone(stage, GROUP)
    await stage.ask("/help@collage_bot", chat_id=GROUP)
    assert not await _is_gone(stage, GROUP)


async def _lose(stage: Stage, chat_id: int) -> None:
    async with stage.services.database.writing() as conn:
        await subscriptions.mark_gone(conn, chat_id, "not enough rights", stage.services.clock())


async def _is_gone(stage: Stage, chat_id: int) -> bool:
    async with stage.services.database.reading() as conn:
        return (await preferences.find(conn, chat_id)).is_gone


async def _until_gone(stage: Stage, *, gone: bool) -> None:
    for _ in range(200):
        async with stage.services.database.reading() as conn:
            row = (await conn.execute(chat.select().where(chat.c.id == ADA))).one()
        if (row.gone_at is not None) is gone:
            return
        await stage.sandbox.wait(lambda: False, timeout_s=0.02)
    pytest.fail(f"the chat should be {'gone' if gone else 'back'}")
