"""The leaves of /settings: topics, pause, language, sound; pressed or typed, in every kind of chat."""

from dataclasses import replace
from datetime import date

import pytest

from bot.chat.messages.settings import ADMINS_ONLY
from bot.chat.services import Services
from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.model.subscription import Subscription
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Message
from bot.store import preferences, subscriptions
from tests.chat.conftest import Stage, on_stage

NEW_YEAR = date(2027, 1, 1)
OURS = Address(ADA)


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]


def lines(message: Message) -> list[str]:
    """What the message says, line by line."""
    return [line for line in message.text.split("\n") if line]


async def wish(stage: Stage, address: Address = OURS) -> Subscription:
    """What a chat wishes for."""
    async with stage.services.database.reading() as conn:
        found = await subscriptions.find(conn, address)
    assert found is not None
    return found


async def open_settings(stage: Stage, *presses: str, chat_id: int = ADA) -> Message:
    """The settings of a chat that is subscribed, after some presses."""
    await stage.ask("/subscribe", chat_id=chat_id)
    await stage.ask("/settings", chat_id=chat_id)
    for label in presses:
        await stage.press(label, chat_id=chat_id)
    return stage.sent(chat_id)[-1]


async def test_a_chat_to_which_nothing_comes_has_nothing_to_pause(stage: Stage) -> None:
    (shown,) = await stage.ask("/settings")
    assert not {"Topics: all", "Quiet", "Pause"} & set(labels(shown))


async def test_quiet_is_switched_in_place(stage: Stage) -> None:
    shown = await open_settings(stage, "Quiet")
    assert "Everything comes without a sound." in lines(shown)
    assert "Quiet ✓" in labels(shown)
    assert (await wish(stage)).quiet
    await stage.press("Quiet ✓")
    assert "Quiet" in labels(stage.sent()[-1])
    assert not (await wish(stage)).quiet
    assert len(stage.sent()) == 2


@pytest.mark.parametrize(
    ("label", "until"),
    [("1 week", date(2026, 11, 27)), ("1 month", date(2026, 12, 20)), ("Until 1 January", NEW_YEAR)],
)
async def test_a_pause_is_one_press_and_taken_back_by_another(stage: Stage, label: str, until: date) -> None:
    shown = await open_settings(stage, "Pause", label)
    assert (await wish(stage)).paused_until == until
    said = f"{until.day} {until:%B}"
    assert f"Paused: nothing comes before {said}." in lines(shown)
    assert f"Paused until {said}" in labels(shown)
    (leaf,) = await stage.ask("/settings pause")
    assert f"Paused: nothing comes before {said}." in lines(leaf)
    await stage.press("Resume")
    assert "Paused" not in stage.sent()[-1].text
    assert (await wish(stage)).paused_until is None


async def test_what_comes_next_comes_after_the_pause(stage: Stage) -> None:
    shown = await open_settings(stage, "Pause", "Until 1 January")
    assert [line for line in lines(shown) if "January" in line] == [
        "Paused: nothing comes before 1 January.",
        "Next: Monday 4 January, 09:00 UTC.",
        "Roundups: Sunday 31 January, 18:00 UTC.",
    ]


async def test_a_pause_that_is_over_is_not_spoken_of(stage: Stage) -> None:
    await open_settings(stage)
    async with stage.services.database.writing() as conn:
        await subscriptions.change(conn, replace(await wish(stage), paused_until=date(2026, 11, 20)))
    (shown,) = await stage.ask("/settings")
    assert "Paused" not in shown.text
    assert "Pause" in labels(shown)


async def test_an_old_button_pauses_until_no_day_that_is_over(stage: Stage) -> None:
    await open_settings(stage)
    await stage.forge("1:until:2026-11-20")
    assert (await wish(stage)).paused_until is None


async def test_who_subscribes_in_a_pause_is_told_of_it_and_may_end_it(stage: Stage) -> None:
    await open_settings(stage, "Pause", "Until 1 January")
    (answer,) = await stage.ask("/subscribe")
    assert lines(answer)[1:] == ["Paused: nothing comes before 1 January.", "Next: Monday 4 January, 09:00 UTC."]
    await stage.press("Resume")
    assert (await wish(stage)).paused_until is None
    assert "Next: Monday 23 November, 09:00 UTC." in lines(stage.sent()[-1])


async def test_subscribing_anew_ends_the_pause(stage: Stage) -> None:
    await open_settings(stage, "Pause", "Until 1 January")
    await stage.ask("/unsubscribe")
    (answer,) = await stage.ask("/subscribe")
    assert lines(answer)[-1] == "Next: Monday 23 November, 09:00 UTC."


async def test_topics_are_switched_one_by_one_the_largest_first(stage: Stage) -> None:
    shown = await open_settings(stage, "Topics: all")
    counted = await stage.services.library.topics()
    first, second = (topic for topic, _ in counted[:2])
    assert labels(shown)[:3] == ["All ✓", first.name, second.name]
    await stage.press(first.name)
    await stage.press(second.name)
    assert labels(stage.sent()[-1])[:3] == ["All", f"{first.name} ✓", f"{second.name} ✓"]
    assert (await wish(stage)).topics == (first.slug, second.slug)
    await stage.press("‹ Back")
    whole = stage.sent()[-1]
    assert f"Of the weekly papers only those on {first.name} and {second.name}." in lines(whole)
    assert "Next, at the earliest: Monday 23 November, 09:00 UTC." in lines(whole)
    assert "Topics: 2" in labels(whole)
    await stage.ask("/settings topics")
    await stage.press("All")
    assert (await wish(stage)).topics == ()
    assert labels(stage.sent()[-1])[0] == "All ✓"


async def test_giving_up_the_last_topic_means_all_of_them(stage: Stage) -> None:
    shown = await open_settings(stage, "Topics: all")
    name = labels(shown)[1]
    await stage.press(name)
    await stage.press(f"{name} ✓")
    assert labels(stage.sent()[-1])[0] == "All ✓"


async def test_every_topic_is_on_one_of_the_pages_and_a_press_stays_on_its_page(stage: Stage) -> None:
    shown, seen = await open_settings(stage, "Topics: all"), []
    while True:
        seen += labels(shown)[1 : labels(shown).index("‹ Back")]
        if "›" not in labels(shown):
            break
        await stage.press("›")
        shown = stage.sent()[-1]
    assert {topic.name for topic, _ in await stage.services.library.topics()} <= set(seen)
    await stage.press(labels(shown)[1])
    assert labels(stage.sent()[-1])[1] == f"{labels(shown)[1]} ✓"


async def test_many_topics_are_counted(stage: Stage) -> None:
    shown = await open_settings(stage, "Topics: all")
    for name in labels(shown)[1:5]:
        await stage.press(name)
    await stage.press("‹ Back")
    assert "Of the weekly papers only those on 4 topics." in lines(stage.sent()[-1])


async def test_a_forged_topic_is_none(stage: Stage) -> None:
    await open_settings(stage)
    await stage.forge("1:topic:no-such-topic:99")
    assert (await wish(stage)).topics == ()
    assert "All ✓" in labels(stage.sent()[-1])


async def test_the_language_is_chosen_in_place_and_spoken_at_once(stage: Stage) -> None:
    (shown,) = await stage.ask("/settings")
    await stage.press("Language: English")
    assert labels(stage.sent()[-1]) == ["Like Telegram ✓", "English", "中文", "‹ Back"]
    await stage.press("中文")
    assert any(label.endswith("中文") for label in labels(stage.sent()[-1]))
    assert stage.sent()[-1].message_id == shown.message_id
    async with stage.services.database.reading() as conn:
        assert (await preferences.find(conn, ADA)).chosen == "zh"
    await stage.forge("1:speak:")
    assert "Language: English" in labels(stage.sent()[-1])
    async with stage.services.database.reading() as conn:
        assert (await preferences.find(conn, ADA)).chosen is None


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("pause until 1 january", NEW_YEAR),
        ("Pause 2 weeks", date(2026, 12, 4)),
        ("暂停到1月1日", NEW_YEAR),
        ("until jan 1", NEW_YEAR),
    ],
)
async def test_a_pause_can_be_typed(stage: Stage, words: str, until: date) -> None:
    await stage.ask("/subscribe")
    (shown,) = await stage.ask(f"/settings {words}")
    assert (await wish(stage)).paused_until == until
    assert "Paused: nothing comes before" in shown.text
    await stage.ask("/settings resume")
    assert (await wish(stage)).paused_until is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("pause until someday", "I cannot read “until someday” as a day."),
        ("pause 5 years", "A pause ends within a year."),
        ("frobnicate <b>", "I cannot read “frobnicate <b>” as a setting"),
    ],
)
async def test_what_cannot_be_read_is_said_and_the_buttons_are_there(stage: Stage, words: str, said: str) -> None:
    await stage.ask("/subscribe")
    (answer,) = await stage.ask(f"/settings {words}")
    assert answer.text.startswith(said)
    assert answer.keyboard


@pytest.mark.parametrize(
    ("words", "language"), [("中文", "zh"), ("zh-CN", "zh"), ("language chinese", "zh"), ("EN", "en")]
)
async def test_a_language_can_be_typed(stage: Stage, words: str, language: str) -> None:
    await stage.ask(f"/settings {words}")
    async with stage.services.database.reading() as conn:
        assert (await preferences.find(conn, ADA)).chosen == language


async def test_a_language_that_we_do_not_speak_leads_to_those_we_do(stage: Stage) -> None:
    (answer,) = await stage.ask("/settings de")
    assert {"English", "中文"} < set(labels(answer))


@pytest.mark.parametrize(
    "label", ["Quiet", "Pause", "Topics: all", "Language: English", "ML-Collage weekly ✓", "Dark", "Slide"]
)
async def test_in_a_group_only_admins_press_and_everybody_looks(stage: Stage, label: str) -> None:
    before = await open_settings(stage, chat_id=GROUP)
    toast = await stage.press(label, chat_id=GROUP, user_id=NOOR)
    assert (toast.text, toast.is_alert) == (ADMINS_ONLY, True)
    assert stage.sent(GROUP)[-1] == before
    (looked,) = await stage.ask("/settings", chat_id=GROUP, user_id=NOOR)
    assert looked.text == before.text


async def test_in_a_group_only_admins_set_what_they_type(stage: Stage) -> None:
    await open_settings(stage, chat_id=GROUP)
    (refused,) = await stage.ask("/settings pause 2 weeks", chat_id=GROUP, user_id=NOOR)
    assert refused.text == ADMINS_ONLY
    assert (await wish(stage, Address(GROUP))).paused_until is None
    await stage.ask("/settings pause 2 weeks", chat_id=GROUP, user_id=ADA)
    assert (await wish(stage, Address(GROUP))).paused_until == date(2026, 12, 4)


async def test_a_topic_pauses_for_itself(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    await stage.ask("/subscribe", chat_id=GROUP)
    await stage.ask("/subscribe", chat_id=GROUP, thread_id=thread)
    await stage.ask("/settings pause 2 weeks", chat_id=GROUP, thread_id=thread)
    await stage.ask("/settings quiet", chat_id=GROUP, thread_id=thread)
    assert (await wish(stage, Address(GROUP, thread))).paused_until == date(2026, 12, 4)
    assert (await wish(stage, Address(GROUP, thread))).quiet
    assert (await wish(stage, Address(GROUP))) == replace(
        await wish(stage, Address(GROUP)), paused_until=None, quiet=False
    )


async def test_a_channel_is_paused_by_a_post_and_by_its_admins(stage: Stage) -> None:
    for text in ("/subscribe", "/settings pause 2 weeks"):
        posts = len(stage.sandbox.delivered(CHANNEL))
        stage.sandbox.say(text, chat_id=CHANNEL)
        assert await stage.sandbox.wait(lambda: len(stage.sandbox.delivered(CHANNEL)) > posts)  # noqa: B023
    assert (await wish(stage, Address(CHANNEL))).paused_until == date(2026, 12, 4)
    await stage.forge("1:switch:resume", chat_id=CHANNEL, user_id=NOOR)
    assert (await wish(stage, Address(CHANNEL))).paused_until == date(2026, 12, 4)
    await stage.forge("1:switch:resume", chat_id=CHANNEL, user_id=ADA)
    assert (await wish(stage, Address(CHANNEL))).paused_until is None


async def test_more_than_two_series_have_a_leaf_of_their_own(services: Services) -> None:
    third = Series("third", "Third", "", "UTC", "tue 09:00", None)
    async with on_stage(replace(services, series=(*services.series, third))) as stage:
        shown = await open_settings(stage, "Series: 4 of 4")
        assert labels(shown) == [
            "ML-Collage weekly ✓",
            "ML-Collage roundup ✓",
            "Third weekly ✓",
            "Best of arXiv roundup ✓",
            "‹ Back",
        ]
        await stage.press("ML-Collage weekly ✓")
        assert labels(stage.sent()[-1])[0] == "ML-Collage weekly"
        assert "Next of Third: Tuesday 24 November, 09:00 UTC." in lines(stage.sent()[-1])
        await stage.press("‹ Back")
        assert "Series: 3 of 4" in labels(stage.sent()[-1])


async def test_the_only_series_need_not_be_named(services: Services) -> None:
    only = tuple(one for one in services.series if one.slug == "ml-collage")
    async with on_stage(replace(services, series=only)) as stage:
        shown = await open_settings(stage)
        assert {"Weekly ✓", "Roundup ✓"} < set(labels(shown))
        assert "Roundup: Monday 30 November, 18:00 UTC." in lines(shown)
        await stage.press("Weekly ✓")
        assert (await wish(stage)).declined == {("ml-collage", EditionKind.WEEKLY)}
