"""How everything stands, in one message for editors."""

from datetime import date, timedelta

from sqlalchemy import update

from bot.chat import Services
from bot.chat.watch import warn_editors
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionState
from bot.model.language import CHINESE
from bot.sandbox import ADA, NOOR
from bot.store import budget, preferences, subscriptions
from bot.store.tables import delivery, subscription
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import labels, with_editors
from tests.chat.doubtful import LOST, let, out
from tests.chat.test_desk_queue import waiting
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

CHATS = [Address(-number) for number in range(1, 8)]


async def told(stage: Stage) -> list[str]:
    """The lines of the answer."""
    (answer,) = await stage.ask("/status")
    return answer.text.splitlines()


def server_of(stage: Stage) -> str:
    """What the database is."""
    return "SQLite, " if stage.services.database.url.startswith("sqlite") else "PostgreSQL, "


async def test_an_empty_installation_says_so(desk: Stage) -> None:
    (answer,) = await desk.ask("/status")
    lines = answer.text.splitlines()
    assert lines[:2] == ["Status", "As of Friday 20 November, 12:00 UTC"]
    assert lines[3:5] == ["ML-Collage", "Nothing is queued."]
    assert "Nothing has been sent yet." in lines
    assert "Chats: 0 subscribed." in lines
    assert "No tick yet." in lines
    assert "0 updates wait." in lines
    assert any(line.startswith(server_of(desk)) for line in lines)
    assert any(line.startswith("Version ") for line in lines)
    assert labels(answer) == ["Refresh"]


async def test_the_queue_says_how_many_wait_and_who_goes_out_next(desk: Stage) -> None:
    await waiting(desk.services, 3)
    lines = await told(desk)
    at = lines.index("ML-Collage · 3 papers")
    assert lines[at + 1] == "Monday 23 November, 09:00 UTC · ML-Collage 41 · About 2401.00001"
    assert lines[at + 2] == "Monday 30 November, 09:00 UTC · ML-Collage 42 · About 2401.00002"
    assert lines[at + 3] == ""


async def test_the_last_editions_say_what_became_of_them(desk: Stage) -> None:
    edition = await out(desk.services, CHATS, state=DeliveryState.SENT, error=None)
    for chat_id, state in ((-1, "in_doubt"), (-2, "failed"), (-3, "skipped"), (-4, "pending"), (-5, "sending")):
        await let_chat(desk.services, chat_id, state=state)
    held = await out(desk.services, CHATS[:1], state=DeliveryState.PENDING, slot="2021-02")
    await let(desk.services, held.id, state=EditionState.HELD, reason="Can't parse entities")
    skipped = await out(desk.services, [], slot="2026-W46")
    await let(desk.services, skipped.id, state=EditionState.SKIPPED, opened_at=edition.opened_at - timedelta(days=7))
    (answer,) = await desk.ask("/status")
    lines = answer.text.splitlines()
    at = lines.index("Sent last")
    assert lines[at + 1 : at + 4] == [
        "ML-Collage · February 2021, 16 Nov: held, 1 waiting.",
        "ML-Collage 27, 16 Nov: 2 arrived, 1 failed, 1 in doubt, 1 not wanted or too late, 1 waiting, 1 on the way.",
        "ML-Collage 27, 9 Nov: skipped.",
    ]
    assert labels(answer) == ["Held: ML-Collage · February 2021", "In doubt: ML-Collage 27", "Refresh"]
    await desk.press("In doubt: ML-Collage 27")
    assert desk.sent()[-1].text.startswith("In doubt: ML-Collage 27")
    await desk.press("Status")
    assert desk.sent()[-1].text.startswith("Status\n")
    assert len(desk.sent()) == 1


async def test_chats_are_counted_by_how_it_stands_with_them(desk: Stage) -> None:
    await out(desk.services, CHATS, state=DeliveryState.SENT, error=None)
    async with desk.services.database.writing() as conn:
        await subscriptions.mark_gone(conn, -1, "kicked", NOW)
        await conn.execute(
            update(subscription).where(subscription.c.chat_id == -2).values(paused_until=date(2026, 12, 1))
        )
        await conn.execute(
            update(subscription).where(subscription.c.chat_id == -7).values(paused_until=date(2026, 11, 1))
        )
        await subscriptions.unsubscribe(conn, CHATS[2], NOW)
    for chat_id in (-3, -4, -5, -1):
        await let_chat(desk.services, chat_id, state="failed", error="CHAT_WRITE_FORBIDDEN")
    await let_chat(desk.services, -6, state="failed", error=LOST)
    await out(
        desk.services, [CHATS[4]], state=DeliveryState.SENT, error=None, slot="2026-W48"
    )  # it has the right again
    assert "Chats: 4 subscribed, 1 paused, 1 do not let me post, 1 gone." in await told(desk)


async def test_a_pause_a_tick_and_what_waits_are_told(desk: Stage) -> None:
    await warn_editors(desk.application.bot, desk.services)
    async with desk.services.database.writing() as conn:
        await budget.pause(conn, NOW + timedelta(minutes=2))
        await budget.hold(conn, NOW + timedelta(minutes=1))
    lines = await told(desk)
    assert "Last tick: Friday 20 November, 12:00 UTC." in lines
    assert "Nothing is sent before Friday 20 November, 12:02 UTC." in lines


async def test_it_is_refreshed_in_place(desk: Stage) -> None:
    await desk.ask("/status")
    await waiting(desk.services, 1)
    await desk.press("Refresh")
    assert "ML-Collage · 1 paper" in desk.sent()[-1].text.splitlines()
    assert len(desk.sent()) == 1


async def test_nobody_else_sees_it(services: Services) -> None:
    async with on_stage(with_editors(services, ADA)) as stage:
        (answer,) = await stage.ask("/status", chat_id=NOOR)
        assert "Sent last" not in answer.text
        await stage.forge("1:do:status", chat_id=NOOR, user_id=NOOR)
        assert len(stage.sent(NOOR)) == 1


async def test_it_speaks_chinese(desk: Stage) -> None:
    await out(desk.services, CHATS, state=DeliveryState.IN_DOUBT)
    async with desk.services.database.writing() as conn:
        await subscriptions.see_chat(conn, ADA, kind="private", title="Ada", now=NOW)
        await preferences.choose_language(conn, ADA, CHINESE)
    (answer,) = await desk.ask("/status")
    assert "7 条存疑。" in answer.text
    assert "聊天：7 个已订阅。" in answer.text
    assert labels(answer) == ["存疑：ML-Collage 27", "刷新"]


async def let_chat(services: Services, chat_id: int, **values: object) -> None:
    """Change what a chat has behind everybody's back."""
    async with services.database.writing() as conn:
        await conn.execute(update(delivery).where(delivery.c.chat_id == chat_id).values(values))
