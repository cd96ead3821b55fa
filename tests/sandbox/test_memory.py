"""What the sandbox keeps, and what it forgets."""

import io

import pytest
from PIL import Image

from bot.sandbox import ADA, Sandbox
from bot.sandbox.answers import Refusal
from bot.sandbox.markup.entities import Formatted
from bot.sandbox.world.cast import CHATS
from bot.sandbox.world.files import Files, Upload, develop
from bot.sandbox.world.inlines import KEPT_MAX, WAITING_MAX, InlineAnswer, InlineQuery, Inlines
from bot.sandbox.world.messages import Message
from bot.sandbox.world.people import PEOPLE
from bot.sandbox.world.pulse import EVENTS_MAX, Pulse
from bot.sandbox.world.rooms import MESSAGES_MAX, Rooms


def _upload(name: str) -> Upload:
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(buffer, "PNG")
    return Upload(f"{name}.png", "image/png", buffer.getvalue())


def test_a_chat_keeps_its_newest_messages_and_the_record_keeps_all() -> None:
    rooms = Rooms(PEOPLE, CHATS, pulse=Pulse())
    for number in range(MESSAGES_MAX + 5):
        rooms.add(Message(rooms.next_id(), ADA, PEOPLE[0], 0, Formatted(str(number))), method="sendMessage")
    room = rooms.get(ADA)
    assert [message.text for message in room.messages.values()] == [str(n) for n in range(5, MESSAGES_MAX + 5)]
    assert len(room.delivered) == MESSAGES_MAX + 5


def test_the_file_not_used_for_longest_is_forgotten_first() -> None:
    pictures = [develop(_upload(name)) for name in ("red", "green", "blue")]
    files = Files("bot", kept_bytes_max=sum(len(picture.jpeg) for picture in pictures) - 1)
    red, green = files.add_photo(pictures[0]), files.add_photo(pictures[1])
    files.resend(red.sizes[-1].file_id, kind=type(red))
    files.add_photo(pictures[2])
    assert files.find(red.sizes[-1].file_id) is not None
    assert files.find(green.sizes[-1].file_id) is None


def test_another_bot_has_other_file_ids_for_the_same_picture() -> None:
    picture = develop(_upload("red"))
    one, other = Files("one").add_photo(picture).sizes[0], Files("other").add_photo(picture).sizes[0]
    assert one.file_id != other.file_id
    assert one.unique_id == other.unique_id


def test_events_that_are_forgotten_are_not_made_up() -> None:
    pulse = Pulse()
    for number in range(EVENTS_MAX + 1):
        pulse.beat({"kind": str(number)})
    assert pulse.since(0) is None
    assert [count for count, _ in pulse.since(EVENTS_MAX) or []] == [EVENTS_MAX + 1]
    assert pulse.since(EVENTS_MAX + 2) is None


async def test_waiting_ends_when_it_holds_or_takes_too_long() -> None:
    sandbox = Sandbox(token="1:TEST_TOKEN", bot_name="Testbot", bot_username="test_bot")
    assert not await sandbox.wait(lambda: bool(sandbox.transcript(ADA)), timeout_s=0.01)
    sandbox.say("x", chat_id=ADA)
    assert await sandbox.wait(lambda: bool(sandbox.transcript(ADA)), timeout_s=0.01)


def test_inline_queries_answers_and_places_are_forgotten_oldest_first() -> None:
    inlines = Inlines(Pulse())
    queries = [InlineQuery(ADA, str(number), "") for number in range(WAITING_MAX + 1)]
    ids = [inlines.open(query) for query in queries]
    with pytest.raises(Refusal, match="query is too old"):
        inlines.answer(ids[0], InlineAnswer())
    for query_id in ids[1:]:
        inlines.answer(query_id, InlineAnswer())
    extra = InlineQuery(ADA, "one more", "")
    inlines.answer(inlines.open(extra), InlineAnswer())
    assert inlines.cached(extra) is not None
    assert inlines.cached(queries[1]) is None
    for number in range(KEPT_MAX + 1):
        inlines.keep(Message(number, ADA, PEOPLE[0], 0, inline_id=f"i{number}"))
    assert (inlines.place("i0"), inlines.place("i1")) == (None, (ADA, 1))
