"""What the sandbox refuses, and in which words: the table of everything a bot can do wrong here.

Rows whose words begin with OURS are calls that Telegram would take, or whose faults it would silently drop; all others
are worded as Telegram words them. Names with a dollar sign stand for what `scene` prepares.
"""

import io
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Chat, Person, Sandbox
from bot.sandbox.world.standing import Standing

TOKEN = "123456:TEST_TOKEN"
BASIC, ELSEWHERE = -4001, -4002
OURS = "the sandbox is stricter than Telegram: "
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
PARSE, BUTTON = "can't parse entities: ", "can't parse inline keyboard button: "
RESULT, SCOPE = "can't parse inline query result: ", "can't parse BotCommandScope: "
TO = {"chat_id": ADA}
EDIT = {"chat_id": ADA, "message_id": "$text", "text": "new"}
PAGE = {"inline_query_id": "$inline"}
ARTICLE = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "m"}}

Row = tuple[str, Mapping[str, Any], str]


def text(**parameters: Any) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {**TO, "text": "x", **parameters}


def html(source: str) -> tuple[str, dict[str, Any]]:
    return text(text=source, parse_mode="HTML")


def entity(**fields: Any) -> tuple[str, dict[str, Any]]:
    return text(text="a🎉b", entities=[{"type": "bold", "offset": 0, "length": 1, **fields}])


def button(**fields: Any) -> tuple[str, dict[str, Any]]:
    return text(reply_markup={"inline_keyboard": [[{"text": "Save", **fields}]]})


def album(*media: Any) -> tuple[str, dict[str, Any]]:
    return "sendMediaGroup", {**TO, "media": list(media)}


def photo(source: str = "$photo_id", **fields: Any) -> dict[str, Any]:
    return {"type": "photo", "media": source, **fields}


def offer(*results: Any, **parameters: Any) -> tuple[str, dict[str, Any]]:
    return "answerInlineQuery", {**PAGE, "results": list(results), **parameters}


def menu(command: str = "start", description: str = "x", **parameters: Any) -> tuple[str, dict[str, Any]]:
    return "setMyCommands", {"commands": [{"command": command, "description": description}], **parameters}


def scope(**fields: Any) -> tuple[str, dict[str, Any]]:
    return "getMyCommands", {"scope": fields}


STANDINGS = {
    -1002001: Standing("kicked"),
    -1002002: Standing("left"),
    -1002003: Standing("administrator"),
    -1002004: Standing("restricted"),
}

# fmt: off
TABLE: list[Row] = [
    # The form of a call.
    (*text(parsemode="HTML"), OURS + "sendMessage has no parameter 'parsemode', which would be ignored"),
    (*text(reply_to_message_id=5), OURS + "sendMessage has no parameter 'reply_to_message_id', which would be ignored"),
    ("getMe", {"x": 1}, OURS + "getMe has no parameter 'x', which would be ignored"),
    ("sendDice", TO, OURS + "it does not play sendDice"),
    ("logOut", {}, OURS + "it has no other server the bot could move to"),
    (*text(disable_notification="maybe"), OURS + 'Field "disable_notification" must be of type Boolean in sendMessage'),
    (*text(message_thread_id="x"), OURS + 'Field "message_thread_id" must be of type Number in sendMessage'),
    (*text(text=["x"]), OURS + 'Field "text" must be of type String in sendMessage'),
    (*text(reply_markup="{"), "can't parse reply keyboard markup JSON object"),
    (*text(reply_markup=[]), "object expected as reply markup"),
    (*text(reply_parameters="{"), "can't parse reply parameters JSON object"),
    (*text(reply_parameters=[]), "object expected as reply parameters"),
    (*text(link_preview_options="["), "can't parse link preview options JSON object"),
    (*text(link_preview_options=[1]), "object expected as link preview options"),
    (*text(link_preview_options={"is_disabled": "yes"}), 'field "is_disabled" must be of type Boolean'),
    (*text(link_preview_options={"disabled": True}),
     OURS + "LinkPreviewOptions has no field 'disabled', which would be ignored"),
    (*text(link_preview_options={"prefer_small_media": True, "prefer_large_media": True}),
     OURS + "link_preview_options prefer small and large media at once"),
    # Text.
    ("sendMessage", TO, "message text is empty"),
    (*text(text=""), "message text is empty"),
    (*text(text=" \n\t "), "text must be non-empty"),
    (*text(text="x" * 4097), "message is too long"),
    (*text(text="🎉" * 2049), "message is too long"),
    (*text(text="<b></b>" * 4700 + "x", parse_mode="HTML"), "text is too long"),
    (*text(parse_mode="BBCode"), "unsupported parse_mode"),
    (*text(parse_mode="MarkdownV2"), OURS + "it does not read MarkdownV2; use HTML or entities"),
    (*text(parse_mode="HTML", entities=[{"type": "bold", "offset": 0, "length": 1}]),
     OURS + "parse_mode and entities were both given; entities would be ignored"),
    # HTML.
    (*html("<b>x"), PARSE + "Can't find end tag corresponding to start tag \"b\""),
    (*html("x</b>"), PARSE + "Unexpected end tag at byte offset 1"),
    (*html("é<b><i>x</b></i>"), PARSE + 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
    (*html("<p>x</p>"), PARSE + 'Unsupported start tag "p" at byte offset 0'),
    (*html("a<br/>"), PARSE + 'Unsupported start tag "br/" at byte offset 1'),
    (*html("1 < 2"), PARSE + "Unclosed start tag at byte offset 2"),
    (*html("x </b"), PARSE + "Unclosed end tag at byte offset 2"),
    (*html("<span>x</span>"), PARSE + 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (*html("<a =x>y</a>"), PARSE + 'Empty attribute name in the tag "a" at byte offset 0'),
    (*html("<a href=x/y>z</a>"), PARSE + "Unexpected end of name token at byte offset 8"),
    (*html('<tg-emoji emoji-id="1">x</tg-emoji>'), OURS + "it does not show <tg-emoji>"),
    # Entities.
    (*text(entities="["), OURS + "entities is no JSON"),
    (*text(entities={}), OURS + 'Field "entities" must be of type Array in sendMessage'),
    (*text(entities=[3]), "can't parse MessageEntity: expected an Object"),
    (*text(entities=[{"type": "bold", "offset": 0}]), "can't parse MessageEntity: Can't find field \"length\""),
    (*entity(offset="x"), 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
    (*entity(type="loud"), "can't parse MessageEntity: Unsupported type specified"),
    (*entity(type="text_link"), "can't parse MessageEntity: Can't find field \"url\""),
    (*entity(href="x"), OURS + "MessageEntity has no field 'href', which would be ignored"),
    (*entity(length=5), "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 4"),
    (*entity(offset=2), "entity begins in a middle of a UTF-16 symbol at byte offset 1"),
    (*entity(length=2), "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 1"),
    (*entity(length=0), OURS + "an entity of length 0 at offset 0 would be dropped"),
    (*entity(offset=-1), OURS + "an entity of length 1 at offset -1 would be dropped"),
    (*entity(type="custom_emoji", custom_emoji_id="1"), OURS + "it does not show entities of type custom_emoji"),
    # Buttons.
    (*text(reply_markup={"inline_keyboard": 3}), 'field "inline_keyboard" must be of type Array'),
    (*text(reply_markup={"inline_keyboard": [3]}),
     'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    (*text(reply_markup={"inline_keyboard": [[3]]}), BUTTON + "InlineKeyboardButton must be an Object"),
    (*text(reply_markup={"inline_keyboard": [[{"callback_data": "x"}]]}), BUTTON + "Can't find field \"text\""),
    (*button(), BUTTON + "Text buttons are unallowed in the inline keyboard"),
    (*button(callback_data=""), BUTTON + "Text buttons are unallowed in the inline keyboard"),
    (*button(callback_data=["x"]), BUTTON + 'Field "callback_data" must be of type String'),
    (*button(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
    (*button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
    (*button(callbackdata="x"),
     OURS + "InlineKeyboardButton has no field 'callbackdata', which would be ignored"),
    (*button(callback_data="x", url="https://x.org"),
     OURS + "a button does one thing; url would win over callback_data"),
    (*button(text=" ", callback_data="x"), OURS + "a button without text would not be shown"),
    (*button(url="javascript:alert(1)"),
     "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"),
    (*button(url="http://localhost/"), "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"),
    (*button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (*button(copy_text={}), BUTTON + "Can't find field \"text\""),
    (*button(callback_data="x", style="loud"), BUTTON + "invalid button style specified"),
    (*button(pay=True), OURS + "it shows no buttons with pay"),
    (*text(reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}),
     "reply markup is too long"),
    (*text(reply_markup={"keyboard": [[{"text": "x"}]]}), OURS + "it shows inline keyboards only"),
    (*text(reply_markup={"keyboard": ["x"]}), 'field "keyboard" must be an Array of Arrays'),
    (*text(reply_markup={"force_reply": False}), OURS + "force_reply must be true"),
    (*text(reply_markup={"force_reply": True, "input_field_placeholder": "x" * 65}),
     OURS + "input_field_placeholder has at most 64 characters"),
    (*text(chat_id=CHANNEL, reply_markup={"force_reply": True}), "inline keyboard expected"),
    # Photos and documents.
    ("sendPhoto", TO, "there is no photo in the request"),
    ("sendPhoto", {**TO, "photo": "attach://absent"}, "there is no photo in the request"),
    ("sendPhoto", {**TO, "photo": "AgADnothing"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {**TO, "photo": "$other_bots_photo"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {**TO, "photo": "https://example.org/a.png"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {**TO, "photo": "not an id"},
     "wrong remote file identifier specified: Wrong character in the string"),
    ("sendPhoto", {**TO, "photo": "AgADx"}, "wrong remote file identifier specified: Wrong padding length"),
    ("sendPhoto", {**TO, "photo": "$document_id"}, "can't use file of type Document as Photo"),
    ("sendPhoto", {**TO, "photo": "$photo_id", "caption": "x" * 1025}, "message caption is too long"),
    ("sendPhoto", {**TO, "photo": "$photo_id", "caption": "<i>", "parse_mode": "HTML"},
     PARSE + "Can't find end tag corresponding to start tag \"i\""),
    ("sendDocument", TO, "there is no document in the request"),
    ("sendDocument", {**TO, "document": "$photo_id"}, "can't use file of type Photo as Document"),
    # Albums.
    ("sendMediaGroup", TO, 'parameter "media" is required'),
    ("sendMediaGroup", {**TO, "media": "["}, "can't parse media JSON object"),
    ("sendMediaGroup", {**TO, "media": photo()}, "expected an Array of InputMedia"),
    (*album(), "there are no messages to send"),
    (*album(photo()), OURS + "an album has at least two items; send one by itself"),
    (*album(*[photo()] * 11), "too many messages to send as an album"),
    (*album(photo(), 3), "can't parse InputMedia: expected an Object"),
    (*album(photo(), {"type": "photo"}), "can't parse InputMedia: Can't find field \"media\""),
    (*album(photo(), photo("attach://absent")), "can't parse InputMedia: media not found"),
    (*album(photo(), {"type": "animation", "media": "x"}),
     'can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup'),
    (*album(photo(), {"type": "sticker", "media": "x"}), 'can\'t parse InputMedia: type "sticker" is unsupported'),
    (*album(photo(), {"type": "document", "media": "$document_id"}), "document can't be mixed with other media types"),
    (*album(photo(), photo(show_caption_above_media=True)),
     "parameter show_caption_above_media must be the same for all messages"),
    (*album(photo(), photo("$document_id")), "can't use file of type Document as Photo"),
    (*album(photo(), photo(caption="x" * 1025)), "message caption is too long"),
    (*album(photo(), photo(captoin="x")),
     OURS + "InputMediaPhoto has no field 'captoin', which would be ignored"),
    ("sendMediaGroup", {**TO, "media": [photo(), photo()], "reply_markup": {"inline_keyboard": []}},
     OURS + "sendMediaGroup has no parameter 'reply_markup', which would be ignored"),
    # Answered messages and topics.
    (*text(reply_parameters={"message_id": 5}), "message to be replied not found"),
    (*text(reply_parameters={"chat_id": ADA}), 'can\'t find field "message_id"'),
    (*text(reply_parameters={"message_id": "$text", "quote": "never said"}), "QUOTE_TEXT_INVALID"),
    (*text(message_thread_id=5), "message thread not found"),
    (*text(chat_id=GROUP, message_thread_id=1), "message thread not found"),
    (*text(chat_id=GROUP, message_thread_id="$closed"), "TOPIC_CLOSED"),
    # Chats the bot cannot write to.
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    (*text(chat_id="x"), "chat not found"),
    (*text(chat_id=424242), "chat not found"),
    (*text(chat_id="@nobody"), "chat not found"),
    (*text(chat_id="@None"), "chat not found"),
    (*text(chat_id="@ada"), "chat not found"),
    ("getChat", {"chat_id": "@ada"}, "chat not found"),
    (*text(chat_id="١٠٠١"), "chat not found"),
    (*text(chat_id=-1), "chat not found"),
    (*text(chat_id="$blocked"), "403 bot was blocked by the user"),
    (*text(chat_id=NOOR), "403 bot can't initiate conversation with a user"),
    ("sendChatAction", {"chat_id": NOOR, "action": "typing"}, "403 bot can't initiate conversation with a user"),
    (*text(chat_id="$kicked"), "403 bot was kicked from the supergroup chat"),
    (*text(chat_id="$left"), "403 bot is not a member of the channel chat"),
    (*text(chat_id="$powerless"), "need administrator rights in the channel chat"),
    (*text(chat_id="$restricted"), "not enough rights to send text messages to the chat"),
    ("sendPhoto", {"chat_id": "$restricted", "photo": "$photo_id"}, "not enough rights to send photos to the chat"),
    ("sendDocument", {"chat_id": "$restricted", "document": "$document_id"},
     "not enough rights to send documents to the chat"),
    ("sendMediaGroup", {"chat_id": "$restricted", "media": [photo(), photo()]},
     "not enough rights to send photos to the chat"),
    (*text(chat_id="$upgraded"), "group chat was upgraded to a supergroup chat"),
    ("deleteMessage", {"chat_id": "$upgraded", "message_id": 5}, "group chat was upgraded to a supergroup chat"),
    ("leaveChat", {"chat_id": "$upgraded"}, "group chat was upgraded to a supergroup chat"),
    ("sendChatAction", TO, "wrong parameter action in request"),
    ("sendChatAction", {**TO, "action": "dancing"}, "wrong parameter action in request"),
    ("sendChatAction", {"chat_id": "$blocked", "action": "typing"}, "403 bot was blocked by the user"),
    # Changing messages.
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {**TO, "text": "x"}, "MESSAGE_ID_INVALID"),
    ("editMessageText", {"message_id": 5, "text": "x"}, "chat_id is empty"),
    ("editMessageText", {**EDIT, "message_id": 5}, "message to edit not found"),
    ("editMessageText", {**EDIT, "message_id": "$theirs"}, "message can't be edited"),
    ("editMessageText", {**EDIT, "message_id": "$picture"}, "there is no text in the message to edit"),
    ("editMessageText", {**EDIT, "text": "old"}, NOT_MODIFIED),
    ("editMessageText", {**EDIT, "reply_markup": {"force_reply": True}},
     "can't find field \"inline_keyboard\""),
    ("editMessageText", {"inline_message_id": "nothing", "text": "x"}, "MESSAGE_ID_INVALID"),
    ("editMessageText", {**EDIT, "inline_message_id": "x"},
     OURS + "chat_id and inline_message_id were both given; inline_message_id would be ignored"),
    ("editMessageCaption", {**TO, "message_id": "$text", "caption": "x"}, "there is no caption in the message to edit"),
    ("editMessageCaption", {**TO, "message_id": "$picture", "caption": "x" * 1025}, "message caption is too long"),
    ("editMessageMedia", {**TO, "message_id": "$picture"}, 'parameter "media" is required'),
    ("editMessageMedia", {**TO, "message_id": "$picture", "media": "{"}, "can't parse input media JSON object"),
    ("editMessageMedia", {**TO, "message_id": "$picture", "media": {"type": "voice", "media": "x"}},
     'can\'t parse InputMedia: type "voice" is unsupported'),
    ("editMessageMedia", {**TO, "message_id": "$picture", "media": photo("AgADnothing")},
     "wrong file identifier/HTTP URL specified"),
    ("editMessageReplyMarkup", {**TO, "message_id": "$text"}, NOT_MODIFIED),
    # Removing messages.
    ("deleteMessage", {"message_id": 5}, "chat identifier is not specified"),
    ("deleteMessage", TO, "message identifier is not specified"),
    ("deleteMessage", {**TO, "message_id": 5}, "message to delete not found"),
    ("deleteMessage", {"chat_id": GROUP, "message_id": "$said"}, "message can't be deleted for everyone"),
    ("deleteMessages", TO, "message identifiers are not specified"),
    ("deleteMessages", {**TO, "message_ids": 5}, "expected an Array of message identifiers"),
    ("deleteMessages", {**TO, "message_ids": list(range(1, 102))}, "too many message identifiers specified"),
    ("deleteMessages", {**TO, "message_ids": [0]}, "invalid message identifier specified"),
    ("copyMessage", {**TO, "message_id": 5}, 'parameter "from_chat_id" is required'),
    ("copyMessage", {**TO, "from_chat_id": ADA, "message_id": 5}, "message to copy not found"),
    # Presses.
    ("answerCallbackQuery", {}, TOO_OLD),
    ("answerCallbackQuery", {"callback_query_id": "12345"}, TOO_OLD),
    ("answerCallbackQuery", {"callback_query_id": "12345", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("answerCallbackQuery", {"callback_query_id": "12345", "url": "https://x.org"}, "URL_INVALID"),
    # Inline mode.
    ("answerInlineQuery", {"results": []}, TOO_OLD),
    ("answerInlineQuery", PAGE, OURS + "answerInlineQuery needs results"),
    ("answerInlineQuery", {"inline_query_id": "12345", "results": []}, TOO_OLD),
    ("answerInlineQuery", {**PAGE, "results": {}}, "expected an Array of inline query results"),
    (*offer(3), RESULT + "Inline query result must be an object"),
    (*offer({**ARTICLE, "type": "poem"}), RESULT + 'type "poem" is unsupported for the inline query result'),
    (*offer({"type": "article", "id": "1"}), RESULT + "Can't find field \"title\""),
    (*offer({**ARTICLE, "id": ""}), "RESULT_ID_INVALID"),
    (*offer({**ARTICLE, "id": "é" * 33}), "RESULT_ID_INVALID"),
    (*offer(ARTICLE, ARTICLE), "RESULT_ID_DUPLICATE"),
    (*offer(*[ARTICLE] * 51), "too many inline query results specified"),
    (*offer({**ARTICLE, "input_message_content": {"message_text": ""}}), "message text is empty"),
    (*offer({"type": "photo", "id": "1", "photo_file_id": "AgADnothing"}), "wrong file identifier/HTTP URL specified"),
    (*offer({"type": "photo", "id": "1", "photo_url": "https://x.org/a.jpg", "thumbnail_url": "https://x.org/a.jpg"}),
     OURS + "it offers articles, and photos and documents by file id, not this photo"),
    (*offer(ARTICLE, next_offset="x" * 65), "NEXT_OFFSET_INVALID"),
    (*offer(ARTICLE, button={"start_parameter": "x"}),
     "can't parse inline query results button: Can't find field \"text\""),
    (*offer(ARTICLE, button={"text": "More"}),
     "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field"),
    (*offer(ARTICLE, button={"text": "More", "start_parameter": "a b"}), "START_PARAM_INVALID"),
    # Commands.
    ("setMyCommands", {}, OURS + "setMyCommands needs commands"),
    ("setMyCommands", {"commands": []}, OURS + "commands is empty; use deleteMyCommands"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [3]}, "can't parse BotCommand: expected an Object"),
    ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 2},
     OURS + "the same command stands in the list twice"),
    (*menu("Start"), "BOT_COMMAND_INVALID"),
    (*menu("the-best"), "BOT_COMMAND_INVALID"),
    (*menu("/"), "command must be non-empty"),
    (*menu("a" * 33), "command length must not exceed 32"),
    (*menu(description=" "), "command description must be non-empty"),
    (*menu(description="x" * 257), "command description length must not exceed 256"),
    (*menu(language_code="zh-hans"), "invalid language code specified"),
    (*menu(language_code="EN"), "invalid language code specified"),
    (*menu(scope="{"), "can't parse BotCommandScope JSON object"),
    (*menu(scope=[]), SCOPE + "BotCommandScope must be an Object"),
    (*scope(type="everybody"), SCOPE + "Unsupported type specified"),
    (*scope(type="chat"), SCOPE + "Can't find field \"chat_id\""),
    (*scope(type="chat", chat_id=424242), "chat not found"),
    (*scope(type="chat", chat_id=CHANNEL), "can't change commands in channel chats"),
    (*scope(type="chat_administrators", chat_id=ADA), "can't use specified scope in private chats"),
    (*scope(type="chat_member", chat_id=GROUP, user_id=0), SCOPE + "Invalid user_id specified"),
    (*scope(type="chat_member", chat_id=GROUP, user_id=424242), "user not found"),
    # What the bot says of itself.
    ("setMyName", {"name": "x" * 65}, "name is too long"),
    ("setMyDescription", {"description": "x" * 513}, "description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short_description is too long"),
    ("setMyDescription", {"description": "x", "language_code": "english"}, "invalid language code specified"),
    ("setChatMenuButton", {"menu_button": {"type": "pizza"}},
     "can't parse menu button: MenuButton has unsupported type"),
    # Asking about chats and files.
    ("getChat", {}, "chat_id is empty"),
    ("getChat", {"chat_id": ELSEWHERE}, "chat not found"),
    ("getChat", {"chat_id": "$kicked"}, "403 bot was kicked from the supergroup chat"),
    ("getChatMember", {"chat_id": GROUP}, "invalid user_id specified"),
    ("getChatMember", {"chat_id": GROUP, "user_id": "x"}, "invalid user_id specified"),
    ("getChatMember", {"chat_id": GROUP, "user_id": 424242}, "PARTICIPANT_ID_INVALID"),
    ("getChatAdministrators", TO, "there are no administrators in the private chat"),
    ("getChatMemberCount", {"chat_id": "$left"}, "403 bot is not a member of the channel chat"),
    ("leaveChat", TO, "chat member status can't be changed in private chats"),
    ("leaveChat", {"chat_id": "$left"}, "403 bot is not a member of the channel chat"),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "not an id"}, "invalid file_id"),
    ("getFile", {"file_id": "AgADnothing"}, "wrong file_id or the file is temporarily unavailable"),
    # Updates.
    ("getUpdates", {"limit": 101}, OURS + "limit must be 1 to 100; Telegram would take the nearest"),
    ("getUpdates", {"timeout": 51}, OURS + "timeout must be 0 to 50 s; Telegram would take the nearest"),
    ("getUpdates", {"offset": "x"}, OURS + 'Field "offset" must be of type Number in getUpdates'),
    ("getUpdates", {"allowed_updates": ["massage"]},
     OURS + "there are no updates of kind 'massage', which would be ignored"),
    ("setWebhook", {}, 'parameter "url" is required'),
    ("setWebhook", {"url": "ftp://127.0.0.1/"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://example.org:5000/"},
     "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ("setWebhook", {"url": "https://example.org/"},
     OURS + "it posts updates to this machine only; use a loopback address like http://127.0.0.1:8443"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "secret_token": "x" * 257}, "secret token is too long"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "max_connections": 101}, OURS + "max_connections must be 1 to 100"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "ip_address": "x"}, "bad webhook: Invalid IP address specified"),
]
# fmt: on


@pytest.fixture
def sandbox() -> Sandbox:
    opened = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot")
    opened.mark_started(ADA)
    return opened


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=sandbox.app)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1/bot{TOKEN}/") as opened:
        yield opened


@pytest.fixture
async def scene(sandbox: Sandbox, client: httpx.AsyncClient) -> dict[str, Any]:
    """Prepare what the table speaks of: messages, files, and chats the bot cannot write to."""

    async def done(method: str, files: Any = None, **parameters: Any) -> Any:
        answer = (await client.post(method, data=parameters, files=files)).json()
        assert answer["ok"], answer
        return answer["result"]

    picture = await done("sendPhoto", {"photo": ("a.png", draw())}, chat_id=ADA)
    document = await done("sendDocument", {"document": ("a.txt", b"x")}, chat_id=ADA)
    sandbox.add_person(Person(2001, "Grace", "grace"))
    sandbox.set_membership(chat_id=2001, is_member=False)
    for chat in (
        Chat(-1002001, "supergroup", "Club", (ADA,), username="club"),
        Chat(-1002002, "channel", "News", (ADA,), username="news"),
        Chat(-1002003, "channel", "More news", (ADA,), username="more_news"),
        Chat(-1002004, "supergroup", "Quiet club", (ADA,), username="quiet_club"),
    ):
        sandbox.add_chat(chat, bot=STANDINGS[chat.chat_id])
    sandbox.migrate(BASIC, is_silent=True)
    closed = sandbox.open_topic(GROUP, "Closed")
    sandbox.close_topic(GROUP, closed)
    return {
        "text": (await done("sendMessage", chat_id=ADA, text="old"))["message_id"],
        "picture": picture["message_id"],
        "photo_id": picture["photo"][-1]["file_id"],
        "other_bots_photo": "AgAD" + "0" * 64,
        "document_id": document["document"]["file_id"],
        "theirs": sandbox.say("mine", chat_id=ADA).message_id,
        "said": sandbox.say("/start", chat_id=GROUP, user_id=NOOR).message_id,
        "closed": closed,
        "blocked": 2001,
        "kicked": -1002001,
        "left": -1002002,
        "powerless": -1002003,
        "restricted": -1002004,
        "upgraded": BASIC,
        "inline": "1",
    }


def filled(value: Any, scene: Mapping[str, Any]) -> Any:
    """Put what the scene prepared in the place of its names."""
    if isinstance(value, str) and value.startswith("$"):
        return scene[value[1:]]
    if isinstance(value, dict):
        return {key: filled(item, scene) for key, item in value.items()}
    return [filled(item, scene) for item in value] if isinstance(value, list) else value


def draw(width: int = 80, height: int = 100) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(("method", "parameters", "said"), TABLE, ids=lambda value: str(value)[:60])
async def test_a_wrong_call_is_refused_in_these_words_and_changes_nothing(
    client: httpx.AsyncClient,
    sandbox: Sandbox,
    scene: dict[str, Any],
    method: str,
    parameters: Mapping[str, Any],
    said: str,
) -> None:
    before = sandbox.transcript(ADA), sandbox.transcript(GROUP), sandbox.delivered(ADA)
    code, prefix = (403, "Forbidden") if said.startswith("403 ") else (400, "Bad Request")
    answer = await client.post(method, json=filled(dict(parameters), scene))
    expected = {"ok": False, "error_code": code, "description": f"{prefix}: {said.removeprefix('403 ')}"}
    body = answer.json()
    body.pop("parameters", None)
    assert (answer.status_code, body) == (code, expected)
    assert (sandbox.transcript(ADA), sandbox.transcript(GROUP), sandbox.delivered(ADA)) == before


@pytest.mark.parametrize(("method", "parameters", "said"), TABLE, ids=lambda value: str(value)[:60])
async def test_a_form_is_refused_like_json(
    client: httpx.AsyncClient, scene: dict[str, Any], method: str, parameters: Mapping[str, Any], said: str
) -> None:
    given = filled(dict(parameters), scene)
    as_json = (await client.post(method, json=given)).json()
    form = {key: json.dumps(value) if isinstance(value, dict | list) else str(value) for key, value in given.items()}
    as_form = (await client.post(method, data=form)).json()
    # In a form an array is a string like any other, so it may be a text.
    assert as_form == as_json or parameters.get("text") == ["x"]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        ((2001, 100), "PHOTO_INVALID_DIMENSIONS"),
        ((0, 0), "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_photo_is_refused_alone_and_in_an_album(
    client: httpx.AsyncClient, scene: dict[str, Any], size: tuple[int, int], said: str
) -> None:
    content = draw(*size) if all(size) else b"no picture"
    alone = await client.post("sendPhoto", data={"chat_id": ADA}, files={"photo": ("a.png", content)})
    assert alone.json()["description"] == f"Bad Request: {said}"
    media = json.dumps([photo(scene["photo_id"]), photo("attach://b")])
    among = await client.post("sendMediaGroup", data={"chat_id": ADA, "media": media}, files={"b": ("b.png", content)})
    words = f'Bad Request: failed to send message #2 with the error message "{said}"'
    assert among.json()["description"] == words


async def test_a_file_nothing_refers_to_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("sendMessage", data={"chat_id": ADA, "text": "x"}, files={"other": ("a", b"x")})
    said = "nothing in sendMessage refers to the file 'other', which would be ignored"
    assert answer.json()["description"] == f"Bad Request: {OURS}{said}"


async def test_an_unknown_method_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.post("sendTelepathy", json={})
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_an_upgraded_group_says_where_it_went(client: httpx.AsyncClient, scene: dict[str, Any]) -> None:
    answer = (await client.post("sendMessage", json={"chat_id": scene["upgraded"], "text": "x"})).json()
    assert answer["parameters"]["migrate_to_chat_id"] < -1_000_000_000_000


def test_the_table_is_long_and_has_no_row_twice() -> None:
    assert len(TABLE) >= 120
    assert len({json.dumps(row, sort_keys=True) for row in TABLE}) == len(TABLE)
