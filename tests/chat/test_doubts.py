"""What editors see of deliveries in doubt, and what follows from what they say."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import update
from telegram.error import InvalidToken

from bot.chat import Services, classify
from bot.chat.messages.desk.doubts import CHANGED
from bot.chat.sending_presses import (
    AskSettleAll,
    OnRefused,
    PickDoubt,
    RefusedStep,
    SendingPress,
    SettleAll,
    SettleDoubt,
    ShowDoubts,
)
from bot.chat.spelling import written
from bot.chat.watch import warn_editors
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionState
from bot.model.language import CHINESE
from bot.publishing.settling import Verdict
from bot.sandbox import ADA, NOOR, Message
from bot.sandbox.faults import Fault, blocked, dropped, flooded
from bot.store import forgetting, preferences, subscriptions
from bot.store.doubtful import Meant
from bot.store.tables import delivery
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import labels, with_editors
from tests.chat.doubtful import let, let_all, out, states
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

MEANT_ALL = Meant()
TOKEN_ERROR = str(classify(InvalidToken()))
THREE = [Address(-1), Address(-2), Address(-3, 7)]


def newest(stage: Stage, chat_id: int = ADA) -> Message:
    """Our newest message."""
    return stage.sent(chat_id)[-1]


async def look(stage: Stage) -> None:
    """Do what is done at every tick."""
    await warn_editors(stage.application.bot, stage.services)


@pytest.fixture
async def newsroom(services: Services) -> AsyncIterator[Stage]:
    """The bot, running, with two editors who have pressed Start."""
    async with services.database.writing() as conn:
        await subscriptions.see_chat(conn, NOOR, kind="private", title="Noor", now=NOW)
        await preferences.choose_language(conn, NOOR, CHINESE)
    async with on_stage(with_editors(services, ADA, NOOR)) as stage:
        stage.sandbox.mark_started(ADA, NOOR)
        yield stage


async def test_editors_get_one_message_about_what_is_in_doubt(newsroom: Stage) -> None:
    await out(newsroom.services, THREE)
    for _ in range(3):
        await look(newsroom)
    (told,) = newsroom.sent(ADA)
    assert told.text == (
        "In doubt: ML-Collage 27 · ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases\n\n"
        "3 chats may or may not have received it. Since Friday 20 November, 11:50 UTC. Nothing is sent again by itself."
        " Look into the chats, then say what became of it.\n\n"
        "1 Chat -3 · topic 7\nthe answer of Telegram was lost\n\n"
        "2 Chat -2\nthe answer of Telegram was lost\n\n"
        "3 Chat -1\nthe answer of Telegram was lost\n\n"
        "Press a number to speak of one, or speak of all at once."
    )
    assert labels(told) == ["1", "2", "3", "All arrived", "Send all again", "Leave all", "Status"]
    (other,) = newsroom.sent(NOOR)
    assert other.text.startswith("存疑：")


async def test_what_one_chat_has_is_settled_by_a_press_and_the_others_stay(newsroom: Stage) -> None:
    await out(newsroom.services, THREE)
    await look(newsroom)
    await newsroom.press("2")
    assert labels(newest(newsroom)) == ["1", "· 2 ·", "3", "It arrived", "Send again", "Leave it", "Status"]
    assert (await newsroom.press("It arrived")).text == "1 message counts as arrived."
    assert "2 chats may or may not have received it." in newest(newsroom).text
    assert await states(newsroom.services) == ["in_doubt", "sent", "in_doubt"]
    assert len(newsroom.sent(ADA)) == 1


async def test_all_are_sent_again_after_one_question_and_the_sender_is_woken(services: Services) -> None:
    woken = asyncio.Event()
    async with on_stage(replace(with_editors(services, ADA), wake=woken.set)) as stage:
        stage.sandbox.mark_started(ADA)
        await out(stage.services, THREE)
        await look(stage)
        await stage.press("Send all again")
        assert newest(stage).text.endswith("Send it again to 3 chats? Who has it already gets it twice.")
        assert await states(stage.services) == ["in_doubt"] * 3
        assert (await stage.press("Send all again")).text == "3 messages go out again."
        assert newest(stage).text.startswith("Nothing of it is in doubt any more: ML-Collage 27 · ConViT")
        assert await states(stage.services) == ["pending"] * 3
        assert woken.is_set()


@pytest.mark.parametrize(("label", "state"), [("All arrived", "sent"), ("Leave all", "failed")])
async def test_all_can_be_settled_at_once(newsroom: Stage, label: str, state: str) -> None:
    await out(newsroom.services, THREE)
    await look(newsroom)
    await newsroom.press(label)
    assert labels(newest(newsroom)) == [label, "‹ Back"]
    assert await states(newsroom.services) == ["in_doubt"] * 3
    await newsroom.press(label)
    assert await states(newsroom.services) == [state] * 3


async def test_the_other_editor_sees_what_was_settled_in_the_same_message(newsroom: Stage) -> None:
    await out(newsroom.services, THREE)
    await look(newsroom)
    await newsroom.press("1")
    await newsroom.press("It arrived")
    await look(newsroom)
    assert "2 个聊天" in newest(newsroom, NOOR).text
    await newsroom.services.settling.decide(Verdict.LEFT, MEANT_ALL, by=ADA)
    await look(newsroom)
    assert newest(newsroom, NOOR).text.startswith("已没有存疑的了：")
    assert [len(newsroom.sent(editor)) for editor in (ADA, NOOR)] == [1, 1]


async def test_new_doubts_after_everything_was_settled_are_told_anew(newsroom: Stage) -> None:
    await out(newsroom.services, THREE)
    await look(newsroom)
    await newsroom.services.settling.decide(Verdict.AGAIN, MEANT_ALL, by=ADA)
    await look(newsroom)
    await let_all(newsroom.services, state=DeliveryState.IN_DOUBT, attempts=2, settled_at=NOW)
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 2
    assert "3 chats may or may not" in newest(newsroom).text


async def test_nothing_is_told_while_more_of_the_edition_is_on_its_way(newsroom: Stage) -> None:
    edition = await out(newsroom.services, THREE)
    await let_all(newsroom.services, settled_at=NOW)
    await out(newsroom.services, [Address(-9)], state=DeliveryState.SENDING, slot="2026-W46")
    async with newsroom.services.database.writing() as conn:
        sending = delivery.c.state == DeliveryState.SENDING
        await conn.execute(update(delivery).where(sending).values(edition_id=edition.id))
    await look(newsroom)
    assert newsroom.sent(ADA) == []
    await let_all(newsroom.services, settled_at=NOW.replace(hour=11))  # after two minutes it is told all the same
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 1


async def test_five_hundred_chats_fit_into_one_message_with_pages(newsroom: Stage) -> None:
    await out(newsroom.services, [Address(-number) for number in range(1, 501)])
    await look(newsroom)
    told = newest(newsroom)
    assert "500 chats may or may not have received it." in told.text
    assert labels(told)[:8] == ["1", "2", "3", "4", "5", "·", "1/100", "›"]
    await newsroom.forge(written(ShowDoubts(1, 9999)))
    assert newest(newsroom).text.count("the answer of Telegram was lost") == 5
    await newsroom.press("Send all again")
    assert (await newsroom.press("Send all again")).text == "500 messages go out again."


async def test_messages_of_a_roundup_are_told_apart(newsroom: Stage) -> None:
    await out(newsroom.services, [Address(-1)], slot="2021-02", parts=2, missing=[1, 2])
    await look(newsroom)
    assert "1 chat may or may not have received it." in newest(newsroom).text
    assert "1 Chat -1 · the pictures\nthe answer of Telegram was lost; 2 pictures surely did not arrive" in (
        newest(newsroom).text
    )
    assert "2 Chat -1 · the list\n" in newest(newsroom).text


async def test_two_editors_at_once_never_send_it_twice(newsroom: Stage) -> None:
    await out(newsroom.services, [Address(-1)])
    await look(newsroom)
    again, again_in_chinese = (labels(newest(newsroom, editor))[1] for editor in (ADA, NOOR))
    toasts = await asyncio.gather(newsroom.press(again), newsroom.press(again_in_chinese, chat_id=NOOR, user_id=NOOR))
    assert sorted(toast.text for toast in toasts) in (
        sorted(["1 message goes out again.", "这已经有人处理了，以下是现状。"]),
        sorted([CHANGED, "1 条消息重新发出。"]),
    )
    assert await states(newsroom.services) == ["pending"]


async def test_an_old_button_does_nothing_and_shows_how_it_stands(newsroom: Stage) -> None:
    await out(newsroom.services, [Address(-1)])
    await look(newsroom)
    await let_all(newsroom.services, attempts=2)  # it was sent again, and is in doubt again
    assert (await newsroom.press("Send again")).text == CHANGED
    assert await states(newsroom.services) == ["in_doubt"]


PRESSES: tuple[SendingPress, ...] = (
    ShowDoubts(1),
    PickDoubt(1),
    AskSettleAll(Verdict.AGAIN, 1),
    SettleDoubt(Verdict.AGAIN, 1, 1),
    SettleAll(Verdict.AGAIN, 1, 2_000_000_000),
    *(OnRefused(step, 1) for step in RefusedStep),
)


@pytest.mark.parametrize("press", PRESSES, ids=written)
async def test_a_stranger_sees_and_settles_nothing(services: Services, press: SendingPress) -> None:
    async with on_stage(with_editors(services, ADA)) as stage:
        await out(stage.services, [Address(-1)])
        await stage.ask("/help", chat_id=NOOR)
        before = stage.sandbox.transcript(NOOR)
        await stage.forge(written(press), chat_id=NOOR, user_id=NOOR)
        assert stage.sandbox.transcript(NOOR) == before
        assert await states(stage.services) == ["in_doubt"]


@pytest.mark.parametrize("press", PRESSES, ids=written)
async def test_what_points_nowhere_says_so(desk: Stage, press: SendingPress) -> None:
    await desk.ask("/help")
    await desk.forge(written(press))
    assert newest(desk).text in ("Nothing is in doubt any more.", "Nothing is held any more.")


@pytest.mark.parametrize(
    ("fault", "is_told_later"),
    [(blocked("bot can't initiate conversation with a user"), False), (flooded(3600), True), (dropped("after"), False)],
    ids=["cannot be written to", "flooded", "answer lost"],
)
async def test_an_editor_out_of_reach_is_told_later_only_where_nothing_left(
    newsroom: Stage, fault: Fault, is_told_later: bool
) -> None:
    newsroom.sandbox.faults.add(fault, method="sendMessage", chat_id=ADA)
    await out(newsroom.services, THREE)
    await look(newsroom)
    had = len(newsroom.sent(ADA))
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == had + is_told_later
    assert len(newsroom.sent(NOOR)) == 1


async def test_who_could_not_be_found_again_is_told_of_new_doubts_anew(newsroom: Stage) -> None:
    newsroom.sandbox.faults.add(dropped("after"), method="sendMessage", chat_id=ADA)
    await out(newsroom.services, THREE)
    await look(newsroom)
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 1
    await let_all(newsroom.services, settled_at=NOW.replace(minute=5))
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 2


async def test_who_is_forgotten_is_told_as_if_for_the_first_time(newsroom: Stage) -> None:
    await out(newsroom.services, THREE)
    await look(newsroom)
    async with newsroom.services.database.writing() as conn:
        await forgetting.forget_person(conn, ADA, today=NOW.date())
    await look(newsroom)
    assert [len(newsroom.sent(editor)) for editor in (ADA, NOOR)] == [2, 1]


async def refused(stage: Stage) -> int:
    """An edition that Telegram refuses and two chats wait for; its id."""
    edition = await out(stage.services, THREE[:2], state=DeliveryState.PENDING, error="Can't parse entities")
    await let(stage.services, edition.id, state=EditionState.HELD, reason="Can't parse entities")
    return edition.id


async def test_a_refused_edition_is_told_once_and_tried_again_by_a_press(newsroom: Stage) -> None:
    await refused(newsroom)
    await look(newsroom)
    await look(newsroom)
    (told,) = newsroom.sent(ADA)
    assert told.text.startswith("Held: ML-Collage 27 · ConViT")
    assert told.text.endswith(
        "Telegram refuses it, whoever is to get it:\nCan't parse entities\n\n"
        "2 messages wait. Correct the entry, then try again; or leave it."
    )
    await newsroom.press("Try again")
    assert newest(newsroom).text.startswith("It is on its way again: ML-Collage 27")
    toast = await newsroom.press("再试一次", chat_id=NOOR, user_id=NOOR)
    assert toast.text == "这已经有人处理了，以下是现状。"


async def test_a_refused_edition_that_is_refused_again_is_told_again(newsroom: Stage) -> None:
    edition_id = await refused(newsroom)
    await look(newsroom)
    await newsroom.press("Try again")
    await let(newsroom.services, edition_id, state=EditionState.HELD, reason="Can't parse entities")
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 2


async def test_leaving_a_refused_edition_is_asked_once(newsroom: Stage) -> None:
    await refused(newsroom)
    await look(newsroom)
    await newsroom.press("Leave it")
    assert newest(newsroom).text.startswith("Leave it? Nobody else gets ML-Collage 27")
    assert await states(newsroom.services) == ["pending", "pending"]
    assert labels(newest(newsroom)) == ["Leave it", "‹ Back"]
    await newsroom.press("Leave it")
    assert await states(newsroom.services) == ["skipped", "skipped"]
    await look(newsroom)
    assert newest(newsroom, NOOR).text.startswith("已不再搁置：")


async def test_editors_hear_that_the_token_was_refused_once_it_is_taken_again(newsroom: Stage) -> None:
    await out(newsroom.services, THREE, state=DeliveryState.PENDING, error=TOKEN_ERROR)
    await look(newsroom)
    await look(newsroom)
    (told,) = newsroom.sent(ADA)
    assert told.text == (
        "From Friday 20 November, 12:00 UTC on, Telegram did not know this bot's token, and nothing was sent."
        " Now it does again, and what waits goes out by itself."
    )
    await let_all(newsroom.services, state=DeliveryState.SENT, error=None)
    await look(newsroom)
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 1
    await let_all(newsroom.services, state=DeliveryState.PENDING, error=TOKEN_ERROR)
    await look(newsroom)
    assert len(newsroom.sent(ADA)) == 2
