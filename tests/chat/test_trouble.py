"""When answering fails: one calm sentence for the person, the reason in the log, and never silence."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.chat import Services
from bot.chat.messages.greetings import TROUBLE
from bot.editorial.shelf import CollageShelf
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.sandbox import ADA
from bot.sandbox.faults import blocked, flooded, stalled
from bot.store.tables import chat
from tests.chat.conftest import Sketch, Stage, on_stage, sketch, sketch_cover


async def break_the_database(stage: Stage) -> None:
    """Take away what every question needs."""
    async with stage.services.database.writing() as conn:
        await conn.execute(text("ALTER TABLE entry RENAME TO lost"))


@pytest.mark.parametrize(
    "command", ["/start", "/latest", "/month 2022-01", "/search vit", "/paper 27", "/random", "transformers"]
)
async def test_a_database_out_of_reach_is_admitted_in_one_sentence(
    stage: Stage, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    await break_the_database(stage)
    (answer,) = await stage.ask(command)
    assert answer.text == TROUBLE
    assert [button.text for row in answer.keyboard for button in row] == ["Latest", "Search"]
    assert "an answer failed" in caplog.text


async def test_a_press_that_fails_is_answered_all_the_same(stage: Stage) -> None:
    await stage.ask("/latest")
    await break_the_database(stage)
    toast = await stage.press("More like this")
    assert (toast.text, toast.is_alert) == (TROUBLE, True)


async def test_a_question_that_comes_while_somebody_writes_is_answered_as_soon_as_it_is_written_down(
    stage: Stage,
) -> None:
    async with stage.services.database.writing():
        stage.sandbox.say("/search convit", chat_id=ADA)
        page = await stage.services.library.search("convit")  # to look waits for nobody
        assert page.hits
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == 1)
    assert "ConViT" in stage.sent()[0].text


async def test_a_collage_that_cannot_be_drawn_leaves_its_words(services: Services) -> None:
    def refuse(entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]) -> Sketch:
        raise CollageError(f"{entry.slug}: the title is too long")

    clumsy = replace(services, shelf=CollageShelf(services.database, refuse, sketch_cover))
    async with on_stage(clumsy) as stage:
        (pick,) = await stage.ask("/paper 27")
        assert pick.text.startswith("The collage cannot be drawn right now. Here is its text.\n\nML-Collage 27")
        excuse, listed = await stage.ask("/month 2022-01", answers=2)
        assert excuse.text.startswith("The collages of January 2022 cannot be drawn right now.")
        assert listed.text.startswith("January 2022 · four papers")


async def test_a_slow_drawing_shows_that_something_happens(services: Services) -> None:
    def dawdle(entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]) -> Sketch:
        time.sleep(1.2)
        return sketch(entry, canvas, language=language, theme=theme, files=files)

    slow = replace(services, shelf=CollageShelf(services.database, dawdle, sketch_cover))
    async with on_stage(slow) as stage:
        stage.sandbox.faults.add(stalled(0), method="sendChatAction")
        await stage.ask("/paper 27")
        assert stage.sandbox.faults.waiting == 0, "no sign of work was sent"


@pytest.mark.parametrize(
    ("command", "method", "answers"),
    [("/help", "sendMessage", 1), ("/paper 27", "sendPhoto", 1), ("/month 2022-01", "sendMediaGroup", 6)],
)
async def test_a_short_flood_only_delays_the_answer(stage: Stage, command: str, method: str, answers: int) -> None:
    stage.sandbox.faults.add(flooded(1), method=method)
    assert len(await stage.ask(command, answers=answers)) == answers


async def test_a_long_flood_is_not_sat_out(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.sandbox.faults.add(flooded(3600), method="sendMessage")
    stage.sandbox.say("/help", chat_id=ADA)
    (answer,) = await stage.ask("/search convit")
    assert answer.text.startswith("convit · 1 paper")
    assert "Retry in 3600" in caplog.text


async def test_somebody_who_blocked_us_is_gone_without_a_word(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.ask("/subscribe")
    stage.sandbox.faults.add(blocked(), method="sendMessage")
    stage.sandbox.say("/help", chat_id=ADA)
    await _until_gone(stage)
    assert "an answer failed" not in caplog.text


async def test_a_press_of_somebody_who_blocked_us_ends_without_a_word(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.ask("/subscribe")
    await stage.ask("/latest")
    stage.sandbox.faults.add(blocked(), method="sendMessage")
    toast = await stage.press("More like this")
    assert toast.text == ""
    await _until_gone(stage)
    assert "an answer failed" not in caplog.text


async def _until_gone(stage: Stage) -> None:
    for _ in range(100):
        async with stage.services.database.reading() as conn:
            if (await conn.execute(chat.select().where(chat.c.id == ADA))).one().gone_at:
                return
        await asyncio.sleep(0.02)
    pytest.fail("the chat should be gone")
