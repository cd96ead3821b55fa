"""What an editor withdraws leaves the catalogue and the chats, and what cannot be deleted says so."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.editorial.shelf import CollageShelf
from bot.errors import CollageError
from bot.model.edition import DeliveryState
from bot.model.entry import EntryState
from bot.model.month import Month
from bot.sandbox import ADA, CHANNEL, FORUM, GROUP, NOOR
from bot.sandbox.faults import dropped, rejected
from bot.store import deliveries, editions
from tests.chat.conftest import services  # noqa: F401  # a fixture
from tests.chat.desks import labels
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.flows.newsroom import ALL, REST, Newsroom, newsroom
from tests.flows.test_correcting import photo


async def no_cover(*_: object, **__: object) -> None:
    """A cover that cannot be drawn: a month goes out without it."""


@pytest.fixture
async def room(services) -> AsyncIterator[Newsroom]:  # type: ignore[no-untyped-def]  # noqa: F811
    async with newsroom(services, ADA, NOOR) as opened:
        yield opened


async def test_the_picture_of_the_week_is_deleted_in_every_chat(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    told = await room.retract(entry)
    assert told.text == "ML-Collage 1 is withdrawn.\nMessages deleted: 5."
    assert [room.out(chat_id) for chat_id in ALL] == [[]] * 5


async def test_it_asks_once_and_says_what_it_does_and_keeping_it_does_nothing(room: Newsroom) -> None:
    await room.send_week()
    room.mark()
    (asked,) = await room.stage.ask("/retract 1")
    assert asked.text.splitlines() == [
        "Withdraw ML-Collage 1",
        "",
        "It leaves the catalogue, the search and the months to come.",
        "",
        "Messages that show or list it: 5. It is deleted from them; where it is older than two days, Telegram does"
        " not let us, so a plain picture takes its place and says that it was withdrawn. Lists and covers go on"
        " without it.",
    ]
    await room.press("Keep it")
    await room.corrections.run()
    assert room.now_says(asked).text == "ML-Collage 1 stays as it is."
    assert (await room.entry(1)).state is EntryState.PUBLISHED
    assert [len(room.out(chat_id)) for chat_id in ALL] == [1] * 5


async def test_what_is_too_old_to_be_deleted_says_that_it_was_withdrawn(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    room.age()
    before = {chat_id: photo(room.out(chat_id)[0]) for chat_id in ALL}
    told = await room.retract(entry)
    assert told.text == ("ML-Collage 1 is withdrawn.\nToo old to be deleted, so they say that it was withdrawn: 5.")
    for chat_id in ALL:
        (message,) = room.out(chat_id)
        assert message.text in {"ML-Collage 1 was withdrawn by its editors.", "ML-Collage 1 已由编辑撤下。"}
        assert message.keyboard == ()
        assert photo(message).digest != before[chat_id].digest
    assert room.out(NOOR)[0].text == "ML-Collage 1 已由编辑撤下。"
    standard = {photo(room.out(chat_id)[0]).digest for chat_id in (ADA, GROUP, FORUM, CHANNEL)}
    assert len(standard) == 1
    assert photo(room.out(NOOR)[0]).digest not in standard
    await room.press("Undo")
    await room.corrections.run()
    assert {chat_id: photo(room.out(chat_id)[0]).digest for chat_id in ALL} == {
        chat_id: old.digest for chat_id, old in before.items()
    }


@pytest.mark.parametrize("breaks", ["Telegram", "drawing"])
async def test_where_no_other_picture_can_take_its_place_the_words_do(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise CollageError("no paint")

    if breaks == "drawing":
        monkeypatch.setattr(CollageShelf, "withdrawn", refuse)
    entry = await room.send_week()
    room.mark()
    room.age()
    for chat_id in ALL:
        room.stage.sandbox.faults.add(rejected("IMAGE_PROCESS_FAILED"), method="editMessageMedia", chat_id=chat_id)
    before = {chat_id: photo(room.out(chat_id)[0]) for chat_id in ALL}
    told = await room.retract(entry)
    assert told.text.splitlines()[1:] == [
        "Too old to be deleted, so they say that it was withdrawn: 5.",
        "Of these still with the old picture: 5.",
    ]
    assert room.out(NOOR)[0].text == "ML-Collage 1 已由编辑撤下。"
    assert {chat_id: photo(room.out(chat_id)[0]) for chat_id in ALL} == before


async def test_too_old_words_without_a_picture_say_so_too(room: Newsroom) -> None:
    no_photos = rejected("not enough rights to send photos to the chat")
    room.stage.sandbox.faults.add(no_photos, method="sendPhoto", chat_id=GROUP)
    entry = await room.send_week()
    room.mark()
    room.age()
    room.stage.sandbox.faults.add(no_photos, method="editMessageMedia", chat_id=GROUP)
    told = await room.retract(entry)
    assert told.text.splitlines()[1:] == ["Too old to be deleted, so they say that it was withdrawn: 5."]
    assert [bool(room.out(chat_id)[0].media) for chat_id in ALL] == [True, True, False, True, True]
    assert room.out(GROUP)[0].text == "ML-Collage 1 was withdrawn by its editors."
    assert all(room.out(chat_id)[0].keyboard == () for chat_id in ALL)


async def test_a_roundup_goes_on_without_it(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    covers = {chat_id: room.out(chat_id)[0].media for chat_id in ALL}
    told = await room.retract(entries[1])
    assert told.text == (
        "ML-Collage 38 is withdrawn.\nMessages deleted: 5.\nLists and covers that go on without it: 10."
    )
    for chat_id in ALL:
        after = room.out(chat_id)
        assert len(after) == 1 + 3 + 1
        assert after[0].media != covers[chat_id]
        assert entries[1].paper.title not in after[-1].text
        assert entries[2].paper.title in after[-1].text
        assert labels(after[-1])[:3] == ["37", "39", "40"]


async def test_what_stands_beside_what_was_withdrawn_can_still_be_corrected(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.retract(entries[1])
    room.now += REST
    await room.say_anew(entries[2].id, "A better headline")
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    assert (await room.correct(entries[2])).text == "ML-Collage 39 is corrected in 15 of 15 messages."
    for chat_id in ALL:
        changed = [old.media != new.media for old, new in zip(before[chat_id], room.out(chat_id), strict=True)]
        assert changed == [True, False, True, False, False]


async def test_who_gets_the_roundup_after_a_withdrawal_gets_it_whole_without_it(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.retract(entries[1])
    (late,) = await room.readers(1)
    await room.send_month()
    messages = room.stage.sent(late)
    assert [bool(it.media) for it in messages] == [True] * 4 + [False]
    await room.say_anew(entries[3].id, "A better headline")
    room.mark()
    assert (await room.correct(entries[3])).text == "ML-Collage 40 is corrected in 18 of 18 messages."
    changed = [old.media != new.media for old, new in zip(messages, room.out(late), strict=True)]
    assert changed == [True, False, False, True, False]


async def test_whoever_came_after_a_withdrawal_is_reached_by_the_next_one(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.retract(entries[1])
    (late,) = await room.readers(1)
    await room.send_month()
    room.mark()
    there = room.out(late)
    told = await room.retract(entries[2])
    assert told.text.splitlines()[1:] == ["Messages deleted: 6.", "Lists and covers that go on without it: 12."]
    assert [it.message_id for it in room.out(late)] == [there[place].message_id for place in (0, 1, 3, 4)]
    assert photo(room.out(late)[0]).digest != photo(there[0]).digest


async def test_whoever_came_after_a_withdrawal_is_reached_by_a_correction_after_its_undo(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.retract(entries[1])
    (late,) = await room.readers(1)
    await room.send_month()
    await room.press("Undo")
    await room.corrections.run()
    room.now += REST
    await room.say_anew(entries[2].id, "A better headline")
    room.mark()
    before = room.out(late)
    assert (await room.correct(entries[2])).text == "ML-Collage 39 is corrected in 18 of 18 messages."
    changed = [old.media != new.media for old, new in zip(before, room.out(late), strict=True)]
    assert changed == [True, False, True, False, False]


async def test_an_album_that_came_without_a_cover_loses_the_right_picture(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(CollageShelf, "find_cover", no_cover)
        entries = (await room.send_month())[:4]
    room.mark()
    before = room.out(GROUP)
    assert [bool(it.media) for it in before] == [True] * 4 + [False]
    told = await room.retract(entries[1])
    assert told.text.splitlines()[1:] == ["Messages deleted: 5.", "Lists and covers that go on without it: 5."]
    after = room.out(GROUP)
    assert [it.message_id for it in after] == [before[place].message_id for place in (0, 2, 3, 4)]
    assert [it.media for it in after] == [before[place].media for place in (0, 2, 3, 4)]


async def test_what_nobody_wrote_down_is_reported_and_left_alone(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.retract(entries[1])
    (late,) = await room.readers(1)
    await room.send_month()
    await room.forget_what_albums_show()
    room.mark()
    before = room.out(late)
    told = await room.retract(entries[2])
    assert told.text.splitlines()[1:] == [
        "Messages deleted: 5.",
        "Lists and covers that go on without it: 11.",
        "Not changed: 1 (sent by an older version, so it is not known which picture is which).",
    ]
    assert [it.media for it in room.out(late)] == [it.media for it in before]
    assert len(room.out(GROUP)) == 4


async def test_the_cover_goes_with_the_last_but_one(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    for entry in entries[1:3]:
        await room.retract(entry)
        room.now += REST
    there = room.out(GROUP)
    told = await room.retract(entries[3])
    assert told.text.splitlines()[1:] == ["Messages deleted: 10.", "Lists and covers that go on without it: 5."]
    assert [it.message_id for it in room.out(GROUP)] == [there[1].message_id, there[-1].message_id]


async def test_a_cover_that_cannot_be_drawn_anew_goes_too(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = await room.send_month()
    room.mark()
    monkeypatch.setattr(CollageShelf, "find_cover", no_cover)
    told = await room.retract(entries[1])
    assert told.text.splitlines()[1:] == ["Messages deleted: 10.", "Lists and covers that go on without it: 5."]
    assert [bool(it.media) for it in room.out(GROUP)] == [True] * 3 + [False]


async def test_a_correction_says_that_a_cover_could_not_be_drawn_anew(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = await room.send_month()
    room.mark()
    await room.say_anew(entries[1].id, "A better headline")
    monkeypatch.setattr(CollageShelf, "find_cover", no_cover)
    told = await room.correct(entries[1])
    assert told.text.splitlines() == [
        "ML-Collage 38 is corrected in 10 of 15 messages.",
        "Not changed: 5 (the picture cannot be drawn).",
    ]


async def test_a_month_that_is_too_old_shows_nothing_of_what_was_withdrawn_and_comes_back_whole(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    room.age()
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    for entry in entries:
        told = await room.retract(entry)
        room.now += REST
    assert told.text.splitlines()[1:] == ["Too old to be deleted, so they say that it was withdrawn: 15."]
    for chat_id in ALL:
        shown = {photo(it).digest for it in before[chat_id] if it.media}
        after = room.out(chat_id)
        assert len({photo(it).digest for it in after if it.media}) == 1
        assert not shown & {photo(it).digest for it in after if it.media}
    *pictures, listed = room.out(GROUP)
    assert [it.text for it in pictures] == [
        "The cover of January 2022 was withdrawn with a paper on it.",
        *(f"ML-Collage {number} was withdrawn by its editors." for number in (37, 38, 39, 40)),
    ]
    assert (listed.text, listed.keyboard) == ("Everything in January 2022 was withdrawn by its editors.", ())
    assert room.out(NOOR)[-1].text == "2022年1月的内容已全部由编辑撤下。"
    for entry in entries:
        await room.correct(await room.entry(entry.id))
        room.now += REST
    assert {it: [each.media for each in room.out(it)] for it in ALL} == {
        it: [each.media for each in before[it]] for it in ALL
    }
    assert [it.text for it in room.out(GROUP)] == [it.text for it in before[GROUP]]


async def test_it_leaves_the_catalogue_the_search_and_the_months_to_come(room: Newsroom) -> None:
    entry = (await room.stage.services.library.find("27"))[0]
    assert (await room.stage.services.library.search("convit")).hits[0].id == entry.id
    told = await room.retract(entry)
    assert told.text == "ML-Collage 27 is withdrawn."
    library = room.stage.services.library
    assert await library.find("27") == ()
    assert entry.id not in [hit.id for hit in (await library.search("convit")).hits]
    assert entry.id not in [it.id for it in await library.month(entry.month or Month(2021, 1))]
    async with room.stage.services.database.reading() as conn:
        assert entry.id not in await editions.entries_of_month(conn, entry.series, entry.month or Month(2021, 1))
    await room.press("Undo")
    await room.corrections.run()
    assert (await library.find("27"))[0].id == entry.id
    assert (await library.search("convit")).hits[0].id == entry.id


async def test_who_still_waits_does_not_get_it(room: Newsroom) -> None:
    (late,) = await room.readers(1)
    entry = await room.send_week_to_all_but(late)
    room.mark()
    (asked,) = await room.stage.ask("/retract 1")
    assert "Chats that still wait for it: 1. They do not get it." in asked.text
    await room.press("Withdraw it")
    await room.corrections.run()
    room.now += timedelta(hours=2)
    await room.publisher.open_due()
    await room.dispatcher.run()
    assert room.stage.sent(late) == []
    async with room.stage.services.database.reading() as conn:
        assert await deliveries.count_states(conn) == {DeliveryState.SENT: 5, DeliveryState.SKIPPED: 1}
    assert (await room.entry(entry.id)).state is EntryState.RETRACTED


async def test_after_an_undo_what_was_deleted_stays_deleted_and_what_was_not_is_as_it_was(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    room.stage.sandbox.faults.add(rejected("message can't be deleted for everyone"), chat_id=CHANNEL)
    told = await room.retract(entry)
    assert told.text.splitlines()[1:] == [
        "Messages deleted: 4.",
        "Too old to be deleted, so they say that it was withdrawn: 1.",
    ]
    await room.press("Undo")
    await room.corrections.run()
    assert room.now_says(told).text == "ML-Collage 1 is corrected in 1 of 1 messages."
    assert [room.out(chat_id) for chat_id in (ADA, NOOR, GROUP, FORUM)] == [[]] * 4
    (there,) = room.out(CHANNEL)
    assert (there.text, there.media, there.keyboard) == (
        before[CHANNEL][0].text,
        before[CHANNEL][0].media,
        before[CHANNEL][0].keyboard,
    )


async def test_correct_finds_what_is_withdrawn_and_offers_to_bring_it_back(room: Newsroom) -> None:
    entry = (await room.stage.services.library.find("27"))[0]
    await room.retract(entry)
    for reference in ("27", str(entry.paper.arxiv_id), "ml-collage 27"):
        asked = (await room.stage.ask(f"/correct {reference}", answers=2))[-1]
        assert labels(asked) == ["Bring it back"]
    await room.press("Bring it back")
    await room.corrections.run()
    assert (await room.entry(entry.id)).state is EntryState.PUBLISHED


async def test_a_lost_answer_to_a_deletion_does_no_harm(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    room.stage.sandbox.faults.add(dropped("after"), method="deleteMessage", chat_id=GROUP)
    question = await room.retract(entry)
    room.now += timedelta(minutes=2)
    await room.corrections.run()
    assert room.now_says(question).text == "ML-Collage 1 is withdrawn.\nMessages deleted: 5."


async def test_a_text_of_a_list_that_is_not_needed_any_more_is_taken_away(room: Newsroom) -> None:
    await room.lengthen("2022-01")
    entries = await room.send_month()
    room.mark()
    assert [bool(it.media) for it in room.out(GROUP)] == [True] * 5 + [False, False]
    for entry in entries[:2]:
        await room.retract(entry)
        room.now += REST
        await room.corrections.run()
    assert [bool(it.media) for it in room.out(GROUP)] == [True] * 3 + [False]
    assert labels(room.out(GROUP)[-1])[:2] == ["39", "40"]


async def test_a_list_that_needs_more_texts_than_were_sent_keeps_its_buttons_and_is_reported(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    await room.lengthen("2022-01")
    told = await room.correct(entries[0])
    assert "Lists that grew beyond what was sent, so that their end is missing: 5." in told.text
    assert labels(room.out(GROUP)[-1])[:4] == ["37", "38", "39", "40"]
