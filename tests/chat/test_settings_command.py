"""/settings: how a chat wants its pictures and what comes to it, changed in place, honoured everywhere."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.chat.messages.settings import ADMINS_ONLY
from bot.chat.messages.wishes import NOTHING, NOW, ROUNDUP_ONLY, WEEKLY_ONLY
from bot.chat.messenger import WeeklyPart
from bot.model.address import Address
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.entry import Entry
from bot.model.subscription import Moment, Subscription
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Message
from bot.store import preferences, subscriptions
from tests.chat.conftest import Stage, sketch, sketch_cover

PICK, ROUNDUP = ("ml-collage", EditionKind.WEEKLY), ("ml-collage", EditionKind.ROUNDUP)
OTHERS = ("best-of-arxiv", EditionKind.ROUNDUP)
DARK_SLIDE = Appearance(Canvas.SLIDE, Theme.DARK)


def rows(message: Message) -> list[list[str]]:
    """What stands on the buttons."""
    return [[button.text for button in row] for row in message.keyboard]


def looks(entry: Entry, wanted: Appearance) -> str:
    """The digest of the collage of an entry that looks like that."""
    drawn = sketch(entry, wanted.canvas, language="en", theme=wanted.theme, files={})
    return sha256(drawn.jpeg).hexdigest()


def cover_looks(entries: Sequence[Entry], wanted: Appearance) -> str:
    """The digest of the cover of some entries that looks like that."""
    drawn = sketch_cover("", entries, wanted.canvas, theme=wanted.theme, language="en", files={})
    return sha256(drawn.jpeg).hexdigest()


async def set_to(stage: Stage, wanted: Appearance, chat_id: int = ADA) -> None:
    """Let a chat have chosen."""
    async with stage.services.database.writing() as conn:
        await subscriptions.see_chat(conn, chat_id, kind="private", title="", now=stage.services.clock())
        await preferences.keep(conn, chat_id, wanted)


async def wish(stage: Stage, address: Address) -> Subscription | None:
    """What the database knows of a chat's wish."""
    async with stage.services.database.reading() as conn:
        return await subscriptions.find(conn, address)


async def chosen(stage: Stage, chat_id: int) -> Appearance:
    """What the database knows of how a chat wants its pictures."""
    async with stage.services.database.reading() as conn:
        return (await preferences.find(conn, chat_id)).appearance


async def convit(stage: Stage) -> Entry:
    """Number 27."""
    return (await stage.services.library.find("27"))[0]


async def test_a_new_chat_sees_what_everybody_has(stage: Stage) -> None:
    (shown,) = await stage.ask("/settings")
    assert shown.text.split("\n\n") == [
        "Settings of this chat",
        "Pictures come upright, to be read on a phone, in light colours.",
        NOTHING,
    ]
    assert rows(shown) == [
        ["Portrait ✓", "Slide"],
        ["Light ✓", "Dark"],
        ["ML-Collage weekly", "ML-Collage roundup"],
        ["Best of arXiv roundup"],
        ["Language: English"],
        ["The newest one now"],
    ]


async def test_a_subscribed_chat_sees_when_the_next_one_comes_in_its_own_time(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    (shown,) = await stage.ask("/settings")
    what, when = shown.text.split("\n\n")[-2:]
    assert what == NOW
    assert when.split("\n") == [
        "Your own time: Fridays 18:00 Berlin time.",
        "Next: Friday 20 November, 18:00 Berlin time.",
        "Roundups: Tuesday 1 December, 18:00 Berlin time.",
        "Another time: /subscribe fri 18:00 Europe/Berlin",
    ]
    assert rows(shown)[2:] == [
        ["ML-Collage weekly ✓", "ML-Collage roundup ✓"],
        ["Best of arXiv roundup ✓"],
        ["Topics: all", "Quiet"],
        ["Pause", "Language: English"],
        ["The newest one now"],
    ]


async def test_shape_and_theme_are_changed_in_place_and_each_keeps_the_other(stage: Stage) -> None:
    (shown,) = await stage.ask("/settings")
    await stage.press("Slide")
    await stage.press("Dark")
    (changed,) = stage.sent()
    assert changed.message_id == shown.message_id
    assert "Pictures come as slides, for wide screens, in dark colours." in changed.text
    assert rows(changed)[:2] == [["Portrait", "Slide ✓"], ["Light", "Dark ✓"]]
    assert await chosen(stage, ADA) == DARK_SLIDE
    await stage.press("Portrait")
    assert await chosen(stage, ADA) == Appearance(Canvas.PORTRAIT, Theme.DARK)


async def test_pressing_what_is_chosen_already_changes_nothing(stage: Stage) -> None:
    (shown,) = await stage.ask("/settings")
    toast = await stage.press("Portrait ✓")
    assert (toast.text, stage.sent()) == ("", [shown])


async def test_what_comes_is_switched_one_by_one_and_the_next_of_each_is_named(stage: Stage) -> None:
    await stage.ask("/settings")
    monday, end = "Monday 23 November, 09:00 UTC.", "Monday 30 November, 18:00 UTC."
    for label, says, when in (
        ("ML-Collage weekly", WEEKLY_ONLY, [f"Next: {monday}"]),
        ("ML-Collage roundup", NOW, [f"Next: {monday}", f"Roundup of ML-Collage: {end}"]),
        ("Best of arXiv roundup", NOW, [f"Next: {monday}", f"Roundups: {end}"]),
        ("ML-Collage weekly ✓", ROUNDUP_ONLY, [f"Roundups: {end}"]),
        ("ML-Collage roundup ✓", ROUNDUP_ONLY, [f"Roundup of Best of arXiv: {end}"]),
    ):
        await stage.press(label)
        what, said = stage.sent()[-1].text.split("\n\n")[-2:]
        assert (what, [line for line in said.split("\n") if not line.startswith("Another time")]) == (says, when)
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.declined == {PICK, ROUNDUP}
    await stage.press("Best of arXiv roundup ✓")
    assert stage.sent()[-1].text.endswith(NOTHING)
    assert await wish(stage, Address(ADA)) is None
    assert len(stage.sent()) == 1


async def test_what_was_ended_comes_back_at_the_chat_s_own_time(stage: Stage) -> None:
    await stage.ask("/subscribe fri 18:00 Europe/Berlin")
    await stage.ask("/unsubscribe")
    await stage.ask("/settings")
    await stage.press("ML-Collage weekly")
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.declined == {ROUNDUP, OTHERS}
    assert found.moment == Moment(4, 18, 0, "Europe/Berlin")


async def test_subscribing_brings_the_weekly_paper_back_and_says_what_comes(stage: Stage) -> None:
    await stage.ask("/subscribe")
    await stage.ask("/settings")
    await stage.press("ML-Collage weekly ✓")
    (answer,) = await stage.ask("/subscribe")
    assert answer.text == f"{NOW}\nNext: Monday 23 November, 09:00 UTC."
    await stage.ask("/settings")
    await stage.press("ML-Collage roundup ✓")
    (answer,) = await stage.ask("/subscribe fri 18:00")
    assert "From now on the weekly paper comes at your own time." in answer.text
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.declined == {ROUNDUP}


async def test_who_gave_up_the_weekly_paper_is_promised_the_roundup(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=GROUP)
    await stage.ask("/settings", chat_id=GROUP)
    await stage.press("ML-Collage weekly ✓", chat_id=GROUP)
    stage.sandbox.set_membership(chat_id=GROUP, is_member=False)
    stage.sandbox.set_membership(chat_id=GROUP, is_member=True)
    back = "I am back. The next one comes Monday 30 November, 18:00 UTC."
    assert await stage.sandbox.wait(lambda: stage.sent(GROUP)[-1].text == back), stage.sent(GROUP)[-1].text


@pytest.mark.parametrize(
    ("data", "declined"),
    [("1:stop:roundup", {ROUNDUP, OTHERS}), ("1:stop:weekly", {PICK}), ("1:want:weekly", set())],
)
async def test_buttons_of_earlier_versions_mean_every_series(
    stage: Stage, data: str, declined: set[tuple[str, EditionKind]]
) -> None:
    await stage.ask("/subscribe")
    await stage.forge(data)
    found = await wish(stage, Address(ADA))
    assert found is not None
    assert found.declined == declined


@pytest.mark.parametrize("label", ["Slide", "Dark", "ML-Collage weekly", "Best of arXiv roundup"])
async def test_in_a_group_only_admins_change_anything(stage: Stage, label: str) -> None:
    (before,) = await stage.ask("/settings", chat_id=GROUP, user_id=NOOR)
    toast = await stage.press(label, chat_id=GROUP, user_id=NOOR)
    assert (toast.text, toast.is_alert) == (ADMINS_ONLY, True)
    assert stage.sent(GROUP) == [before]
    await stage.press(label, chat_id=GROUP, user_id=ADA)
    assert f"{label} ✓" in [text for row in rows(stage.sent(GROUP)[0]) for text in row]


async def test_a_channel_is_set_by_its_admins_and_not_by_its_readers(stage: Stage) -> None:
    stage.sandbox.say("/settings", chat_id=CHANNEL)
    assert await stage.sandbox.wait(lambda: bool(stage.sandbox.delivered(CHANNEL)))
    await stage.forge("1:theme:dark", chat_id=CHANNEL, user_id=NOOR)
    assert await chosen(stage, CHANNEL) == Appearance()
    await stage.press("Dark", chat_id=CHANNEL, user_id=ADA)
    assert await chosen(stage, CHANNEL) == Appearance(theme=Theme.DARK)


async def test_a_topic_has_wishes_of_its_own_and_the_looks_of_its_chat(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    await stage.ask("/settings", chat_id=GROUP, thread_id=thread)
    await stage.press("ML-Collage weekly", chat_id=GROUP)
    await stage.press("Dark", chat_id=GROUP)
    assert await wish(stage, Address(GROUP, thread))
    assert await wish(stage, Address(GROUP)) is None
    assert await chosen(stage, GROUP) == Appearance(theme=Theme.DARK)


@pytest.mark.parametrize("command", ["/start", "/latest", "/paper 40", "ridge rider", "/start entry_{id}"])
async def test_every_single_picture_looks_as_the_chat_wants_it(stage: Stage, command: str) -> None:
    await set_to(stage, DARK_SLIDE)
    newest = await stage.services.library.latest()
    answers = await stage.ask(command.format(id=newest.id))
    if answers[-1].media is None:  # a list of what was found
        await stage.press("1")
    assert stage.sandbox.delivered(ADA)[-1].digest == looks(newest, DARK_SLIDE)


async def test_a_chat_that_gets_slides_is_offered_the_portrait_in_the_same_colours(stage: Stage) -> None:
    await set_to(stage, DARK_SLIDE)
    entry = await convit(stage)
    (collage,) = await stage.ask("/paper 27")
    assert rows(collage)[0][0] == "Portrait"
    slide = collage.media
    await stage.press("Portrait")
    (turned,) = stage.sent()
    assert turned.media is not None
    assert turned.media != slide
    assert rows(turned)[0][0] == "Slide"
    await set_to(stage, Appearance(Canvas.PORTRAIT, Theme.DARK))
    (upright,) = await stage.ask("/paper 27")
    assert upright.media == turned.media
    assert stage.sandbox.delivered(ADA)[-1].digest == looks(entry, Appearance(theme=Theme.DARK))


async def test_a_month_looks_as_the_chat_wants_it_from_the_cover_on(stage: Stage) -> None:
    await set_to(stage, DARK_SLIDE)
    await stage.ask("/month 2022-01", answers=6)
    found = await stage.services.library.find("37")
    january = await stage.services.library.month(found[0].month)  # type: ignore[arg-type]  # it has one
    digests = [one.digest for one in stage.sandbox.delivered(ADA) if one.album]
    assert digests == [cover_looks(january, DARK_SLIDE), *(looks(entry, DARK_SLIDE) for entry in january)]


async def test_a_broadcast_brings_each_chat_what_it_wants(stage: Stage) -> None:
    entry, wanted = await convit(stage), {ADA: DARK_SLIDE, NOOR: Appearance(), GROUP: Appearance(Canvas.SLIDE)}
    await set_to(stage, DARK_SLIDE, ADA)
    await set_to(stage, Appearance(Canvas.SLIDE), GROUP)
    stage.sandbox.mark_started(*(chat_id for chat_id in wanted if chat_id != GROUP))
    messenger = stage.messenger
    for chat_id in wanted:
        await messenger.send(WeeklyPart(entry, rerun=False), await stage.recipient(chat_id))
    assert {chat_id: stage.sandbox.delivered(chat_id)[0].digest for chat_id in wanted} == {
        chat_id: looks(entry, shown) for chat_id, shown in wanted.items()
    }
    assert [rows(stage.sent(chat_id)[0])[0][0] for chat_id in wanted] == ["Portrait", "Slide", "Portrait"]


async def test_the_pictures_of_another_theme_leave_the_texts_as_they_are(stage: Stage) -> None:
    (light,) = await stage.ask("/paper 27")
    await set_to(stage, DARK_SLIDE)
    (dark,) = await stage.ask("/paper 27")
    assert dark.text == light.text
    assert dark.media != light.media


async def test_settings_survive_a_week(stage: Stage) -> None:
    await set_to(stage, DARK_SLIDE)
    async with stage.services.database.writing() as conn:
        later = stage.services.clock() + timedelta(weeks=1)
        await subscriptions.see_chat(conn, ADA, kind="private", title="Ada", now=later)
    assert await chosen(stage, ADA) == DARK_SLIDE


@pytest.mark.parametrize("command", ["/help", "/start", "hello", "/frobnicate"])
async def test_a_subscribed_chat_is_offered_its_settings_instead_of_a_subscription(stage: Stage, command: str) -> None:
    await stage.ask("/subscribe")
    (answer,) = await stage.ask(command)
    assert rows(answer) == [["Settings", "This month", "Search"]]
    await stage.press("Settings")
    assert stage.sent()[-1].text.startswith("Settings of this chat")


async def test_a_subscribed_group_is_offered_its_settings_too(stage: Stage) -> None:
    await stage.ask("/subscribe", chat_id=GROUP)
    (hello,) = await stage.ask("/start@collage_bot", chat_id=GROUP)
    assert "\n" not in hello.text
    assert "switch it on" not in hello.text
    assert rows(hello) == [["Settings", "Latest"]]
