"""The Full size button: the lossless picture as a file, whatever the chat was shown."""

import io

import pytest
from PIL import Image

from bot.chat.messages.troubles import NO_FILES
from bot.chat.messenger import WeeklyPart
from bot.model.canvas import Canvas, Theme
from bot.sandbox import ADA, CHANNEL, EMIL, GROUP, Document, Message
from bot.sandbox.faults import rejected
from tests.chat.conftest import Stage, sketch
from tests.chat.test_messenger import Uploads, convit, uploads  # noqa: F401  # a fixture
from tests.chat.test_settings_command import DARK_SLIDE, rows, set_to


def document(message: Message) -> Document:
    """The file that was sent."""
    assert isinstance(message.media, Document)
    return message.media


async def test_the_file_hangs_on_its_collage_and_bears_its_name(stage: Stage) -> None:
    (collage,) = await stage.ask("/paper 27")
    assert rows(collage)[1:] == [["Full size"]]
    await stage.press("Full size")
    sent = stage.sent()[-1]
    assert document(sent).name == "27-convit-portrait.png"
    assert document(sent).mime_type == "image/png"
    assert sent.reply_to == collage.message_id
    assert not sent.keyboard


async def test_the_file_is_the_picture_without_loss(stage: Stage) -> None:
    await stage.ask("/paper 27")
    await stage.press("Full size")
    file = await stage.application.bot.get_file(document(stage.sent()[-1]).file_id)
    kept = Image.open(io.BytesIO(bytes(await file.download_as_bytearray())))
    entry = await convit(stage)
    drawn = sketch(entry, Canvas.PORTRAIT, language="en", theme=Theme.LIGHT, files={})
    assert (kept.format, kept.tobytes()) == ("PNG", drawn.picture.tobytes())


async def test_the_file_shows_what_the_message_shows(stage: Stage) -> None:
    await set_to(stage, DARK_SLIDE)
    await stage.ask("/paper 27")
    await stage.press("Full size")
    assert document(stage.sent()[-1]).name == "27-convit-slide-dark.png"
    await stage.press("Portrait")
    await stage.press("Full size")
    assert document(stage.sent()[-1]).name == "27-convit-portrait-dark.png"


async def test_the_file_is_uploaded_once_and_the_photo_is_another_file(stage: Stage, uploads: Uploads) -> None:  # noqa: F811
    stage.sandbox.mark_started(ADA)
    await stage.messenger.send(WeeklyPart(await convit(stage), rerun=False), await stage.recipient(ADA))
    assert uploads.count == 1
    await stage.press("Full size")
    assert uploads.count == 2
    await stage.ask("/paper 27", chat_id=EMIL)
    await stage.press("Full size", chat_id=EMIL)
    assert uploads.count == 2
    assert document(stage.sent(EMIL)[-1]).digest == document(stage.sent(ADA)[-1]).digest


async def test_a_press_under_a_file_is_answered_in_a_message_of_its_own(stage: Stage) -> None:
    await stage.ask("/paper 27")
    await stage.press("Full size")
    file = stage.sent()[-1]
    message = {"message_id": file.message_id, "date": file.date, "chat": {"id": ADA, "type": "private"}}
    size = {"file_id": "A", "file_unique_id": "B", "file_name": document(file).name}
    person = {"id": ADA, "is_bot": False, "first_name": "Ada"}
    press = {"id": "1", "from": person, "chat_instance": "1", "data": "1:switch:quiet"}
    await stage.receive({"callback_query": {**press, "message": {**message, "document": size}}})
    assert stage.sent()[-1].text.startswith("Settings of this chat")


async def test_a_file_id_that_stopped_working_is_uploaded_again(stage: Stage, uploads: Uploads) -> None:  # noqa: F811
    await stage.ask("/paper 27")
    await stage.press("Full size")
    await stage.ask("/paper 27", chat_id=EMIL)
    stage.sandbox.faults.add(rejected("wrong file identifier/HTTP URL specified"), method="sendDocument")
    await stage.press("Full size", chat_id=EMIL)
    assert document(stage.sent(EMIL)[-1]).name == "27-convit-portrait.png"
    assert uploads.count == 3


async def test_a_chat_that_takes_no_files_says_so(stage: Stage) -> None:
    await stage.ask("/paper 27", chat_id=GROUP)
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages", "can_send_photos"}))
    toast = await stage.press("Full size", chat_id=GROUP)
    assert (toast.text, toast.is_alert) == (NO_FILES, True)
    assert len(stage.sent(GROUP)) == 1


async def test_a_reader_of_a_channel_gets_the_file_in_private(stage: Stage) -> None:
    entry = await convit(stage)
    await stage.messenger.send(WeeklyPart(entry, rerun=False), await stage.recipient(CHANNEL))
    toast = await stage.press("Full size", chat_id=CHANNEL, user_id=ADA)
    assert toast.url == f"https://t.me/collage_bot?start=full_{entry.id}"
    (sent,) = await stage.ask(f"/start full_{entry.id}")
    assert document(sent).name == "27-convit-portrait.png"


async def test_without_its_picture_a_paper_offers_no_file(stage: Stage) -> None:
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    (words,) = await stage.ask("/paper 27", chat_id=GROUP)
    assert "Full size" not in [label for row in rows(words) for label in row]


@pytest.mark.parametrize("data", ["1:full:99999:slide", "1:full:1:round", "1:full:x:slide"])
async def test_a_file_that_nobody_has_is_no_crash(stage: Stage, data: str) -> None:
    await stage.ask("/paper 27")
    await stage.forge(data)
    assert not [message for message in stage.sent() if isinstance(message.media, Document)]
