"""The queue in one message: who goes out when, moved, fixed, removed, published; and what is said when nobody waits."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.chat import Services
from bot.chat.messages.desk.card import CHANGED
from bot.chat.messages.desk.queue import BROKEN, lacking
from bot.chat.watch import warn_editors
from bot.model.arxiv_id import ArxivId
from bot.model.edition import EmptyQueue
from bot.model.entry import EntryState
from bot.publishing.queue import Lacking, Queue, Readied
from bot.sandbox import ADA, NOOR, Message, Toast
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import Fault, bad_gateway, blocked, dropped, flooded, refused
from bot.store import entries, tables
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import labels, with_editors
from tests.chat.samples import ML_COLLAGE, entry
from tests.editorial.desks import entry_about


async def waiting(services: Services, count: int, *, series: str = "ml-collage") -> list[int]:
    """Let that many papers wait in the queue; give their ids."""
    ids = []
    for number in range(1, count + 1):
        draft = await services.desk.take_up(ArxivId(f"2401.{number:05d}"), series=series, editor=ADA)
        ids.append((await services.desk.approve(draft.id, draft.revision, editor=ADA)).id)
    return ids


async def order(services: Services) -> list[int]:
    """The ids of those who wait, in order."""
    return [each.entry.id for each in await services.queue.listed("ml-collage")]


def newest(stage: Stage) -> Message:
    """Our newest message."""
    return stage.sent()[-1]


async def test_everybody_is_listed_with_number_and_date(desk: Stage) -> None:
    await waiting(desk.services, 2)
    (queue,) = await desk.ask("/queue")
    assert queue.text == (
        "Queue of ML-Collage · 2 papers\n\n"
        "1 ML-Collage 41 · About 2401.00001\nMonday 23 November, 09:00 UTC\n\n"
        "2 ML-Collage 42 · About 2401.00002\nMonday 30 November, 09:00 UTC\n\n"
        "Press a number to change something about it."
    )
    assert labels(queue) == ["1", "2", "Best of arXiv"]


async def test_a_number_shows_what_can_be_done_and_moving_is_seen_at_once(desk: Stage) -> None:
    first, second = await waiting(desk.services, 2)
    await desk.ask("/queue")
    await desk.press("2")
    assert labels(newest(desk)) == [
        "1", "· 2 ·", "↑", "↓", "Fix a date", "Preview", "Publish now", "Remove", "Best of arXiv",
    ]  # fmt: skip
    await desk.press("↑")
    assert newest(desk).text.startswith("Queue of ML-Collage · 2 papers\n\n1 ML-Collage 41 · About 2401.00002")
    assert labels(newest(desk))[:2] == ["· 1 ·", "2"]
    await desk.press("↓")
    assert await order(desk.services) == [first, second]
    assert len(desk.sent()) == 1


async def test_an_entry_is_moved_as_often_as_it_is_pressed(desk: Stage) -> None:
    ids = await waiting(desk.services, 4)
    await desk.ask("/queue")
    await desk.press("4")
    for _ in range(3):
        await desk.press("↑")
    assert await order(desk.services) == [ids[3], *ids[:3]]


async def test_what_somebody_else_moved_meanwhile_is_not_moved_again(desk: Stage) -> None:
    ids = await waiting(desk.services, 3)
    await desk.ask("/queue")
    await desk.press("2")
    await desk.services.queue.move(ids[1], -1)
    assert (await desk.press("↑")).text == CHANGED
    assert await order(desk.services) == [ids[1], ids[0], ids[2]]
    assert labels(newest(desk))[0] == "· 1 ·"


async def test_a_long_queue_has_pages_and_the_moved_one_stays_in_sight(desk: Stage) -> None:
    ids = await waiting(desk.services, 6)
    await desk.ask("/queue")
    await desk.press("›")
    assert "6 ML-Collage 46" in newest(desk).text
    await desk.press("6")
    await desk.press("↑")
    assert "· 5 ·" in labels(newest(desk))
    assert "5 ML-Collage 45 · About 2401.00006" in newest(desk).text
    assert await order(desk.services) == [*ids[:4], ids[5], ids[4]]


@pytest.mark.slow
async def test_a_date_is_fixed_and_taken_away(desk: Stage) -> None:
    await waiting(desk.services, 2)
    await desk.ask("/queue")
    await desk.press("1")
    await desk.press("Fix a date")
    assert newest(desk).text == "When shall “About 2401.00001” go out?"
    assert labels(newest(desk)) == [
        "23 Nov", "30 Nov", "7 Dec", "14 Dec", "21 Dec", "28 Dec", "4 Jan", "11 Jan", "‹ Back",
    ]  # fmt: skip
    await desk.press("7 Dec")
    assert "Monday 7 December, 09:00 UTC · fixed to that date" in newest(desk).text
    assert "↑" not in labels(newest(desk))
    await asyncio.sleep(1.1)
    await desk.press("Fix a date")
    await desk.press("No date")
    assert "fixed" not in newest(desk).text


async def test_a_date_that_somebody_has_is_not_offered_to_another(desk: Stage) -> None:
    one, _ = await waiting(desk.services, 2)
    await desk.services.queue.fix(one, "2026-W48")
    await desk.ask("/queue")
    await desk.press("2")
    await desk.press("Fix a date")
    assert "23 Nov" not in labels(newest(desk))


@pytest.mark.slow
async def test_removing_asks_once_more_and_leaves_a_draft(desk: Stage) -> None:
    (one,) = await waiting(desk.services, 1)
    await desk.ask("/queue")
    await desk.press("1")
    await desk.press("Remove")
    assert newest(desk).text.startswith("Take “About 2401.00001” out of the queue?")
    assert await order(desk.services) == [one]
    await asyncio.sleep(1.1)
    await desk.press("Keep it")
    await desk.press("Remove")
    await desk.press("Remove")
    assert newest(desk).text == "“About 2401.00001” is a draft again."
    assert await order(desk.services) == []
    await desk.press("Preview")
    assert newest(desk).text.startswith("Draft of ML-Collage 41")


async def test_publishing_asks_once_more_and_tells_what_became_of_it(services: Services) -> None:
    sent: list[Readied] = []

    async def send_now(readied: Readied) -> Sequence[str]:
        sent.append(readied)
        return ["ML-Collage 2026-W47: “About 2401.00001”. 3 messages sent."]

    async with on_stage(with_editors(replace(services, send_now=send_now))) as stage:
        await waiting(stage.services, 1)
        await stage.ask("/queue")
        await stage.press("1")
        await stage.press("Publish now")
        assert newest(stage).text.startswith("Publish “About 2401.00001” now? It goes out at once to every chat")
        assert not sent
        await stage.press("Publish now")
        assert await stage.sandbox.wait(lambda: newest(stage).text.endswith("3 messages sent."))
        assert newest(stage).text.startswith("“About 2401.00001” is this week's pick of ML-Collage.")
        assert [readied.is_now for readied in sent] == [True]


@pytest.mark.slow
async def test_what_is_stopped_while_it_is_published_does_not_look_under_way(services: Services) -> None:
    async def send_now(_: Readied) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    async with on_stage(with_editors(replace(services, send_now=send_now))) as stage:
        await publish_first(stage)
        assert await stage.sandbox.wait(lambda: newest(stage).text.startswith("Publishing"))
        await stage.stop()
        assert newest(stage).text == "“About 2401.00001” is this week's pick of ML-Collage."
        assert labels(newest(stage)) == ["‹ Back"]


async def test_what_breaks_while_it_is_published_is_said_and_written_down(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    async def send_now(_: Readied) -> Sequence[str]:
        raise RuntimeError("secret")

    async with on_stage(with_editors(replace(services, send_now=send_now))) as stage:
        await publish_first(stage)
        assert await stage.sandbox.wait(lambda: newest(stage).text.endswith(BROKEN))
        assert "secret" in caplog.text


async def test_where_too_much_is_under_way_the_slot_takes_it_a_little_later(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.handlers.errands.MOST", 0)
    toast = await publish_first(desk)
    assert (toast.text, newest(desk).text) == ("", "“About 2401.00001” is this week's pick of ML-Collage.")
    assert labels(newest(desk)) == ["‹ Back"]


async def publish_first(stage: Stage) -> Toast:
    """Let one paper wait, and press all the way until it is published."""
    await waiting(stage.services, 1)
    await stage.ask("/queue")
    await stage.press("1")
    await stage.press("Publish now")
    return await stage.press("Publish now")


async def test_who_is_not_there_any_more_is_said_not_to_be(desk: Stage) -> None:
    one, _ = await waiting(desk.services, 2)
    await desk.ask("/queue")
    await desk.press("1")
    await desk.services.desk.reopen(one, editor=NOOR)
    toast = await desk.press("↓")
    assert toast.is_alert
    assert "It is not in the queue any more" in toast.text
    assert newest(desk).text.startswith("Queue of ML-Collage · 1 paper")


async def test_what_comes_from_a_file_keeps_the_place_that_its_file_says(desk: Stage) -> None:
    said = entry_about(
        ArxivId("2001.00001"),
        desk.services.series[-1],
        slug="ml-collage/41-x",
        number=41,
        state=EntryState.QUEUED,
        topics=(),
    )
    async with desk.services.database.writing() as conn:
        await entries.write_entry(conn, said, origin="content", hashed="x")
    await desk.ask("/queue")
    assert "from its content file" in newest(desk).text
    await desk.press("1")
    assert "↑" not in labels(newest(desk))
    await desk.press("Remove")
    toast = await desk.press("Remove")
    assert "set `state: draft` there" in toast.text
    await desk.press("Preview")
    assert newest(desk).media is not None


async def test_what_comes_from_a_file_without_a_number_is_moved_like_the_others(desk: Stage) -> None:
    first, second = await waiting(desk.services, 2)
    async with desk.services.database.writing() as conn:
        await conn.execute(update(tables.entry).where(tables.entry.c.id == second).values(origin="content"))
    await desk.ask("/queue")
    assert "from its content file" in newest(desk).text
    await desk.press("2")
    await desk.press("↑")
    assert await order(desk.services) == [second, first]


async def test_an_empty_queue_says_what_happens_then(desk: Stage) -> None:
    (empty,) = await desk.ask("/queue")
    assert empty.text.startswith("Nothing waits in the queue of ML-Collage. On Monday 23 November, 09:00 UTC, “")
    assert empty.text.endswith("goes out again from the archive, unless a paper is queued before.")
    assert labels(empty) == ["Candidates", "Drafts", "Best of arXiv"]


async def test_an_empty_queue_that_skips_says_so(services: Services) -> None:
    queue = replace(services.queue, empty_queue=EmptyQueue.SKIP)
    async with on_stage(with_editors(replace(services, queue=queue))) as stage:
        (empty,) = await stage.ask("queue")
        assert "nothing goes out, unless a paper is queued before." in empty.text


@pytest.mark.parametrize("name", ["best-of-arxiv", "Best of arXiv", "bestofarxiv"])
async def test_the_queue_of_another_series_is_a_word_or_a_press_away(desk: Stage, name: str) -> None:
    (other,) = await desk.ask(f"/queue {name}")
    assert "Best of arXiv" in other.text
    await desk.press("ML-Collage")
    assert newest(desk).text.startswith("Nothing waits in the queue of ML-Collage.")


async def test_editors_are_warned_once_of_a_slot_without_a_paper(services: Services) -> None:
    soon = NOW.replace(day=22)
    queue = Queue(services.database, services.series, lambda: soon)
    async with on_stage(with_editors(replace(services, queue=queue), ADA, NOOR)) as stage:
        stage.sandbox.mark_started(ADA, NOOR)
        await warn_editors(stage.application.bot, stage.services)
        await warn_editors(stage.application.bot, stage.services)
        for editor in (ADA, NOOR):
            (warning,) = stage.sent(editor)
            assert warning.text.startswith("Nothing is queued for ML-Collage on Monday 23 November, 09:00 UTC.")
            assert labels(warning) == ["Candidates", "Drafts"]


@pytest.mark.parametrize(
    ("fault", "told_later"),
    [
        (blocked("bot can't initiate conversation with a user"), False),
        (flooded(3600), True),
        (refused(Refusal(500, "Internal Server Error: restart")), True),
        (bad_gateway("before"), False),  # nobody knows what was behind the gateway
        (dropped("after"), False),
    ],
    ids=["cannot be written to", "flooded", "restarting", "bad gateway", "answer lost"],
)
@pytest.mark.parametrize(("unlucky", "lucky"), [(ADA, NOOR), (NOOR, ADA)])
async def test_an_editor_out_of_reach_does_not_keep_the_others_from_the_warning(
    services: Services, unlucky: int, lucky: int, fault: Fault, told_later: bool
) -> None:
    queue = Queue(services.database, services.series, lambda: NOW.replace(day=22))
    async with on_stage(with_editors(replace(services, queue=queue), ADA, NOOR)) as stage:
        stage.sandbox.mark_started(ADA, NOOR)
        stage.sandbox.faults.add(fault, method="sendMessage", chat_id=unlucky)
        await warn_editors(stage.application.bot, stage.services)
        assert stage.sandbox.faults.waiting == 0
        assert len(stage.sent(lucky)) == 1
        had = len(stage.sent(unlucky))

        await warn_editors(stage.application.bot, stage.services)
        await warn_editors(stage.application.bot, stage.services)

        assert len(stage.sent(unlucky)) == had + told_later
        assert len(stage.sent(lucky)) == 1


async def test_without_editors_nobody_is_warned_and_nothing_is_claimed(services: Services) -> None:
    queue = Queue(services.database, services.series, lambda: NOW.replace(day=22))
    async with on_stage(replace(services, queue=queue)) as stage:
        await warn_editors(stage.application.bot, stage.services)
        assert len(await queue.lacking([ADA])) == 1


def test_a_week_that_will_be_skipped_is_called_so() -> None:
    warned = Lacking(ML_COLLAGE, "2026-W48", NOW, None)
    assert lacking(warned).text.plain.endswith("Without a paper, that week is skipped.")
    again = replace(warned, instead=entry())
    assert "goes out again from the archive." in lacking(again).text.plain
