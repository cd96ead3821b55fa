"""A collage of any paper, for everyone: shown from the archive, drawn, kept, counted, refused kindly."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest
from telegram import Update

from bot.chat import Services
from bot.chat.handlers.conversation import conversation
from bot.chat.handlers.errands import Errands
from bot.chat.messages.commissions import AT_IT, BY_MACHINE
from bot.chat.messages.progress import STEPS
from bot.chat.messages.troubles import NO_FILES
from bot.chat.outbox import Outbox
from bot.chat.tongues import Tongues
from bot.errors import DraftError, NoSuchPaper, SourceBusy, SourceRefused
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.progress import Stage as At
from bot.sandbox import ADA, EMIL, GROUP, NOOR, Document
from bot.sandbox.faults import rejected
from tests.chat.conftest import Stage, on_stage
from tests.chat.desks import LINK, UNREADABLE, judge_of, labels, studio_of
from tests.chat.test_settings_command import set_to


async def test_a_paper_nobody_wrote_up_is_drawn_by_machine(stage: Stage) -> None:
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (collage,) = await stage.settle(1)
    assert collage.media is not None
    assert collage.text == f"About 2401.00001\nLee · arXiv 2021\n\n{BY_MACHINE}\n\n📝 Paper"
    assert labels(collage) == ["Slide", "Full size"]
    assert await stage.services.desk.listed() == ()


async def test_a_paper_of_the_archive_is_shown_from_there(stage: Stage) -> None:
    (collage,) = await stage.ask("/collage 2103.10697")
    assert collage.text.startswith("ML-Collage 27 · ConViT")
    assert not studio_of(stage.services).asked


async def test_the_version_that_is_named_is_drawn(stage: Stage) -> None:
    stage.sandbox.say("/collage 2401.00001v1", chat_id=ADA)
    (collage,) = await stage.settle(1)
    assert any(entity.url == "https://arxiv.org/abs/2401.00001v1" for entity in collage.content.entities)


async def test_progress_is_told_and_gives_way_to_the_collage(stage: Stage) -> None:
    studio_of(stage.services).gates = {At.CHOOSING: (gate := asyncio.Event())}
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    assert await stage.sandbox.wait(lambda: "9 figures found" in "".join(it.text for it in stage.sent()))
    gate.set()
    await stage.settle(1)


async def test_the_collage_comes_as_the_chat_wants_its_pictures_and_turns(stage: Stage) -> None:
    await set_to(stage, Appearance(Canvas.SLIDE, Theme.DARK))
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (slide,) = await stage.settle(1)
    assert labels(slide) == ["Portrait", "Full size"]
    await stage.press("Portrait")
    assert await stage.sandbox.wait(lambda: labels(stage.sent()[0])[0] == "Slide")
    (portrait,) = stage.sent()
    assert (portrait.content, portrait.media != slide.media) == (slide.content, True)
    assert len(studio_of(stage.services).asked) == 1


async def test_a_collage_turns_and_comes_as_a_file_while_arxiv_is_away(stage: Stage) -> None:
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    await stage.settle(1)
    studio_of(stage.services).wrong = {At.ASKING: SourceBusy("arXiv does not answer; try again later.")}
    await stage.press("Slide")
    assert await stage.sandbox.wait(lambda: labels(stage.sent()[0])[0] == "Portrait")
    await stage.press("Full size")
    assert await stage.sandbox.wait(lambda: isinstance(stage.sent()[-1].media, Document))
    assert len(stage.sent()) == 2


async def test_where_files_are_forbidden_it_is_said(stage: Stage) -> None:
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (collage,) = await stage.settle(1)
    stage.sandbox.faults.add(rejected("CHAT_SEND_DOCS_FORBIDDEN"), method="sendDocument")
    await stage.press("Full size")
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 2)
    said = stage.sent()[1]
    assert (said.text, said.reply_to) == (NO_FILES, collage.message_id)


async def test_full_size_sends_the_file(stage: Stage) -> None:
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (collage,) = await stage.settle(1)
    await stage.press("Full size")
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 2)
    file = stage.sent()[1]
    assert isinstance(file.media, Document)
    assert file.media.name == "2401.00001v2-portrait.jpg"
    assert file.reply_to == collage.message_id


async def test_what_was_drawn_once_is_drawn_for_nobody_again(stage: Stage) -> None:
    for chat_id in (ADA, NOOR):
        stage.sandbox.say(f"/collage {LINK}", chat_id=chat_id)
        await stage.settle(1, chat_id=chat_id)
    assert len(studio_of(stage.services).asked) == 1


async def test_a_day_has_so_many_and_the_next_begins_anew(stage: Stage) -> None:
    for number in (1, 2, 3):
        stage.sandbox.say(f"/collage 2401.0000{number}", chat_id=ADA)
        await stage.settle(number)
    spent = stage.sent()[-1]
    assert spent.text == "You have had your 2 collages of today. It begins anew at 00:00 UTC, in 12 hours."
    stage.sandbox.say("/collage 2401.00001", chat_id=ADA)  # what is there already costs nothing
    assert (await stage.settle(4))[-1].media is not None


async def test_what_failed_does_not_count(stage: Stage) -> None:
    studio = studio_of(stage.services)
    studio.wrong = {At.READING: SourceBusy("arXiv is slow; try again later.")}
    for number in (1, 2, 3):
        stage.sandbox.say(f"/collage 2401.0000{number}", chat_id=ADA)
        failure = (await stage.settle(number))[-1]
        assert failure.text.endswith("Stopped while reading the source: arXiv is slow; try again later.")
    studio.wrong = {}
    await stage.press("Try again")
    assert await stage.sandbox.wait(lambda: stage.sent()[-1].media is not None)
    await stage.settle(3)


async def test_where_nobody_may_ask_it_is_said_to_be_switched_off(services: Services) -> None:
    services = replace(services, commissions=replace(services.commissions, per_day=0))
    async with on_stage(services) as stage:
        stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
        assert (await stage.settle(1))[0].text == "Collages on request are switched off here."


@pytest.mark.parametrize(
    ("at", "error", "says"),
    [
        (At.ASKING, NoSuchPaper("arXiv has no paper 2401.00001; check the link."), "arXiv has no paper 2401.00001"),
        (At.ASKING, SourceRefused("2401.00001 has been withdrawn; choose another paper."), "has been withdrawn"),
        (At.ASKING, SourceBusy("arXiv does not answer; try again later."), "Stopped while asking arXiv: "),
        (At.READING, SourceRefused("There is no source of it; choose another paper."), "There is no source of it"),
        (At.DRAWING, DraftError("It cannot be drawn; try another paper."), "Stopped while drawing: "),
        (At.DRAWING, RuntimeError("secret"), "something broke on our side"),
    ],
)
async def test_a_failure_is_said_in_clear_words(stage: Stage, at: At, error: Exception, says: str) -> None:
    studio_of(stage.services).wrong = {at: error}
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (failure,) = await stage.settle(1)
    assert says in failure.text
    assert "secret" not in failure.text
    assert labels(failure)[-1] == "Open the paper"


async def test_a_collage_that_breaks_a_hard_rule_is_shown_to_nobody(stage: Stage) -> None:
    judge_of(stage.services).reports = {Canvas.SLIDE: UNREADABLE}
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    (failure,) = await stage.settle(1)
    assert failure.media is None
    assert "No collage of this paper meets our own rules" in failure.text


async def test_one_at_a_time_for_each_person(stage: Stage) -> None:
    studio_of(stage.services).gates = {At.READING: (gate := asyncio.Event())}
    stage.sandbox.say(f"/collage {LINK}", chat_id=ADA)
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 1)
    (answer,) = await stage.ask("/collage 2401.00002")
    assert answer.text == AT_IT
    gate.set()
    await stage.settle(2)


@pytest.mark.parametrize("said", ["/collage", "collage"])
async def test_without_a_paper_it_says_how(stage: Stage, said: str) -> None:
    (how,) = await stage.ask(said)
    assert how.text.startswith("I draw a collage of any paper on arXiv: /collage 2103.10697.")


async def test_words_that_name_no_paper_are_named(stage: Stage) -> None:
    (answer,) = await stage.ask("/collage <i>attention</i>")
    assert answer.text.startswith("I cannot read “<i>attention</i>” as a paper on arXiv. I draw")


async def test_in_a_group_everybody_may_ask(stage: Stage) -> None:
    stage.sandbox.say(f"/collage {LINK}", chat_id=GROUP, user_id=NOOR)
    (collage,) = await stage.settle(1, chat_id=GROUP)
    assert collage.media is not None


@pytest.mark.parametrize(("author", "name"), [(1087968824, GROUP), (136817688, -1007), (ADA, ADA)])
async def test_who_speaks_in_the_name_of_a_chat_asks_for_that_chat(stage: Stage, author: int, name: int) -> None:
    said: dict[str, object] = {
        "message_id": 7,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup", "title": "Group"},
        "from": {"id": author, "is_bot": author != ADA, "first_name": "Somebody"},
        "text": "/collage 2401.00001",
    }
    if author != ADA:
        said["sender_chat"] = {"id": name, "type": "supergroup" if name == GROUP else "channel", "title": "Chat"}
    update = Update.de_json({"update_id": 1, "message": said}, stage.application.bot)
    talk = conversation(
        update,
        stage.application.bot,
        stage.services,
        outbox=cast(Outbox, None),
        errands=cast(Errands, None),
        tongues=cast(Tongues, None),
    )
    assert talk is not None
    assert (talk.reader, talk.in_its_name) == (name, name == GROUP)


async def test_where_photos_are_forbidden_the_words_come_alone(stage: Stage) -> None:
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    stage.sandbox.say(f"/collage {LINK}", chat_id=GROUP, user_id=ADA)
    (words,) = await stage.settle(1, chat_id=GROUP)
    assert words.media is None
    assert BY_MACHINE in words.text


async def test_who_asks_while_very_many_do_is_asked_to_come_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.handlers.errands.MOST", 0)
    (answer,) = await stage.ask(f"/collage {LINK}")
    assert answer.text.startswith("Many papers are being drawn just now.")


async def test_at_most_two_are_drawn_at_once_and_progress_says_so(stage: Stage) -> None:
    studio_of(stage.services).gates = {At.READING: (gate := asyncio.Event())}
    for chat_id, user_id in ((ADA, ADA), (EMIL, EMIL), (GROUP, ADA)):
        stage.sandbox.say(f"/collage 2401.{abs(chat_id) % 10000:05d}", chat_id=chat_id, user_id=user_id)
        assert await stage.sandbox.wait(lambda: len(stage.sent(chat_id)) == 1)  # noqa: B023
    assert await stage.sandbox.wait(lambda: stage.sent(GROUP)[0].text.endswith(STEPS[At.WAITING]))
    for chat_id in (ADA, EMIL):
        assert await stage.sandbox.wait(lambda: stage.sent(chat_id)[0].text.endswith(STEPS[At.READING]))  # noqa: B023
    gate.set()
    for chat_id in (ADA, EMIL, GROUP):
        await stage.settle(1, chat_id=chat_id)
    assert studio_of(stage.services).most == 2
