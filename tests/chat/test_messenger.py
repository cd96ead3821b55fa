"""Editions on their way: parts, receipts, file ids, and every refusal as one of our errors."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.albums import Album
from bot.chat.messenger import ListPart, TelegramMessenger, WeeklyPart
from bot.chat.transport import Transport
from bot.editorial.shelf import CollageShelf
from bot.errors import (
    ChatGone,
    ChatMigrated,
    ChatSuspended,
    CollageError,
    ContentRejected,
    InDoubt,
    NotSent,
    TopicGone,
)
from bot.model.address import Address
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.correction import COVER, NO_PICTURE
from bot.model.edition import Edition, EditionKind, EditionState
from bot.model.entry import Entry
from bot.model.language import CHINESE
from bot.model.month import Month
from bot.publishing.messenger import Messenger, Recipient
from bot.sandbox import ADA, GROUP, NOOR
from bot.sandbox.faults import bad_gateway, blocked, cut_album, dropped, migrated, nonsense, rejected
from bot.store import preferences, subscriptions
from tests.chat.conftest import NOW, Stage

MARCH = Month(2021, 3)


class Uploads:
    """Counts the requests that carry a file."""

    count = 0


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> Uploads:
    """What leaves from now on."""
    counter, send = Uploads(), Transport.do_request

    async def counted(self: Transport, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        parameters = kwargs.get("request_data")
        counter.count += bool(parameters and parameters.contains_files)
        return await send(self, *args, **kwargs)

    monkeypatch.setattr(Transport, "do_request", counted)
    return counter


@pytest.fixture(autouse=True)
def started(stage: Stage) -> None:
    """Everybody has written to the bot before, so that it may write to them."""
    stage.sandbox.mark_started(ADA, NOOR)


async def edition(stage: Stage, kind: EditionKind, month: Month = MARCH, *, rerun: bool = False) -> Edition:
    """An edition of real entries: all of a month, or its first."""
    entries = await stage.services.library.month(month)
    entries = entries if kind is EditionKind.ROUNDUP else entries[:1]
    return Edition(1, entries[0].series, kind, str(month), EditionState.OPEN, NOW, entries, rerun=rerun)


async def test_a_picture_that_cannot_be_as_wanted_comes_in_the_language_of_the_chat_and_else_in_english(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage.services.database.writing() as conn:
        await subscriptions.see_chat(conn, ADA, kind="private", title="", now=NOW)
        await preferences.keep(conn, ADA, Appearance(theme=Theme.DARK))
        await preferences.choose_language(conn, ADA, CHINESE)
    part, draw = WeeklyPart(await convit(stage), rerun=False), CollageShelf.get
    cannot: set[str] = {Theme.DARK}

    async def get(self: CollageShelf, entry: Entry, canvas: Canvas, **wanted: Any) -> Any:
        if cannot & {wanted.get("theme", Theme.LIGHT), wanted["language"]}:
            raise CollageError("not that one")
        return await draw(self, entry, canvas, **wanted)

    monkeypatch.setattr(CollageShelf, "get", get)
    await stage.messenger.send(part, await stage.recipient(ADA))
    cannot.add(CHINESE)
    await stage.messenger.send(replace(part, copies={}), await stage.recipient(ADA))
    chinese, english = stage.sent()
    assert "论文" in chinese.text
    assert "Paper" in english.text


async def convit(stage: Stage) -> Entry:
    """Number 27."""
    return (await stage.services.library.find("27"))[0]


async def test_a_weekly_edition_is_one_picture_with_its_caption(stage: Stage) -> None:
    weekly = await edition(stage, EditionKind.WEEKLY, Month(2021, 8))
    (part,) = stage.messenger.plan(weekly)
    assert part.cost == 1
    receipt = await stage.messenger.send(part, await stage.recipient(ADA))
    (sent,) = stage.sent()
    assert receipt.message_ids == (sent.message_id,)
    assert sent.media is not None
    assert sent.text.startswith("ML-Collage 25 · Descending through a Crowded Valley")


async def test_a_rerun_is_marked(stage: Stage) -> None:
    weekly = await edition(stage, EditionKind.WEEKLY, rerun=True)
    await stage.messenger.send(stage.messenger.plan(weekly)[0], await stage.recipient(ADA))
    assert stage.sent()[0].text.startswith("From the archive\n")
    await stage.press("Slide")
    assert stage.sent()[0].text.startswith("From the archive\n")


async def test_a_roundup_is_its_album_and_then_its_texts(stage: Stage) -> None:
    roundup = await edition(stage, EditionKind.ROUNDUP)
    parts = stage.messenger.plan(roundup)
    assert isinstance(parts[0], Album)
    assert all(isinstance(part, ListPart) for part in parts[1:])
    assert [part.cost for part in parts] == [10] + [1] * (len(parts) - 1)
    receipts = [await stage.messenger.send(part, await stage.recipient(ADA)) for part in parts]
    assert [len(receipt.message_ids) for receipt in receipts] == [part.cost for part in parts]
    assert receipts[0].shows == (COVER, *(entry.id for entry in parts[0].entries))
    assert all(receipt.shows == () for receipt in receipts[1:])
    assert stage.sent()[-1].text.endswith("Before this: February 2021.")
    assert stage.sent()[-1].keyboard


async def test_the_same_edition_gives_the_same_parts(stage: Stage) -> None:
    roundup = await edition(stage, EditionKind.ROUNDUP)
    assert list(stage.messenger.plan(roundup)) == list(stage.messenger.plan(roundup))


async def test_eleven_papers_are_two_albums_and_one_is_a_photo_without_a_cover(stage: Stage) -> None:
    roundup = await edition(stage, EditionKind.ROUNDUP)
    eleven = replace(roundup, entries=(*roundup.entries, *roundup.entries[:2]))
    assert [part.cost for part in stage.messenger.plan(eleven) if isinstance(part, Album)] == [6, 6]
    nine = replace(roundup, entries=roundup.entries[:9])
    assert [part.cost for part in stage.messenger.plan(nine) if isinstance(part, Album)] == [10]
    alone = replace(roundup, entries=roundup.entries[:1])
    receipt = await stage.messenger.send(stage.messenger.plan(alone)[0], await stage.recipient(ADA))
    assert len(receipt.message_ids) == 1
    assert receipt.shows == (roundup.entries[0].id,)
    assert stage.sandbox.delivered(ADA)[0].album == ""


async def test_a_line_in_place_of_an_album_shows_no_entry(stage: Stage) -> None:
    stage.sandbox.faults.add(rejected("not enough rights to send photos to the chat"), chat_id=ADA)
    roundup = await edition(stage, EditionKind.ROUNDUP)
    receipt = await stage.messenger.send(stage.messenger.plan(roundup)[0], await stage.recipient(ADA))
    assert (len(receipt.message_ids), receipt.shows) == (1, (NO_PICTURE,))


async def test_the_messenger_is_one(stage: Stage) -> None:
    port: Messenger = stage.messenger
    await port.prepare(await edition(stage, EditionKind.WEEKLY))


async def test_a_broadcast_uploads_its_picture_once(stage: Stage, uploads: Uploads) -> None:
    messenger, part = stage.messenger, WeeklyPart(await convit(stage), rerun=False)
    await asyncio.gather(*(messenger.send(part, Recipient(Address(chat_id))) for chat_id in (ADA, NOOR, GROUP) * 4))
    assert uploads.count == 1
    assert len({it.digest for chat_id in (ADA, NOOR, GROUP) for it in stage.sandbox.delivered(chat_id)}) == 1


@pytest.mark.parametrize("paid", [True, False])
async def test_only_editions_are_paid_for_and_only_where_that_is_wanted(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, paid: bool
) -> None:
    said, send = list[tuple[str, object]](), Transport.do_request

    async def heard(self: Transport, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        asked = kwargs.get("request_data") or args[-1]
        if "/send" in url:
            said.append((url.rpartition("/")[2], asked.parameters.get("allow_paid_broadcast")))
        return await send(self, url, *args, **kwargs)

    monkeypatch.setattr(Transport, "do_request", heard)
    messenger = TelegramMessenger(stage.application.bot, stage.services, paid=paid)
    roundup = await edition(stage, EditionKind.ROUNDUP)
    for part in [WeeklyPart(await convit(stage), rerun=False), *messenger.plan(roundup)]:
        await messenger.send(part, await stage.recipient(ADA))
        await messenger.send(part, await stage.recipient(NOOR))
    assert {method for method, _ in said} == {"sendPhoto", "sendMediaGroup", "sendMessage"}
    assert {value for _, value in said} == ({True} if paid else {None})
    said.clear()
    await stage.ask("/latest")
    assert {value for _, value in said} == {None}


async def test_the_file_id_outlives_the_process(stage: Stage, uploads: Uploads) -> None:
    part = WeeklyPart(await convit(stage), rerun=False)
    await stage.messenger.send(part, await stage.recipient(ADA))
    await stage.messenger.send(part, await stage.recipient(NOOR))  # another messenger: only the database remembers
    assert uploads.count == 1


async def test_an_album_mixes_known_files_and_uploads(stage: Stage) -> None:
    roundup = await edition(stage, EditionKind.ROUNDUP)
    messenger = stage.messenger
    await messenger.send(WeeklyPart(roundup.entries[3], rerun=False), await stage.recipient(ADA))
    await messenger.send(messenger.plan(roundup)[0], await stage.recipient(ADA))
    digests = [delivered.digest for delivered in stage.sandbox.delivered(ADA)]
    assert digests[0] == digests[1 + 4]
    assert len(set(digests)) == 1 + 9


async def test_a_stale_file_id_is_replaced_by_one_that_works(stage: Stage, uploads: Uploads) -> None:
    messenger, part = stage.messenger, WeeklyPart(await convit(stage), rerun=False)
    await messenger.send(part, await stage.recipient(ADA))
    stage.sandbox.faults.add(rejected("wrong remote file identifier specified"), method="sendPhoto")
    await messenger.send(part, await stage.recipient(NOOR))
    assert uploads.count == 2
    await messenger.send(part, await stage.recipient(GROUP))
    assert uploads.count == 2


async def test_in_a_topic_the_thread_is_named_and_in_general_it_is_not(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    part = WeeklyPart(await convit(stage), rerun=False)
    await stage.messenger.send(part, await stage.recipient(GROUP, thread))
    await stage.messenger.send(part, await stage.recipient(GROUP))
    assert [message.thread_id for message in stage.sent(GROUP)] == [thread, 0]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (blocked(), ChatGone),
        (rejected("message thread not found"), TopicGone),
        (rejected("have no rights to send a message"), ChatSuspended),
        (rejected("message caption is too long"), ContentRejected),
        (migrated(-1009), ChatMigrated),
        (bad_gateway("after"), InDoubt),
        (dropped("after"), InDoubt),
        (nonsense("after"), InDoubt),
    ],
)
async def test_a_refusal_becomes_one_of_our_errors(stage: Stage, fault: object, kind: type[Exception]) -> None:
    stage.sandbox.faults.add(fault, method="sendPhoto")  # type: ignore[arg-type]  # parametrized
    with pytest.raises(kind):
        await stage.messenger.send(WeeklyPart(await convit(stage), rerun=False), await stage.recipient(ADA))
    assert len(stage.sandbox.delivered(ADA)) <= 1


async def test_half_an_album_is_in_doubt_and_not_sent_again(stage: Stage) -> None:
    roundup = await edition(stage, EditionKind.ROUNDUP)
    stage.sandbox.faults.add(cut_album(3), method="sendMediaGroup")
    with pytest.raises(InDoubt):
        await stage.messenger.send(stage.messenger.plan(roundup)[0], await stage.recipient(ADA))
    assert len(stage.sandbox.delivered(ADA)) == 3


async def test_a_chat_without_photos_gets_the_words(stage: Stage) -> None:
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    receipt = await stage.messenger.send(WeeklyPart(await convit(stage), rerun=False), await stage.recipient(GROUP))
    (sent,) = stage.sent(GROUP)
    assert sent.media is None
    assert receipt.message_ids == (sent.message_id,)


async def test_a_database_out_of_reach_before_the_request_means_not_sent(stage: Stage) -> None:
    part = WeeklyPart(await convit(stage), rerun=False)
    async with stage.services.database.writing() as conn:
        await conn.exec_driver_sql("DROP TABLE collage")
    with pytest.raises(NotSent):
        await stage.messenger.send(part, await stage.recipient(ADA))
    assert stage.sandbox.delivered(ADA) == ()


async def test_a_file_id_that_cannot_be_written_down_does_not_undo_the_sending(stage: Stage) -> None:
    entry = await convit(stage)
    messenger = stage.messenger
    await messenger.prepare(replace(await edition(stage, EditionKind.WEEKLY), entries=(entry,)))
    async with stage.services.database.writing() as conn:
        await conn.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON telegram_file BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    receipt = await messenger.send(WeeklyPart(entry, rerun=False), await stage.recipient(ADA))
    assert len(receipt.message_ids) == 1
