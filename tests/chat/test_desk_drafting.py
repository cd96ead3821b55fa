"""A link becomes a draft: who may, how far it is, what stands there at the end, and what is said when it fails."""

import asyncio

import pytest
from telegram import BotCommandScopeChat

from bot.chat import Services
from bot.chat.handlers.errands import AT_ONCE
from bot.chat.messages.progress import STEPS, UNDER_WAY
from bot.errors import DraftError, NoSuchPaper, SourceBusy, SourceRefused
from bot.model.entry import EntryState
from bot.model.progress import Stage as At
from bot.sandbox import ADA, EMIL, GROUP, NOOR
from bot.sandbox.faults import flooded, rejected
from tests.chat.conftest import Stage, on_stage
from tests.chat.desks import LINK, STAGES, labels, studio_of, with_editors


def _ends(stage: Stage, says: str) -> bool:
    return any(message.text.endswith(says) for message in stage.sent())


async def test_a_link_becomes_a_picture_with_its_card_below(desk: Stage) -> None:
    desk.sandbox.say(LINK, chat_id=ADA)
    picture, card = await desk.settle(2)
    assert picture.media is not None
    assert picture.text.startswith("ML-Collage 41 · About 2401.00001")
    assert not picture.keyboard
    assert card.reply_to == picture.message_id
    assert card.text.startswith("Draft of ML-Collage 41\nShips: 0.85; weakest: the share of text, 0.71.")
    assert "Shows Fig. 1 of Lee (2021), CC BY 4.0. 2 more figures may be shown." in card.text
    assert "• It has 9 legs. (9)" in card.text
    assert labels(card) == [
        "Approve", "Discard", "Next figure", "Drop figure", "Swap hero", "Words", "Slide", "中文",
    ]  # fmt: skip


@pytest.mark.parametrize("said", [f"/draft {LINK}", "/draft 2401.00001v3", "arXiv:2401.00001", f"看：{LINK}，谢谢"])
async def test_a_paper_is_drafted_however_it_is_named(desk: Stage, said: str) -> None:
    desk.sandbox.say(said, chat_id=ADA)
    await desk.settle(2)


@pytest.mark.parametrize("between", [" ", "\n", "  "])
async def test_a_paper_is_drafted_for_the_series_that_is_named(desk: Stage, between: str) -> None:
    desk.sandbox.say(f"/draft best-of-arxiv{between}{LINK}", chat_id=ADA)
    _, card = await desk.settle(2)
    assert card.text.startswith("Draft of Best of arXiv")


async def test_every_step_is_told_in_one_message(desk: Stage) -> None:
    studio = studio_of(desk.services)
    studio.gates = {at: asyncio.Event() for at in STAGES}
    desk.sandbox.say(LINK, chat_id=ADA)
    for at, says in (
        (At.READING, STEPS[At.READING]),
        (At.CHOOSING, "9 figures found, choosing …"),
        (At.DRAWING, "Drawing …"),
    ):
        assert await desk.sandbox.wait(lambda: desk.sent()[-1:] != [] and desk.sent()[-1].text.endswith(says))  # noqa: B023
        assert len(desk.sent()) == 1
        studio.gates[at].set()
    await desk.settle(2)


async def test_the_chat_goes_on_while_a_paper_is_drafted(desk: Stage) -> None:
    studio_of(desk.services).gates = {At.READING: (gate := asyncio.Event())}
    desk.sandbox.say(LINK, chat_id=ADA)
    assert await desk.sandbox.wait(lambda: len(desk.sent()) == 1)
    (collage,) = await desk.ask("/paper 27")
    assert collage.text.startswith("ML-Collage 27")
    gate.set()
    await desk.settle(3)


async def test_two_are_drafted_at_once_and_the_others_are_told_that_they_wait(desk: Stage) -> None:
    studio = studio_of(desk.services)
    studio.gates = {At.READING: (gate := asyncio.Event())}
    desk.sandbox.say("2401.00001 2401.00002 2401.00003", chat_id=ADA)

    def one_waits() -> bool:
        said = [message.text.partition("\n")[2] for message in desk.sent()]
        return sorted(said) == sorted([STEPS[At.READING], STEPS[At.READING], STEPS[At.WAITING]])

    assert await desk.sandbox.wait(one_waits)
    assert (studio.under_way, AT_ONCE) == (2, 2)
    gate.set()
    await desk.settle(6)
    assert studio.most == 2


async def test_the_same_link_twice_is_drafted_once(desk: Stage) -> None:
    studio = studio_of(desk.services)
    studio.gates = {At.READING: (gate := asyncio.Event())}
    desk.sandbox.say(LINK, chat_id=ADA)
    (_, again) = await desk.ask(LINK, answers=2)
    assert again.text == UNDER_WAY
    gate.set()
    await desk.settle(3)
    assert len(studio.asked) == 1


async def test_a_paper_that_has_a_draft_shows_that_draft(desk: Stage) -> None:
    desk.sandbox.say(LINK, chat_id=ADA)
    await desk.settle(2)
    desk.sandbox.say(LINK, chat_id=ADA)
    sent = await desk.settle(4)
    assert sent[2].content == sent[0].content
    assert len(studio_of(desk.services).asked) == 1


async def test_a_published_paper_is_said_to_be_so_with_a_button_to_it(desk: Stage) -> None:
    (answer,) = await desk.ask("/draft 2103.10697")
    assert answer.text == "ML-Collage 27 is about this paper already."
    await desk.press("Preview")
    assert desk.sent()[-1].text.startswith("ML-Collage 27 · ConViT")


async def test_a_queued_paper_is_said_to_be_so_with_a_button_to_it(desk: Stage) -> None:
    desk.sandbox.say(LINK, chat_id=ADA)
    await desk.settle(2)
    await desk.press("Approve")
    (answer,) = await desk.ask(LINK)
    assert answer.text == "ML-Collage 41 is about this paper; it waits in the queue."
    assert labels(answer) == ["Preview", "Queue"]
    await desk.press("Preview")
    assert desk.sent()[-1].text.startswith("Queued as ML-Collage 41")


AGAIN, OPEN = "Try again", "Open the paper"
BUSY = SourceBusy("arXiv does not answer; try again later.")
ABSENT = NoSuchPaper("arXiv has no paper 2401.00001; check the link.")
WITHDRAWN = SourceRefused("2401.00001 has been withdrawn; choose another paper.")
EMPTY = DraftError("there is no text; choose another paper.")
CRAMPED = DraftError("It fits <b>nowhere</b>; drop the figure.")


@pytest.mark.parametrize(
    ("at", "error", "says", "offers"),
    [
        (At.READING, BUSY, "Stopped while reading the source: arXiv does not answer; try again later.", [AGAIN, OPEN]),
        (At.READING, ABSENT, "Stopped while reading the source: arXiv has no paper", [OPEN]),
        (At.READING, WITHDRAWN, "has been withdrawn", [OPEN]),
        (At.CHOOSING, EMPTY, "Stopped while choosing the words and the figures: there is no text", [AGAIN, OPEN]),
        (At.DRAWING, CRAMPED, "Stopped while drawing: It fits <b>nowhere</b>", [AGAIN, OPEN]),
        (At.DRAWING, ZeroDivisionError("x" * 5000), "something broke on our side", [AGAIN, OPEN]),
    ],
)
async def test_a_failure_names_the_step_the_reason_and_what_to_do(
    desk: Stage, at: At, error: Exception, says: str, offers: list[str]
) -> None:
    studio_of(desk.services).wrong = {at: error}
    desk.sandbox.say(LINK, chat_id=ADA)
    (failure,) = await desk.settle(1)
    assert failure.text.startswith("arXiv:2401.00001\n")
    assert says in failure.text
    assert labels(failure) == offers
    assert await desk.services.desk.listed() == ()


async def test_trying_again_happens_in_the_same_message(desk: Stage) -> None:
    studio_of(desk.services).wrong = {At.READING: SourceBusy("arXiv is slow; try again later.")}
    desk.sandbox.say(LINK, chat_id=ADA)
    (failure,) = await desk.settle(1)
    studio_of(desk.services).wrong = {}
    await desk.press("Try again")
    sent = await desk.settle(2)
    assert failure.message_id not in {message.message_id for message in sent}


async def test_a_failure_is_told_even_where_its_message_was_deleted(desk: Stage) -> None:
    studio = studio_of(desk.services)
    studio.gates, studio.wrong = {At.READING: (gate := asyncio.Event())}, {At.READING: BUSY}
    (progress,) = await desk.ask(LINK)
    await desk.application.bot.delete_message(ADA, progress.message_id)
    gate.set()
    (failure,) = await desk.settle(1)
    assert failure.text.endswith("arXiv does not answer; try again later.")


async def test_a_stop_ends_what_is_under_way_and_says_so(services: Services) -> None:
    studio_of(services).gates = {At.READING: asyncio.Event()}
    async with on_stage(with_editors(services)) as stage:
        stage.sandbox.say("2401.00001 2401.00002 2401.00003", chat_id=ADA)
        assert await stage.sandbox.wait(lambda: studio_of(services).under_way == 2 and len(stage.sent()) == 3)
        await stage.stop()
        assert all("I was just told to stop" in message.text for message in stage.sent())
        assert all(labels(message)[0] == "Try again" for message in stage.sent())
    assert await services.desk.listed() == ()


async def test_progress_that_telegram_will_not_take_holds_nothing_up(desk: Stage) -> None:
    desk.sandbox.faults.add(flooded(1), method="editMessageText", times=2)
    desk.sandbox.faults.add(rejected("message to edit not found"), method="editMessageText", times=2)
    desk.sandbox.say(LINK, chat_id=ADA)
    await desk.settle(2)


@pytest.mark.parametrize("command", ["/draft", f"/draft {LINK}", "/drafts", "/queue", "/candidates"])
async def test_for_anybody_else_the_desk_does_not_exist(desk: Stage, command: str) -> None:
    (answer,) = await desk.ask(command, chat_id=EMIL)
    (unknown,) = await desk.ask("/frobnicate", chat_id=EMIL)
    name = command.split()[0]
    assert answer.text == unknown.text.replace("/frobnicate", name, 1)
    assert "/queue" not in answer.text.removeprefix(f"I do not know {name}")
    assert not studio_of(desk.services).asked


async def test_in_a_group_nobody_else_is_even_answered(desk: Stage) -> None:
    desk.sandbox.say("/queue", chat_id=GROUP, user_id=NOOR)
    await desk.ask("/help", chat_id=GROUP, user_id=NOOR)
    assert len(desk.sent(GROUP)) == 1


async def test_a_link_of_somebody_else_is_looked_for_in_the_archive(desk: Stage) -> None:
    (answer,) = await desk.ask(LINK, chat_id=EMIL)
    assert "is not in the archive" in answer.text


async def test_in_a_group_an_editor_drafts_by_command(desk: Stage) -> None:
    desk.sandbox.say(f"/draft {LINK}", chat_id=GROUP, user_id=ADA)
    await desk.settle(2, chat_id=GROUP)


async def test_help_lists_the_desk_for_editors_where_nobody_else_reads_it(desk: Stage) -> None:
    (shared,) = await desk.ask("/help", chat_id=GROUP, user_id=ADA)
    assert "/candidates" not in shared.text
    (hers,) = await desk.ask("/help")
    (his,) = await desk.ask("/help", chat_id=NOOR)
    assert "/candidates" in hers.text
    assert "/candidates" not in his.text
    assert "/collage" in his.text


async def test_draft_alone_lists_the_desk_and_says_how_to_get_another(desk: Stage) -> None:
    (nothing,) = await desk.ask("/draft")
    assert nothing.text.startswith("The desk is empty.")
    assert "/draft best-of-arxiv 2103.10697" in nothing.text
    desk.sandbox.say(LINK, chat_id=ADA)
    await desk.settle(3)
    (listed,) = await desk.ask("drafts")
    assert "1 About 2401.00001 (ML-Collage 41)" in listed.text
    await desk.press("1")
    await desk.settle(6)


async def test_words_that_name_no_paper_are_named(desk: Stage) -> None:
    (answer,) = await desk.ask("/draft <b>nonsense")
    assert answer.text.startswith("I cannot read “<b>nonsense” as a paper on arXiv.")


async def test_where_photos_are_forbidden_the_words_come_with_the_card(desk: Stage) -> None:
    desk.sandbox.faults.add(rejected("CHAT_SEND_PHOTOS_FORBIDDEN"), method="sendPhoto")
    desk.sandbox.say(LINK, chat_id=ADA)
    words, card = await desk.settle(2)
    assert words.media is None
    assert card.reply_to == words.message_id


async def test_a_draft_is_kept_when_its_preview_cannot_be_sent(desk: Stage) -> None:
    desk.sandbox.faults.add(rejected("PHOTO_INVALID_DIMENSIONS"), method="sendPhoto")
    desk.sandbox.say(LINK, chat_id=ADA)
    (failure,) = await desk.settle(1)
    assert "something broke" in failure.text
    (kept,) = await desk.services.desk.listed()
    assert kept.entry.state is EntryState.DRAFT


async def test_the_menu_of_an_editor_begins_with_the_desk(desk: Stage) -> None:
    commands = await desk.application.bot.get_my_commands(scope=BotCommandScopeChat(ADA))
    assert [command.command for command in commands][:4] == ["draft", "drafts", "queue", "candidates"]
