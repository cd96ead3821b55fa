"""What the bot sends, through python-telegram-bot and real HTTP."""

from collections.abc import Callable

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.sandbox import ADA, CHANNEL, GROUP, Chat, Sandbox

Draw = Callable[..., bytes]


async def refusal_of(sending: object) -> str:
    """Await a call that must be refused, and give the words."""
    with pytest.raises((BadRequest, Forbidden)) as refused:
        await sending  # type: ignore[misc]
    return str(refused.value)


async def test_a_text_arrives_with_its_formatting(bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(ADA, "<b>Hi</b> 🎉 <i>you</i> #paper", parse_mode="HTML")
    assert sent.text == "Hi 🎉 you #paper"
    seen = [(entity.type, entity.offset, entity.length) for entity in sent.entities]
    assert seen == [("bold", 0, 2), ("italic", 6, 3), ("hashtag", 10, 6)]
    assert sent.chat.id == ADA
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert [message.text for message in sandbox.transcript(ADA)] == ["Hi 🎉 you #paper"]


async def test_entities_may_be_given_directly(bot: Bot) -> None:
    sent = await bot.send_message(ADA, "see x", entities=[MessageEntity("text_link", 4, 1, url="https://x.org/")])
    assert sent.entities == (MessageEntity("text_link", 4, 1, url="https://x.org/"),)


async def test_4096_units_fit_and_one_more_does_not(bot: Bot) -> None:
    assert await bot.send_message(ADA, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert await refusal_of(bot.send_message(ADA, "x" * 4097)) == "Message is too long"
    assert await refusal_of(bot.send_message(ADA, "🎉" * 2049)) == "Message is too long"
    assert await refusal_of(bot.send_message(ADA, "<b></b>" * 4700 + "x", parse_mode="HTML")) == "Text is too long"


async def test_a_message_says_something(bot: Bot) -> None:
    assert await refusal_of(bot.send_message(ADA, "")) == "Message text is empty"
    assert await refusal_of(bot.send_message(ADA, " \n ")) == "Text must be non-empty"


async def test_broken_markup_is_refused(bot: Bot, sandbox: Sandbox) -> None:
    said = await refusal_of(bot.send_message(ADA, "<b>x", parse_mode="HTML"))
    assert said.lower() == "can't parse entities: can't find end tag corresponding to start tag \"b\""
    assert await refusal_of(bot.send_message(ADA, "x", parse_mode="BBCode")) == "Unsupported parse_mode"
    assert sandbox.delivered(ADA) == ()


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    assert await refusal_of(bot.send_message(424242, "x")) == "Chat not found"
    assert await refusal_of(bot.send_message("@nobody", "x")) == "Chat not found"


async def test_a_public_chat_is_found_by_its_name_in_any_case_and_nobody_else_is(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_chat(Chat(-1002001, "channel", "News", (ADA,), username="DailyNews"))
    assert (await bot.send_message("@dailyNEWS", "x")).chat.id == -1002001
    for nobody in ("@None", "@ada"):
        assert await refusal_of(bot.send_message(nobody, "x")) == "Chat not found"


async def test_a_person_who_blocked_the_bot_hears_nothing(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_membership(chat_id=ADA, is_member=False)
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(ADA, "x")
    sandbox.set_membership(chat_id=ADA, is_member=True)
    assert await bot.send_message(ADA, "x")


@pytest.mark.parametrize(("chat_id", "kind"), [(GROUP, "supergroup"), (CHANNEL, "channel")])
async def test_a_group_and_a_channel_can_throw_the_bot_out(bot: Bot, sandbox: Sandbox, chat_id: int, kind: str) -> None:
    sandbox.set_membership(chat_id=chat_id, is_member=False)
    with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
        await bot.send_message(chat_id, "x")


async def test_a_channel_speaks_for_itself(bot: Bot) -> None:
    sent = await bot.send_message(CHANNEL, "x")
    assert sent.from_user is None
    assert sent.sender_chat == sent.chat


async def test_a_photo_has_its_sizes_smallest_first(bot: Bot, png: Draw) -> None:
    sent = await bot.send_photo(ADA, png(1600, 2000), caption="<i>c</i>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(256, 320), (640, 800), (1024, 1280), (1600, 2000)]
    assert sent.caption == "c"
    assert sent.caption_entities == (MessageEntity("italic", 0, 1),)


async def test_a_photo_is_sent_again_by_its_file_id(bot: Bot, sandbox: Sandbox, png: Draw) -> None:
    first = await bot.send_photo(ADA, png())
    again = await bot.send_photo(GROUP, first.photo[-1].file_id, caption="again")
    assert again.photo == first.photo
    assert [one.digest for one in sandbox.delivered(ADA)] == [one.digest for one in sandbox.delivered(GROUP)]


async def test_the_same_picture_has_the_same_file_id(bot: Bot, png: Draw) -> None:
    one, other = await bot.send_photo(ADA, png()), await bot.send_photo(GROUP, png())
    assert one.photo == other.photo
    assert (await bot.send_photo(ADA, png(colour="red"))).photo != one.photo


async def test_an_unknown_file_id_is_refused(bot: Bot, png: Draw) -> None:
    wrong = "Wrong file identifier/http url specified"
    assert await refusal_of(bot.send_photo(ADA, "AgADnothing")) == wrong
    assert await refusal_of(bot.send_photo(ADA, "https://example.org/picture.png")) == wrong
    sent = await bot.send_document(ADA, b"file", filename="a.txt")
    assert sent.document is not None
    assert await refusal_of(bot.send_photo(ADA, sent.document.file_id)) == "Can't use file of type document as photo"


@pytest.mark.parametrize("size", [(6000, 4001), (2001, 100)])
async def test_a_photo_too_wide_or_too_long_is_refused(bot: Bot, png: Draw, size: tuple[int, int]) -> None:
    assert (await refusal_of(bot.send_photo(ADA, png(*size)))).upper() == "PHOTO_INVALID_DIMENSIONS"


async def test_the_largest_photo_is_taken(bot: Bot, png: Draw) -> None:
    assert (await bot.send_photo(ADA, png(6000, 4000))).photo[-1].width == 2560
    assert await bot.send_photo(ADA, png(2000, 100))


async def test_a_photo_of_more_than_10_mb_is_refused(bot: Bot) -> None:
    said = await refusal_of(bot.send_photo(ADA, b"x" * (10 * 1024 * 1024 + 1)))
    assert said == "File of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"


async def test_what_is_no_picture_is_refused(bot: Bot) -> None:
    assert (await refusal_of(bot.send_photo(ADA, b"not a picture"))).upper() == "IMAGE_PROCESS_FAILED"
    assert await refusal_of(bot.send_photo(ADA, b"")) == "File must be non-empty"


async def test_a_caption_has_at_most_1024_units(bot: Bot, png: Draw) -> None:
    assert await bot.send_photo(ADA, png(), caption=f"<b>{'x' * 1024}</b>", parse_mode="HTML")
    assert await refusal_of(bot.send_photo(ADA, png(), caption="x" * 1025)) == "Message caption is too long"


async def test_a_document_keeps_its_name_and_bytes(bot: Bot) -> None:
    sent = await bot.send_document(ADA, b"%PDF-1.7", filename="collage.pdf", caption="c")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("collage.pdf", 8)
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"


async def test_an_album_shares_one_group_id_and_has_no_buttons(bot: Bot, sandbox: Sandbox, png: Draw) -> None:
    known = (await bot.send_photo(ADA, png())).photo[-1].file_id
    new = [InputMediaPhoto(png(colour=name), caption=f"<b>{name}</b>", parse_mode="HTML") for name in ("red", "blue")]
    album = await bot.send_media_group(GROUP, [InputMediaPhoto(known, has_spoiler=True), *new])
    assert len({message.media_group_id for message in album}) == 1
    assert album[0].media_group_id
    assert [message.caption for message in album] == [None, "red", "blue"]
    assert album[0].has_media_spoiler
    assert [one.message_id for one in sandbox.delivered(GROUP)] == [message.message_id for message in album]
    assert {one.album for one in sandbox.delivered(GROUP)} == {album[0].media_group_id}


@pytest.mark.parametrize(
    ("count", "said"), [(1, "an album has at least two items"), (11, "Too many messages to send as an album")]
)
async def test_an_album_has_two_to_ten_items(bot: Bot, png: Draw, count: int, said: str) -> None:
    assert said in await refusal_of(bot.send_media_group(ADA, [InputMediaPhoto(png())] * count))


async def test_ten_pictures_make_an_album(bot: Bot, png: Draw) -> None:
    assert len(await bot.send_media_group(ADA, [InputMediaPhoto(png())] * 10)) == 10


async def test_an_album_does_not_mix_photos_and_documents(bot: Bot, sandbox: Sandbox, png: Draw) -> None:
    mixed: list[InputMediaPhoto | InputMediaDocument] = [InputMediaPhoto(png()), InputMediaDocument(b"x")]
    assert "can't be mixed" in await refusal_of(bot.send_media_group(ADA, mixed))
    assert sandbox.delivered(ADA) == ()


async def test_an_album_with_a_bad_item_leaves_nothing_behind(bot: Bot, sandbox: Sandbox, png: Draw) -> None:
    await refusal_of(bot.send_media_group(ADA, [InputMediaPhoto(png()), InputMediaPhoto(b"no picture")]))
    assert sandbox.transcript(ADA) == ()


async def test_buttons_of_every_kind_arrive(bot: Bot) -> None:
    keys = [
        InlineKeyboardButton("Save", callback_data="save:27"),
        InlineKeyboardButton("Talk", url="https://example.org/talk"),
        InlineKeyboardButton("Copy", copy_text=CopyTextButton("arXiv:2103.10697")),
        InlineKeyboardButton("Find", switch_inline_query_current_chat="vit"),
    ]
    sent = await bot.send_message(ADA, "x", reply_markup=InlineKeyboardMarkup([keys[:2], keys[2:]]))
    assert sent.reply_markup == InlineKeyboardMarkup([keys[:2], keys[2:]])


@pytest.mark.parametrize(
    ("button", "said"),
    [
        (InlineKeyboardButton("x", callback_data="é" * 33), "button_data_invalid"),
        (InlineKeyboardButton("x"), "text buttons are unallowed in the inline keyboard"),
        (InlineKeyboardButton("x", url="javascript:alert(1)"), "wrong http url"),
        (InlineKeyboardButton("x", url="http://localhost/"), "wrong http url"),
        (InlineKeyboardButton(" ", callback_data="x"), "a button without text would not be shown"),
    ],
)
async def test_a_wrong_button_is_refused(bot: Bot, button: InlineKeyboardButton, said: str) -> None:
    assert said in (await refusal_of(bot.send_message(ADA, "x", reply_markup=InlineKeyboardMarkup([[button]])))).lower()


async def test_64_bytes_of_callback_data_are_taken(bot: Bot) -> None:
    button = InlineKeyboardButton("x", callback_data="é" * 32)
    assert await bot.send_message(ADA, "x", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_keyboards_that_are_not_shown_are_refused(bot: Bot) -> None:
    said = await refusal_of(bot.send_message(ADA, "x", reply_markup=ReplyKeyboardMarkup([["a"]])))
    assert said.endswith("it shows inline keyboards only")


async def test_a_reply_shows_what_it_answers(bot: Bot, sandbox: Sandbox) -> None:
    asked = sandbox.say("/search@test_bot vit", chat_id=GROUP)
    sent = await bot.send_message(GROUP, "x", reply_parameters=ReplyParameters(asked.message_id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/search@test_bot vit"


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot) -> None:
    said = await refusal_of(bot.send_message(ADA, "x", reply_parameters=ReplyParameters(5)))
    assert said == "Message to be replied not found"
    assert await bot.send_message(ADA, "x", reply_parameters=ReplyParameters(5, allow_sending_without_reply=True))


async def test_looks_come_back(bot: Bot, png: Draw) -> None:
    sent = await bot.send_message(ADA, "x", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    photo = await bot.send_photo(ADA, png(), caption="x", show_caption_above_media=True)
    assert photo.show_caption_above_media


async def test_asking_for_a_reply_is_taken(bot: Bot, sandbox: Sandbox) -> None:
    await bot.send_message(ADA, "Which words?", reply_markup=ForceReply(input_field_placeholder="vision"))
    assert sandbox.transcript(ADA)[-1].placeholder == "vision"


async def test_topics_are_found_or_refused(bot: Bot, sandbox: Sandbox) -> None:
    thread_id = sandbox.open_topic(GROUP, "Papers")
    sent = await bot.send_message(GROUP, "x", message_thread_id=thread_id)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (thread_id, True, True)
    assert sandbox.delivered(GROUP)[-1].thread_id == thread_id
    assert await refusal_of(bot.send_message(GROUP, "x", message_thread_id=1)) == "Message thread not found"


async def test_a_copy_keeps_the_content_and_may_have_other_buttons(bot: Bot, png: Draw) -> None:
    first = await bot.send_photo(ADA, png(), caption="<b>c</b>", parse_mode="HTML")
    copy = await bot.copy_message(GROUP, ADA, first.message_id)
    edited = await bot.edit_message_caption(GROUP, copy.message_id, caption="other")
    assert isinstance(edited, Message)
    assert edited.photo == first.photo
    assert await refusal_of(bot.copy_message(GROUP, ADA, 1)) == "Message to copy not found"


async def test_an_action_is_taken_and_nonsense_is_not(bot: Bot) -> None:
    assert await bot.send_chat_action(ADA, "upload_photo")
    assert await refusal_of(bot.send_chat_action(ADA, "dancing")) == "Wrong parameter action in request"
