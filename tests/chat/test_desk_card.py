"""The card under a preview: every button changes both messages in place, and nobody overwrites anybody."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat import Services
from bot.chat.messages.desk.card import CHANGED, EDITORS_ONLY, GONE
from bot.collage.check.report import Report
from bot.errors import CollageError
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas
from bot.model.draft import Draft, Removal
from bot.model.entry import EntryState, Series
from bot.model.licence import Licence
from bot.sandbox import ADA, GROUP, NOOR, Message
from bot.sandbox.faults import rejected
from tests.chat.conftest import Stage, on_stage
from tests.chat.desks import LINK, UNREADABLE, finding, judge_of, labels, studio_of, with_editors
from tests.editorial.desks import FORMULA, alternative, draft_of, entry_about

AFTERTHOUGHT_S = 1.1
"""Sooner the same press would be a double tap."""


@pytest.fixture
async def two(services: Services) -> AsyncIterator[Stage]:
    """The bot, running, with Ada and Noor as its editors."""
    async with on_stage(with_editors(services, ADA, NOOR)) as running:
        running.sandbox.set_language(NOOR, "en")
        yield running


def closed(arxiv_id: ArxivId, series: Series) -> Draft:
    """A draft of a paper whose figures may not be shown."""
    entry = entry_about(arxiv_id, series, panels=(FORMULA,))
    licence = Licence.read("http://arxiv.org/licenses/nonexclusive-distrib/1.0/")
    entry = replace(entry, paper=replace(entry.paper, licence=licence))
    return draft_of(entry, *(alternative(name, may_show=False) for name in "123"))


async def pressed(stage: Stage, label: str, *, count: int = 2) -> list[Message]:
    """Press a button of the card, and look at what the chat shows then: no more messages than before."""
    await stage.press(label)
    sent = stage.sent()
    assert len(sent) == count
    return sent


async def test_the_next_figure_takes_the_place_of_the_one_shown(desk: Stage) -> None:
    picture, card = await desk.draft()
    new_picture, new_card = await pressed(desk, "Next figure")
    assert (new_picture.message_id, new_card.message_id) == (picture.message_id, card.message_id)
    assert "Shows Fig. 2 of Lee (2021)" in new_card.text
    assert "Reset figures" in labels(new_card)
    (held,) = await desk.services.desk.listed()
    assert held.revision == 2


async def test_the_figure_is_dropped_and_everything_comes_back(desk: Stage) -> None:
    await desk.draft()
    _, card = await pressed(desk, "Drop figure")
    assert "Shows no figure of the paper; 3 figures may be shown." in card.text
    assert "Drop figure" not in labels(card)
    assert "Swap hero" not in labels(card)
    _, card = await pressed(desk, "Reset figures")
    assert "Shows Fig. 1 of Lee" in card.text
    assert "Reset figures" not in labels(card)


async def test_another_panel_becomes_the_hero(desk: Stage) -> None:
    await desk.draft()
    await pressed(desk, "Swap hero")
    (held,) = await desk.services.desk.listed()
    assert held.entry.panels[0] == FORMULA


@pytest.mark.slow
async def test_shape_and_language_turn_the_picture_and_its_words(desk: Stage) -> None:
    picture, _ = await desk.draft()
    slide, card = await pressed(desk, "Slide")
    assert slide.media != picture.media
    assert "Portrait" in labels(card)
    chinese, card = await pressed(desk, "中文")
    assert "标题。" in chinese.text
    assert labels(card)[-2:] == ["Portrait", "English"]
    await asyncio.sleep(AFTERTHOUGHT_S)
    english, _ = await pressed(desk, "English")
    assert (english.content, english.media) == (picture.content, slide.media)


async def test_an_approved_draft_says_when_it_goes_out(desk: Stage) -> None:
    await desk.draft()
    picture, card = await pressed(desk, "Approve")
    assert card.text == "Queued as ML-Collage 41, goes out Monday 23 November, 09:00 UTC."
    assert labels(card) == ["Undo", "Queue"]
    assert picture.text.startswith("ML-Collage 41 · ")
    await desk.press("Queue")
    assert desk.sent()[-1].text.startswith("Queue of ML-Collage · 1 paper")


async def test_approving_can_be_undone(desk: Stage) -> None:
    await desk.draft()
    await desk.press("Approve")
    _, card = await pressed(desk, "Undo")
    assert card.text.startswith("Draft of ML-Collage 41")
    assert await desk.services.queue.listed("ml-collage") == ()


async def test_discarding_can_be_undone(desk: Stage) -> None:
    await desk.draft()
    _, card = await pressed(desk, "Discard")
    assert card.text.startswith("Discarded.")
    assert labels(card) == ["Undo", "Drafts"]
    assert await desk.services.desk.listed() == ()
    _, card = await pressed(desk, "Undo")
    assert card.text.startswith("Draft of ML-Collage 41")


@pytest.mark.parametrize("canvas", [Canvas.PORTRAIT, Canvas.SLIDE])
async def test_what_fails_a_hard_rule_in_any_shape_cannot_be_approved(desk: Stage, canvas: Canvas) -> None:
    judge_of(desk.services).reports = {canvas: UNREADABLE}
    await desk.draft()
    toast = await desk.press("Approve")
    assert toast.is_alert
    assert toast.text.startswith(f"It cannot be approved: as a {canvas} the type is too small for a phone (H5)")
    assert "say it in fewer words" in toast.text
    (held,) = await desk.services.desk.listed()
    assert held.entry.state is EntryState.DRAFT


async def test_a_collage_that_does_not_ship_says_so_in_words(desk: Stage) -> None:
    judge_of(desk.services).reports = {Canvas.PORTRAIT: UNREADABLE}
    _, card = await desk.draft()
    assert "Does not ship: the type is too small for a phone (H5), words do not fit into their place (H3)" in card.text


async def test_a_weak_collage_can_be_approved_all_the_same(desk: Stage) -> None:
    weak = Report(hard=(finding("H5"),), soft=(finding("S3", value=0.7), finding("S2", value=0.9)))
    judge_of(desk.services).reports = {Canvas.PORTRAIT: weak}
    _, card = await desk.draft()
    assert "Ships, but could be better: 0.60, where 0.80 is wanted; weakest:" in card.text
    await desk.press("Approve")
    assert desk.sent()[-1].text.startswith("Queued as")


async def test_the_same_draft_is_judged_once_in_each_shape(desk: Stage) -> None:
    await desk.draft()
    for label in ("Slide", "Portrait", "Words", "‹ Back", "Approve"):
        await desk.press(label)
    assert judge_of(desk.services).calls == 2


async def test_what_cannot_be_drawn_is_shown_in_words_and_cannot_be_approved(desk: Stage) -> None:
    judge_of(desk.services).wrong = CollageError("The formula cannot be set; drop it.")
    _, card = await desk.draft()
    assert "It cannot be drawn. The formula cannot be set; drop it." in card.text
    assert "The formula cannot be set" in (await desk.press("Approve")).text


@pytest.mark.slow
async def test_a_closed_licence_is_said_and_asked_about_before_figures_are_shown(desk: Stage) -> None:
    studio_of(desk.services).make = closed
    _, card = await desk.draft()
    assert "Shows no figure: the licence of the paper does not allow it (arXiv licence)." in card.text
    assert "Next figure" not in labels(card)
    _, question = await pressed(desk, "Use its figures")
    assert "You confirm that you may show them in this entry." in question.text
    assert labels(question) == ["Yes, I may show them", "‹ Back"]
    _, card = await pressed(desk, "‹ Back")
    assert "Use its figures" in labels(card)
    await asyncio.sleep(AFTERTHOUGHT_S)
    await desk.press("Use its figures")
    _, card = await pressed(desk, "Yes, I may show them")
    assert "Shows Fig. 1 of Lee (2021), arXiv licence. 2 more figures may be shown." in card.text
    assert "Use its figures" not in labels(card)


async def test_a_button_that_came_too_late_changes_nothing_and_shows_how_it_stands(two: Stage) -> None:
    await two.draft(chat_id=ADA)
    await two.draft(chat_id=NOOR)
    await two.press("Next figure", chat_id=NOOR)
    toast = await two.press("Drop figure", chat_id=ADA)
    assert toast.text == CHANGED
    assert two.sent(ADA)[1].text == two.sent(NOOR)[1].text
    (held,) = await two.services.desk.listed()
    assert (held.revision, held.shown) == (2, (1,))
    await two.press("Drop figure", chat_id=ADA)  # now it is meant for what is shown
    assert (await two.services.desk.listed())[0].shown == ()


@pytest.mark.parametrize("late", ["Approve", "Discard", "Words", "Slide", "Next figure"])
async def test_what_somebody_else_approved_is_shown_to_be_queued(two: Stage, late: str) -> None:
    await two.draft(chat_id=ADA)
    await two.draft(chat_id=NOOR)
    await two.press("Approve", chat_id=NOOR)
    assert (await two.press(late, chat_id=ADA)).text == CHANGED
    assert two.sent(ADA)[1].text.startswith("Queued as ML-Collage 41")
    assert len(await two.services.queue.listed("ml-collage")) == 1


async def test_two_editors_at_the_same_moment_do_not_undo_each_other(two: Stage) -> None:
    await two.draft(chat_id=ADA)
    await two.draft(chat_id=NOOR)
    toasts = await asyncio.gather(two.press("Next figure", chat_id=ADA), two.press("Drop figure", chat_id=NOOR))
    assert sorted(toast.text for toast in toasts) == ["", CHANGED]
    (held,) = await two.services.desk.listed()
    assert held.revision == 2


async def test_a_draft_that_is_gone_is_said_to_be_gone(desk: Stage) -> None:
    await desk.draft()
    card = desk.sent()[-1]
    await desk.forge(card.keyboard[0][0].value.replace("desk:ok:", "desk:ok:9"))
    assert desk.sent()[-1].text == GONE


async def test_in_a_group_only_editors_press_its_buttons(desk: Stage) -> None:
    await desk.draft(chat_id=GROUP, user_id=ADA)
    for label in ("Approve", "Discard", "Words", "Slide"):
        assert (await desk.press(label, chat_id=GROUP, user_id=NOOR)).text == EDITORS_ONLY
    await desk.press("Discard", chat_id=GROUP, user_id=ADA)
    assert desk.sent(GROUP)[1].text.startswith("Discarded.")


@pytest.mark.parametrize(
    "data",
    [
        "1:desk:ok:1:1:portrait:en", "1:draft:1", "1:take:2401.00001:ml-collage", "1:anew:take:2401.00001:ml-collage",
        "1:queue:ml-collage:1", "1:list:ml-collage", "1:wait:publish:1:0", "1:date:1:2026-W48", "1:week:1",
        "1:do:candidates", "1:do:drafts", "1:field:headline:1:1:portrait:en",
    ],
)  # fmt: skip
async def test_a_forged_button_of_the_desk_does_nothing_for_anybody_else(desk: Stage, data: str) -> None:
    await desk.ask("/help", chat_id=NOOR)
    await desk.forge(data, chat_id=NOOR, user_id=NOOR)
    assert len(desk.sent(NOOR)) == 1
    assert not studio_of(desk.services).asked


async def test_a_picture_that_was_deleted_is_put_up_anew(desk: Stage) -> None:
    picture, card = await desk.draft()
    await desk.application.bot.delete_message(ADA, picture.message_id)
    await desk.press("Next figure")
    new_picture, new_card = await desk.settle(2)
    assert new_picture.media is not None
    assert new_card.reply_to == new_picture.message_id
    assert card.message_id not in (new_picture.message_id, new_card.message_id)


async def test_a_message_too_old_to_be_changed_is_put_up_anew(desk: Stage) -> None:
    await desk.draft()
    desk.sandbox.faults.add(rejected("message can't be edited"), method="editMessageMedia")
    await desk.press("Next figure")
    _, card = await desk.settle(2)
    assert "Shows Fig. 2" in card.text


async def test_words_of_a_paper_cannot_break_the_card(desk: Stage) -> None:
    nasty = "<b>&amp;</b> ‮evil‬ https://evil.example @everyone " + "x" * 3000

    def make(arxiv_id: ArxivId, series: Series) -> Draft:
        entry = entry_about(arxiv_id, series)
        entry = replace(entry, paper=replace(entry.paper, title=nasty))
        made = draft_of(entry)
        return replace(made, notes=(nasty,) * 40, removed=tuple(Removal("summary", nasty, nasty) for _ in range(40)))

    studio_of(desk.services).make = make
    picture, card = await desk.draft(LINK)
    assert "<b>&amp;</b>" in picture.text
    assert "‮" not in card.text
    assert "and 35 more" in card.text
    await desk.press("Approve")
    assert desk.sent()[-1].text.startswith("Queued as")
