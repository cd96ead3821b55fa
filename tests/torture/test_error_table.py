"""Each line of the table of errors on its whole way: what the server does, what the ledger and the chat become.

Source of the lines: tdlib/telegram-bot-api, Client.cpp; python-telegram-bot 22.8.
"""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.chat import TelegramMessenger, build_application, requests
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind, EditionState
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.sandbox import FORUM, PAPERS, Chat, Person, Sandbox, faults, serve
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import Fault
from bot.store import subscriptions
from bot.store.database import Database
from bot.store.tables import chat, delivery, edition, send_budget, subscription
from tests.chat.conftest import NOW, TOKEN, services_over

pytestmark = pytest.mark.slow  # not one of them alone

READERS = [8001, 8002, 8003]
STRUCK = READERS[1]
DAY = timedelta(days=1)
SENT, PENDING, FAILED, IN_DOUBT = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.FAILED,
    DeliveryState.IN_DOUBT,
)


@dataclass(slots=True)
class Scene:
    """A bot that sends and hears nothing, three readers, and a clock that can be turned."""

    sandbox: Sandbox
    database: Database
    series: Any
    messenger: TelegramMessenger
    now: datetime = NOW
    refusals: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(
            self.database, self.messenger, self.clock, rate=0, patience=timedelta(0),
            on_refused=lambda: self.refusals.append("refused"),
        )  # fmt: skip
        self.publisher = Publisher(self.database, self.messenger, self.dispatcher, self.series, self.clock)

    dispatcher: Dispatcher = field(init=False)
    publisher: Publisher = field(init=False)

    def clock(self) -> datetime:
        return self.now

    async def subscribe(self, *addresses: Address, kind: str = "private") -> None:
        async with self.database.writing() as conn:
            for address in addresses:
                await subscriptions.see_chat(conn, address.chat_id, kind=kind, title="", now=NOW - DAY)
                await subscriptions.subscribe(conn, address, NOW - DAY)

    async def send(self, kind: EditionKind = EditionKind.WEEKLY, slot: str | None = None) -> None:
        await self.publisher.publish_now(kind, slot=slot)

    async def wait(self, by: timedelta = timedelta(hours=1)) -> None:
        self.now += by
        await self.dispatcher.run()

    async def rows(self) -> list[Row[*tuple[Any, ...]]]:
        """What the ledger says of the newest edition."""
        async with self.database.reading() as conn:
            newest = select(edition.c.id).order_by(edition.c.id.desc()).limit(1).scalar_subquery()
            return list(await conn.execute(select(delivery).where(delivery.c.edition_id == newest)))

    async def row(self, chat_id: int = STRUCK, *, part: int = 0) -> Row[*tuple[Any, ...]]:
        (found,) = [row for row in await self.rows() if (row.chat_id, row.part) == (chat_id, part)]
        return found

    async def is_gone(self, chat_id: int = STRUCK) -> bool:
        async with self.database.reading() as conn:
            return (await conn.execute(select(chat.c.gone_at).where(chat.c.id == chat_id))).scalar_one() is not None

    async def wishes(self) -> set[Address]:
        async with self.database.reading() as conn:
            query = select(subscription.c.chat_id, subscription.c.thread_id).where(subscription.c.ended_at.is_(None))
            return {Address(*row) for row in await conn.execute(query)}

    async def edition_state(self) -> str:
        async with self.database.reading() as conn:
            query = select(edition.c.state).order_by(edition.c.id.desc()).limit(1)
            return str((await conn.execute(query)).scalar_one())

    async def rest(self) -> timedelta:
        """How long nothing leaves."""
        async with self.database.reading() as conn:
            row = (await conn.execute(select(send_budget))).one()
        return timedelta(seconds=max(row.paused_until, row.held_until) - self.now.timestamp())

    def pictures(self, chat_id: int = STRUCK) -> int:
        return sum(bool(each.digest) for each in self.sandbox.delivered(chat_id))


def furnished() -> Sandbox:
    """A sandbox with the three readers in it."""
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="table_bot")
    for reader in READERS:
        sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
        sandbox.mark_started(reader)
    return sandbox


@asynccontextmanager
async def speaking(sandbox: Sandbox, url: str, database: Database) -> AsyncIterator[Scene]:
    services = await services_over(database)
    application = build_application(TOKEN, api_url=url, services=services)
    async with application:
        messenger = TelegramMessenger(application.bot, services)
        yield Scene(sandbox, database, services.series, messenger)


@asynccontextmanager
async def on_scene(database: Database) -> AsyncIterator[Scene]:
    sandbox = furnished()
    async with serve(sandbox.app, before_stop=sandbox.close) as url, speaking(sandbox, url, database) as scene:
        yield scene


@pytest.fixture
async def scene(papers_database: Database) -> AsyncIterator[Scene]:
    """Three readers who have had this week's pick; the next one is due."""
    async with on_scene(papers_database) as opened:
        await opened.subscribe(*map(Address, READERS))
        await opened.send()
        opened.now += timedelta(weeks=1)
        yield opened


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    Attributes:
        state: Of the delivery, at once.
        copies: How many arrived, at once.
        later: Of the delivery, when everything goes well again.
        arrives: How many arrived in the end.
        is_gone: The chat is written off, until it comes back.
    """

    fault: Fault
    state: DeliveryState
    copies: int = 0
    later: DeliveryState | None = None
    arrives: int | None = None
    is_gone: bool = False


def doubt(fault: Fault, copies: int) -> Line:
    return Line(fault, IN_DOUBT, copies)


def again(fault: Fault) -> Line:
    return Line(fault, PENDING, later=SENT, arrives=1)


def gone(fault: Fault) -> Line:
    return Line(fault, FAILED, is_gone=True)


def off(fault: Fault) -> Line:
    return Line(fault, FAILED)


TABLE = {
    "no answer in time": doubt(faults.stalled(1.2), 1),
    "closed before the reply": doubt(faults.dropped("after"), 1),
    "closed before it was carried out": doubt(faults.dropped("before"), 0),
    "closed in the middle of the reply": doubt(faults.torn(), 1),
    "200 with half an answer": doubt(faults.truncated(), 1),
    "200 with a web page": doubt(faults.nonsense(), 1),
    **{f"{code} {stage}": doubt(faults.broken(code, stage), int(stage == "after"))
       for code in (500, 502, 503, 504) for stage in ("before", "after")},
    "429": again(faults.flooded(3)),
    "429 for hours": again(faults.flooded(3000)),
    "429, told late": again(faults.late_flood(30, after_s=0.3)),
    "429 without parameters": again(faults.flooded(None)),
    "429 as a web page": again(Fault("before", status=429, body="<html>slow down</html>")),
    "413": off(faults.refused(Refusal(413, "Request Entity Too Large"))),
    "401": again(faults.unknown_token()),
    "404": again(faults.refused(Refusal(404, "Not Found"))),
    "409": again(faults.refused(Refusal(409, "Conflict: terminated by other getUpdates request"))),
    "500 while it restarts": again(faults.refused(Refusal(500, "Internal Server Error: restart"))),
    "400 while it logs out": again(faults.refused(Refusal(400, "Bad Request: Logged out"))),
    **{f"403 {said}": gone(faults.blocked(said)) for said in (
        "bot was blocked by the user", "user is deactivated", "bot was kicked from the group chat",
        "bot was kicked from the supergroup chat", "bot was kicked from the channel chat",
        "bot is not a member of the supergroup chat", "bot is not a member of the channel chat",
        "the group chat was deleted", "bot can't initiate conversation with a user",
        "bots can't send messages to bots",
    )},
    **{f"400 {said}": gone(faults.rejected(said)) for said in (
        "chat not found", "PEER_ID_INVALID", "group chat is deactivated", "CHANNEL_PRIVATE",
    )},
    **{f"400 {said}": off(faults.rejected(said)) for said in (
        "not enough rights to send text messages to the chat", "have no rights to send a message",
        "need administrator rights in the channel chat", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "TOPIC_CLOSED",
    )},
    **{f"400 {said}": off(faults.rejected(said)) for said in (
        "can't parse entities: unexpected end tag", "message is too long", "message caption is too long",
        "PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "something nobody has seen before",
    )},
}  # fmt: skip


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are waited for as long as a test can wait."""
    monkeypatch.setattr(requests, "_SENDING", dataclasses.replace(requests._SENDING, read=0.8))


@pytest.mark.parametrize("line", TABLE.values(), ids=TABLE)
@pytest.mark.usefixtures("hurried")
async def test_each_line_of_the_table(scene: Scene, line: Line) -> None:
    scene.sandbox.faults.add(line.fault, method="sendPhoto", chat_id=STRUCK)
    await scene.send()
    row = await scene.row()
    assert (row.state, scene.pictures() - 1) == (line.state, line.copies), row.error
    assert row.error
    for _ in range(3):
        await scene.wait()
    row = await scene.row()
    assert row.state == (line.later or line.state)
    assert scene.pictures() - 1 == (line.copies if line.arrives is None else line.arrives)
    assert await scene.is_gone() is line.is_gone
    assert await scene.wishes() == set(map(Address, READERS))  # whoever is gone may come back
    assert [scene.pictures(other) for other in READERS if other != STRUCK] == [2, 2]
    assert await scene.edition_state() == EditionState.OPEN
    assert scene.refusals == []


async def test_what_was_never_sent_because_nobody_listens_is_sent_later(papers_database: Database) -> None:
    sandbox = furnished()
    async with AsyncExitStack() as open_ones:
        async with serve(sandbox.app) as url:
            scene = await open_ones.enter_async_context(speaking(sandbox, url, papers_database))
        await scene.subscribe(*map(Address, READERS))
        await scene.send()
        assert {(row.state, row.attempts) for row in await scene.rows()} == {(PENDING, 1)}
        async with serve(sandbox.app, port=int(url.rpartition(":")[2]), before_stop=sandbox.close):
            await scene.wait()
        assert [(await scene.row(reader)).state for reader in READERS] == [SENT] * 3
        assert [scene.pictures(reader) for reader in READERS] == [1, 1, 1]


async def test_what_found_no_free_connection_is_sent_later(
    papers_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_CONNECTIONS", 1)
    monkeypatch.setattr(requests, "_SENDING", dataclasses.replace(requests._SENDING, pool=0.2))
    async with on_scene(papers_database) as scene:
        await scene.subscribe(*map(Address, READERS))
        scene.sandbox.faults.add(faults.stalled(1.0), method="sendPhoto", skip=1)  # the first uploads the picture
        await scene.send()
        assert sorted(row.state for row in await scene.rows()) == [PENDING, SENT, SENT]
        await scene.wait()
        assert {row.state for row in await scene.rows()} == {SENT}
        assert [scene.pictures(reader) for reader in READERS] == [1, 1, 1]


async def test_a_wait_of_hours_is_written_down_and_others_rest_for_a_minute(scene: Scene) -> None:
    scene.sandbox.faults.add(faults.flooded(10_072), method="sendPhoto", chat_id=STRUCK)
    await scene.send()
    assert (await scene.row()).not_before == scene.now + timedelta(seconds=10_072)
    assert timedelta(0) < await scene.rest() <= timedelta(minutes=1)
    await scene.wait(timedelta(seconds=61))
    await scene.wait(timedelta(seconds=10_000))
    assert [scene.pictures(reader) - 1 for reader in READERS] == [1, 0, 1]
    await scene.wait(timedelta(seconds=12))
    assert scene.pictures() == 2


async def test_a_flood_over_all_chats_rests_everybody(scene: Scene) -> None:
    scene.sandbox.faults.flood(3600, method="sendPhoto")
    await scene.send()
    assert {row.state for row in await scene.rows()} == {PENDING}
    tried = len(scene.sandbox.faults.strikes)
    await scene.wait(timedelta(seconds=1))
    assert len(scene.sandbox.faults.strikes) == tried  # nobody is asked before the time is over
    scene.sandbox.faults.clear()
    await scene.wait(timedelta(hours=2))
    assert [scene.pictures(reader) for reader in READERS] == [2, 2, 2]


async def test_content_that_nobody_may_have_is_held_and_blames_no_chat(scene: Scene) -> None:
    scene.sandbox.faults.add(faults.rejected("PHOTO_INVALID_DIMENSIONS"), method="sendPhoto", times=99)
    await scene.send()
    assert await scene.edition_state() == EditionState.HELD
    assert {row.state for row in await scene.rows()} == {PENDING}
    assert not any([await scene.is_gone(reader) for reader in READERS])
    scene.sandbox.faults.clear()
    await scene.send()  # by hand, after somebody has looked
    assert [scene.pictures(reader) for reader in READERS] == [2, 2, 2]


async def test_a_file_id_that_died_is_uploaded_again_at_once(scene: Scene) -> None:
    scene.sandbox.kill_files()
    await scene.send()
    assert {row.state for row in await scene.rows()} == {SENT}
    assert [scene.pictures(reader) for reader in READERS] == [2, 2, 2]


@pytest.mark.parametrize("said", ["CHAT_SEND_PHOTOS_FORBIDDEN", "not enough rights to send photos to the chat"])
async def test_where_photos_are_not_allowed_the_words_come_alone(scene: Scene, said: str) -> None:
    scene.sandbox.faults.add(faults.rejected(said), method="sendPhoto", chat_id=STRUCK)
    await scene.send()
    assert (await scene.row()).state == SENT
    assert [each.method for each in scene.sandbox.delivered(STRUCK)] == ["sendPhoto", "sendMessage"]


@pytest.mark.parametrize("is_subscribed", [False, True], ids=["unknown", "subscribed already"])
async def test_a_group_that_moved_gets_it_once_in_its_new_place(scene: Scene, is_subscribed: bool) -> None:
    old = -8100
    scene.sandbox.add_chat(Chat(old, "group", "Movers", (READERS[0],)))
    await scene.subscribe(Address(old), kind="group")
    new = scene.sandbox.migrate(old, is_silent=True)
    if is_subscribed:
        await scene.subscribe(Address(new), kind="supergroup")
    await scene.send()
    await scene.wait()
    assert (scene.pictures(old), scene.pictures(new)) == (0, 1)
    assert await scene.wishes() == {*map(Address, READERS), Address(new)}
    assert [row.state for row in await scene.rows() if row.chat_id in (old, new)] == [SENT]


@pytest.mark.parametrize("said", ["message thread not found", "TOPIC_DELETED"])
async def test_where_a_topic_is_gone_it_comes_to_the_chat_once(scene: Scene, said: str) -> None:
    await scene.subscribe(Address(FORUM, PAPERS), kind="supergroup")
    scene.sandbox.faults.add(faults.rejected(said), method="sendPhoto", chat_id=FORUM)
    await scene.send()
    await scene.wait()
    assert [each.thread_id for each in scene.sandbox.delivered(FORUM)] == [0]
    assert await scene.wishes() == {*map(Address, READERS), Address(FORUM)}


async def test_a_chat_without_any_topic_left_is_not_tried_for_ever(scene: Scene) -> None:
    await scene.subscribe(Address(FORUM, PAPERS), kind="supergroup")
    scene.sandbox.faults.add(faults.rejected("message thread not found"), method="sendPhoto", chat_id=FORUM, times=99)
    await scene.send()
    for _ in range(3):
        await scene.wait()
    assert (await scene.row(FORUM)).state == FAILED
    assert scene.sandbox.faults.waiting == 97


async def test_half_an_album_is_in_doubt_says_what_is_missing_and_its_text_comes(scene: Scene) -> None:
    scene.sandbox.faults.add(faults.cut_album(2), method="sendMediaGroup", chat_id=STRUCK)
    await scene.send(EditionKind.ROUNDUP, "2022-01")
    await scene.wait()
    album, text = await scene.row(), await scene.row(part=1)
    assert (album.state, text.state) == (IN_DOUBT, SENT)
    assert album.missing == [2]
    assert scene.pictures() - 1 == 2


@pytest.mark.parametrize("minutes", [1, 10])
async def test_a_token_that_is_unknown_for_a_while_costs_nobody_anything(scene: Scene, minutes: int) -> None:
    scene.sandbox.faults.add(faults.unknown_token(), times=10_000)
    await scene.send()
    for _ in range(minutes * 4):
        await scene.wait(timedelta(seconds=15))
    assert bool(scene.refusals) is (minutes == 10)  # then the program stops, and says why
    assert {row.state for row in await scene.rows()} == {PENDING}
    scene.sandbox.faults.clear()
    await scene.wait()
    assert [scene.pictures(reader) for reader in READERS] == [2, 2, 2]
    assert not any([await scene.is_gone(reader) for reader in READERS])
