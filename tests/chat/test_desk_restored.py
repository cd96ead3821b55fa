"""After a restore: editors are asked once, in their own language, and decide by pressing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.chat import Services
from bot.chat.handlers.desk.restored import tell_returned
from bot.chat.outbox import Outbox
from bot.model.address import Address
from bot.model.edition import DeliveryState, EmptyQueue
from bot.publishing.aftermath import Aftermath
from bot.publishing.restored import settle
from bot.sandbox import ADA, NOOR
from bot.store import deliveries, installation, subscriptions, tables
from bot.store.generation import MARK
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import labels, with_editors
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.publishing.recording import RecordingMessenger

TAKEN_AT = datetime(2026, 11, 15, 3, 0, tzinfo=UTC)  # the Sunday before; now it is Friday
READER = 5001


async def came_back(services: Services, *, taken_at: datetime = TAKEN_AT, now: datetime = NOW) -> None:
    async with services.database.writing() as conn:
        for rhythm in ("ml-collage weekly", "ml-collage roundup", "best-of-arxiv roundup"):
            await installation.first_seen_at(conn, rhythm, taken_at)
        await subscriptions.see_chat(conn, READER, kind="private", title="", now=taken_at)
        await subscriptions.subscribe(conn, Address(READER), taken_at)
        await conn.execute(insert(tables.installation).values(key=MARK, value=taken_at.isoformat()))
        await settle(conn, services.series, empty_queue=EmptyQueue.ARCHIVE, now=now)


@asynccontextmanager
async def opened(services: Services, *editors: int) -> AsyncIterator[Stage]:
    messenger = RecordingMessenger()
    aftermath = Aftermath(services.database, services.series, services.clock, lambda: messenger, lambda: None)
    async with on_stage(replace(with_editors(services, *editors), aftermath=aftermath)) as stage:
        yield stage


async def tell(stage: Stage) -> None:
    services = stage.services
    await tell_returned(Outbox(stage.application.bot, services.database, services.shelf), services)


async def states(services: Services) -> dict[DeliveryState, int]:
    async with services.database.reading() as conn:
        return await deliveries.count_states(conn)


@pytest.fixture
async def desk(services: Services) -> AsyncIterator[Stage]:
    await came_back(services)
    async with opened(services, ADA) as stage:
        stage.sandbox.mark_started(ADA)
        yield stage


async def test_the_editors_are_told_once_what_may_have_gone_out(desk: Stage) -> None:
    await tell(desk)
    await tell(desk)
    (notice,) = desk.sent()
    assert "came back from a backup of Sunday 15 November, 03:00 UTC" in notice.text
    assert "1 edition may have gone out since." in notice.text
    assert "1 ML-Collage weekly · Monday 16 November, 09:00 UTC" in notice.text
    assert labels(notice) == ["1"]


async def test_a_press_asks_before_anything_is_done(desk: Stage) -> None:
    await tell(desk)
    await desk.press("1")
    (asked,) = desk.sent()
    assert asked.text.startswith("Did ML-Collage weekly of Monday 16 November")
    assert labels(asked) == ["It went out", "It did not, send it", "‹ Back"]
    assert await states(desk.services) == {}
    await desk.press("‹ Back")
    assert labels(desk.sent()[0]) == ["1"]


async def test_what_went_out_is_recorded(desk: Stage) -> None:
    await tell(desk)
    await desk.press("1")
    assert (await desk.press("It went out")).text == "Recorded as sent."
    assert await states(desk.services) == {DeliveryState.SENT: 1}
    assert "Everything is decided." in desk.sent()[0].text


async def test_what_did_not_goes_out_now(desk: Stage) -> None:
    await tell(desk)
    await desk.press("1")
    assert (await desk.press("It did not, send it")).text == "It goes out now."
    assert await states(desk.services) == {DeliveryState.PENDING: 1}


async def test_who_lost_the_message_finds_the_question_under_status(desk: Stage) -> None:
    (answer,) = await desk.ask("/status")
    assert labels(answer) == ["1 edition may be out", "Refresh"]
    await desk.press("1 edition may be out")
    assert "1 edition may have gone out since." in desk.sent()[-1].text
    assert labels(desk.sent()[-1]) == ["1"]
    await desk.press("1")
    await desk.press("It went out")
    (answer,) = await desk.ask("/status")
    assert labels(answer) == ["Refresh"]


async def test_two_editors_decide_once_and_both_see_it(services: Services) -> None:
    await came_back(services)
    async with opened(services, ADA, NOOR) as stage:
        for editor in (ADA, NOOR):
            stage.sandbox.mark_started(editor)
        await tell(stage)
        await stage.press("1")
        await stage.press("It went out")
        held = stage.sent(NOOR)[0].keyboard[0][0]
        await stage.sandbox.press(held.text, chat_id=NOOR, user_id=NOOR)
        assert await states(services) == {DeliveryState.SENT: 1}
        await tell(stage)
        assert all(not labels(stage.sent(editor)[0]) for editor in (ADA, NOOR))


async def test_each_editor_is_asked_in_their_own_language(services: Services) -> None:
    await came_back(services)
    async with opened(services, NOOR) as stage:
        await stage.ask("/start", chat_id=NOOR, user_id=NOOR)
        await tell(stage)
        notice = stage.sent(NOOR)[-1]
        assert notice.text.startswith("数据库已从 11月15日")


async def test_a_stranger_decides_nothing(desk: Stage) -> None:
    await tell(desk)
    async with desk.services.database.reading() as conn:
        (edition_id,) = (await conn.execute(tables.edition.select().with_only_columns(tables.edition.c.id))).scalars()
    desk.sandbox.mark_started(NOOR)
    await desk.ask("/start", chat_id=NOOR, user_id=NOOR)
    for step in ("send", "out", "ask", "all"):
        await desk.forge(f"1:since:{step}:{edition_id}", chat_id=NOOR, user_id=NOOR)
    assert await states(desk.services) == {}


async def test_where_nothing_was_due_the_editors_hear_that_much(services: Services) -> None:
    await came_back(services, taken_at=NOW - timedelta(hours=1))
    async with opened(services, ADA) as stage:
        stage.sandbox.mark_started(ADA)
        await tell(stage)
        (notice,) = stage.sent()
        assert "nothing has to be decided" in notice.text
        assert labels(notice) == []


async def test_where_nothing_was_restored_nobody_is_told(services: Services) -> None:
    async with opened(services, ADA) as stage:
        stage.sandbox.mark_started(ADA)
        await tell(stage)
        assert stage.sent() == []
