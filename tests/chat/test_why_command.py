"""What a chat is told of what came to it, what did not and why, and what comes next."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionState
from bot.model.language import CHINESE, ENGLISH
from bot.model.subscription import Objection
from bot.sandbox import ADA, CHANNEL, FORUM, PAPERS
from bot.store import preferences, subscriptions
from bot.store.tables import delivery
from tests.chat.conftest import NOW, Stage
from tests.chat.desks import labels
from tests.chat.doubtful import LOST, let, let_all, out
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

HERE = [Address(ADA)]
NEXT = "Next: Monday 23 November, 09:00 UTC."
TITLE = "ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases"
LAST = f"Last: {TITLE}, Monday 16 November, 09:00 UTC."


async def told(stage: Stage, chat_id: int = ADA, *, thread_id: int = 0) -> list[str]:
    """The lines of the answer."""
    (answer,) = await stage.ask("/why", chat_id=chat_id, thread_id=thread_id)
    return answer.text.splitlines()


async def test_a_chat_that_is_not_subscribed_is_told_so_and_can_subscribe(stage: Stage) -> None:
    (answer,) = await stage.ask("/why")
    assert answer.text == "This chat is not subscribed, so nothing comes to it by itself."
    assert labels(answer) == ["Subscribe", "The newest one now"]


async def test_who_has_just_subscribed_is_told_what_comes(stage: Stage) -> None:
    await stage.ask("/subscribe")
    (answer,) = await stage.ask("/why")
    assert answer.text == (
        f"Weekly paper\nNothing has come yet.\n{NEXT}\n\n"
        "Roundup of ML-Collage\nNothing has come yet.\nNext: Monday 30 November, 18:00 UTC.\n\n"
        "Roundup of Best of arXiv\nNothing has come yet.\nNext: Monday 30 November, 18:00 UTC."
    )
    assert labels(answer) == ["Settings", "The newest one now"]


BECAME = [
    (DeliveryState.SENT, None, "It arrived."),
    (
        DeliveryState.IN_DOUBT,
        LOST,
        "It may or may not have arrived, and is not sent again by itself; the editors know.",
    ),
    (DeliveryState.SENDING, None, "It is on its way."),
    (DeliveryState.PENDING, "Telegram cannot be reached", "It did not get through yet; I keep trying."),
    (DeliveryState.SKIPPED, Objection.PAUSED, "It did not come, for this chat had paused."),
    (DeliveryState.SKIPPED, Objection.OFF_TOPIC, "It did not come, for it is on none of the topics this chat wants."),
    (DeliveryState.SKIPPED, Objection.TOO_LATE, "It did not come: when it could be sent, it was too late for it."),
    (DeliveryState.SKIPPED, Objection.RETRACTED, "It did not come, for its editors withdrew it."),
    (DeliveryState.SKIPPED, None, "It did not come, for this chat did not want it then."),
    (
        DeliveryState.FAILED,
        "Forbidden: bot was kicked from the group chat",
        "It did not arrive. I was not let in here then.",
    ),
    *(
        (DeliveryState.FAILED, f"Forbidden: {why}", "It did not arrive. I was not let in here then.")
        for why in (
            "bot was blocked by the user",
            "bot is not a member of the channel chat",
            "bot can't initiate conversation with a user",
            "some words of a later year",
        )
    ),
    (
        DeliveryState.FAILED,
        "Forbidden: not enough rights to send photos to the chat",
        "It did not arrive. I may not send photos here: an admin can give me the right to.",
    ),
    (
        DeliveryState.FAILED,
        "Not enough rights to send text messages to the chat",
        "It did not arrive. I may not write here: an admin can give me the right to send messages.",
    ),
    (
        DeliveryState.FAILED,
        "Not enough rights to send photos to the chat",
        "It did not arrive. I may not send photos here: an admin can give me the right to.",
    ),
    (
        DeliveryState.FAILED,
        "Need administrator rights in the channel chat",
        "It did not arrive. I may not post in this channel: one of its admins can give me the right to post messages.",
    ),
    (
        DeliveryState.FAILED,
        "TOPIC_CLOSED",
        "It did not arrive. This topic is closed, and I may not post in closed ones: an admin can open it.",
    ),
    (
        DeliveryState.FAILED,
        "Image_process_failed",
        "It did not arrive. Telegram refused the message itself; this chat is not to blame.",
    ),
]


@pytest.mark.parametrize(("state", "error", "says"), BECAME)
async def test_what_became_of_the_last_one_is_said_in_plain_words(
    stage: Stage, state: DeliveryState, error: str | None, says: str
) -> None:
    await out(stage.services, HERE, state=state, error=error)
    heading, last, following = (await told(stage))[:3]
    assert (heading, last, following) == ("Weekly paper", f"{LAST} {says}", NEXT)


async def test_what_a_person_decided_is_said_as_theirs(stage: Stage) -> None:
    await out(stage.services, HERE, state=DeliveryState.FAILED)
    await let_all(stage.services, settled_by=7)
    assert (await told(stage))[1].endswith("It did not arrive, and the editors decided not to send it again.")


async def test_what_is_held_is_said_to_be_held(stage: Stage) -> None:
    edition = await out(stage.services, HERE, state=DeliveryState.PENDING)
    await let(stage.services, edition.id, state=EditionState.HELD, reason="Can't parse entities")
    assert (await told(stage))[1].endswith("It is held back, for Telegram refuses it; the editors know.")


async def test_of_a_roundup_that_arrived_in_part_the_rest_is_told(stage: Stage) -> None:
    await out(stage.services, HERE, state=DeliveryState.IN_DOUBT, slot="2021-02", parts=2)
    async with stage.services.database.writing() as conn:
        await conn.execute(update(delivery).where(delivery.c.part == 0).values(state=DeliveryState.SENT))
    lines = await told(stage)
    at = lines.index("Roundup of ML-Collage")
    assert lines[at + 1] == (
        "Last: February 2021, Monday 16 November, 09:00 UTC. 1 message of it arrived."
        " The rest may or may not have arrived, and is not sent again by itself; the editors know."
    )


REST = [
    (None, "It arrived.", "已送达。"),
    (
        Objection.TOO_LATE,
        "1 message of it arrived. The rest did not come: when it could be sent, it was too late for it.",
        "其中 1 条消息已送达。其余的没有发来：能发的时候已经太晚了。",
    ),
    (
        Objection.PAUSED,
        "1 message of it arrived. The rest did not come, for this chat had paused.",
        "其中 1 条消息已送达。其余的没有发来，因为这个聊天当时暂停了。",
    ),
    (
        Objection.OFF_TOPIC,
        "1 message of it arrived. The rest did not come, for it is on none of the topics this chat wants.",
        "其中 1 条消息已送达。其余的没有发来，因为不属于这个聊天选定的主题。",
    ),
    (
        Objection.RETRACTED,
        "1 message of it arrived. The rest did not come, for its editors withdrew it.",
        "其中 1 条消息已送达。其余的没有发来，因为编辑撤下了它。",
    ),
    (
        "whatever a later version says",
        "1 message of it arrived. The rest did not come, for this chat did not want it then.",
        "其中 1 条消息已送达。其余的没有发来，因为这个聊天当时没有订阅它。",
    ),
]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize(("error", "in_english", "in_chinese"), REST)
async def test_of_a_roundup_whose_list_did_not_come_only_the_list_is_said_not_to(
    stage: Stage, language: str, error: str | None, in_english: str, in_chinese: str
) -> None:
    await out(stage.services, HERE, state=DeliveryState.SKIPPED, error=error, slot="2021-02", parts=2)
    async with stage.services.database.writing() as conn:
        await conn.execute(update(delivery).where(delivery.c.part == 0).values(state=DeliveryState.SENT, error=None))
        await preferences.choose_language(conn, ADA, language)
    (last,) = [line for line in await told(stage) if "2021" in line]
    assert last.endswith(f" UTC. {in_english}" if language == ENGLISH else f" UTC。{in_chinese}")


async def test_no_word_of_the_server_reaches_a_chinese_chat(stage: Stage) -> None:
    await out(stage.services, HERE, state=DeliveryState.FAILED, error="Bad Request: CHAT_WRITE_FORBIDDEN")
    async with stage.services.database.writing() as conn:
        await preferences.choose_language(conn, ADA, CHINESE)
    lines = await told(stage)
    assert lines[0] == "每周论文"
    assert lines[1].endswith("没有送达。我不能在这里发言：请管理员给我发消息的权限。")
    assert lines[2] == "下一期：11月23日星期一 09:00 UTC。"


async def test_times_are_those_of_the_chat(stage: Stage) -> None:
    await out(stage.services, HERE, state=DeliveryState.SENT, error=None)
    await stage.ask("/subscribe fri 18:30 Asia/Shanghai")
    lines = await told(stage)
    assert "Monday 16 November, 17:00 Shanghai time. It arrived." in lines[1]
    assert lines[2] == "Next: Friday 27 November, 18:30 Shanghai time."


async def test_a_pause_is_said_first(stage: Stage) -> None:
    await stage.ask("/subscribe")
    async with stage.services.database.writing() as conn:
        wish = await subscriptions.find(conn, HERE[0])
        assert wish is not None
        await subscriptions.change(conn, replace(wish, paused_until=date(2026, 12, 1)))
    lines = await told(stage)
    assert lines[0] == "Paused: nothing comes before 1 December."
    assert "Next: Monday 7 December, 09:00 UTC." in lines


async def test_a_topic_is_told_of_itself_and_a_channel_answers_its_admins(stage: Stage) -> None:
    await out(stage.services, [Address(FORUM, PAPERS)], state=DeliveryState.SENT, error=None)
    assert (await told(stage, FORUM, thread_id=PAPERS))[1].endswith("It arrived.")
    assert (await told(stage, FORUM))[0] == "This chat is not subscribed, so nothing comes to it by itself."
    assert (await told(stage, CHANNEL))[0] == "This chat is not subscribed, so nothing comes to it by itself."


async def test_settings_say_which_right_is_missing_until_something_arrives(stage: Stage) -> None:
    await out(stage.services, HERE, state=DeliveryState.FAILED, error="not enough rights to send text messages")
    (answer,) = await stage.ask("/settings")
    assert answer.text.startswith(
        "The last post could not be sent here. I may not write here: an admin can give me the right to send messages."
        "\n\nSettings of this chat"
    )
    await out(stage.services, HERE, state=DeliveryState.SENT, error=None, slot="2026-W48")
    async with stage.services.database.writing() as conn:
        arrived = delivery.c.state == DeliveryState.SENT
        await conn.execute(update(delivery).where(arrived).values(settled_at=NOW))
    (answer,) = await stage.ask("/settings")
    assert answer.text.startswith("Settings of this chat")
