"""Owns how Telegram words what is wrong with a call's form, before anything is done.

Source: tdlib/telegram-bot-api, Client.cpp (the functions get_… that read parameters), and tdlib's JsonBuilder.cpp.
The first letter of what reaches a client is made small at the door, as Telegram does.
"""

# Parameters that are missing. Telegram has words of its own for most; `missing` knows the rest.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "photo": "There is no photo in the request",
    "document": "There is no document in the request",
    "user_id": "Invalid user_id specified",
    "action": "Wrong parameter action in request",
    "file_id": "file_id not specified",
    "message_ids": "Message identifiers are not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "message_id": "MESSAGE_ID_INVALID",
    "deleteMessage.chat_id": "Chat identifier is not specified",
    "deleteMessage.message_id": "Message identifier is not specified",
}
_MISSING_IS_TAKEN = ("commands", "results")  # Telegram reads nothing as an empty list

# Parameters whose JSON cannot be decoded.
_UNREADABLE = {
    "reply_markup": "Can't parse reply keyboard markup JSON object",
    "reply_parameters": "Can't parse reply parameters JSON object",
    "link_preview_options": "Can't parse link preview options JSON object",
    "commands": "Can't parse commands JSON object",
    "scope": "Can't parse BotCommandScope JSON object",
    "menu_button": "Can't parse menu button JSON object",
    "media": "Can't parse media JSON object",
    "editMessageMedia.media": "Can't parse input media JSON object",
    "message_ids": "Can't parse message_ids JSON object",
    "results": "Can't parse JSON encoded inline query results",
    "button": "Can't parse inline query results button JSON object",
}

# Parameters that are no array.
_NO_ARRAY = {
    "commands": "Expected an Array of BotCommand",
    "media": "Expected an Array of InputMedia",
    "message_ids": "Expected an Array of message identifiers",
    "results": "Expected an Array of inline query results",
    "inline_keyboard": 'Field "inline_keyboard" must be of type Array',
    "inline_keyboard[]": 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    "keyboard[]": 'Field "keyboard" must be an Array of Arrays',
}

# Types, by the beginning of their name: what stands before whatever is wrong inside, what is said when it is no
# object, and what when no member of the union has its "type".
_TYPES = {
    "InlineKeyboardButton": ("Can't parse inline keyboard button", "InlineKeyboardButton must be an Object", ""),
    "KeyboardButton": ("Can't parse keyboard button", "KeyboardButton must be a String or an Object", ""),
    "MessageEntity": ("Can't parse MessageEntity", "expected an Object", "Unsupported type specified"),
    "InputMedia": ("Can't parse InputMedia", "expected an Object", 'type "{}" is unsupported'),
    "BotCommandScope": (
        "Can't parse BotCommandScope",
        "BotCommandScope must be an Object",
        "Unsupported type specified",
    ),
    "BotCommand": ("Can't parse BotCommand", "expected an Object", ""),
    "MenuButton": ("Can't parse menu button", "MenuButton must be an Object", "MenuButton has unsupported type"),
    "InlineQueryResultsButton": (
        "Can't parse inline query results button",
        "InlineQueryResultsButton must be an Object",
        "",
    ),
    "InlineQueryResult": (
        "Can't parse inline query result",
        "Inline query result must be an object",
        'type "{}" is unsupported for the inline query result',
    ),
    "InlineKeyboardMarkup": ("", "Object expected as reply markup", ""),
    "ReplyKeyboard": ("", "Object expected as reply markup", ""),
    "ForceReply": ("", "Object expected as reply markup", ""),
    "ReplyParameters": ("", "Object expected as reply parameters", ""),
    "LinkPreviewOptions": ("", "Object expected as link preview options", ""),
}
_NUMBERS = ("Integer", "Float")


def missing(method: str, name: str) -> str:
    """Say that a parameter is missing; empty where Telegram does not mind."""
    if name in _MISSING_IS_TAKEN:
        return ""
    return _MISSING.get(f"{method}.{name}") or _MISSING.get(name) or f'Parameter "{name}" is required'


def missing_field(name: str) -> str:
    """Say that an object lacks a field."""
    return f'Can\'t find field "{name}"'


def unreadable(method: str, name: str) -> str:
    """Say that a parameter is no JSON; empty where Telegram does not mind."""
    return _UNREADABLE.get(f"{method}.{name}") or _UNREADABLE.get(name, "")


def no_array(name: str) -> str:
    """Say that a parameter or a field is no array."""
    return _NO_ARRAY.get(name) or f'Field "{name}" must be of type Array'


def no_object(kind: str, name: str) -> str:
    """Say that something is no object of type *kind*."""
    return _of(kind)[1] or f'Field "{name}" must be of type Object'


def no_such_type(kind: str, told: object) -> str:
    """Say that no *kind* is what the object says it is."""
    if told == "animation":  # a medium like others, but not in an album
        return 'type "animation" can\'t be used in sendMediaGroup'
    return _of(kind)[2].format(told) or "Unsupported type specified"


def wrong_plain(kind: str, name: str) -> str:
    """Say that a field has not the plain type *kind*."""
    return f'Field "{name}" must be of type {"Number" if kind in _NUMBERS else kind}'


def inside(kind: str, words: str) -> str:
    """Say that *words* are about what stands inside an object of type *kind*."""
    before = _of(kind)[0]
    return f"{before}: {words}" if before else words


def _of(kind: str) -> tuple[str, str, str]:
    return next((words for beginning, words in _TYPES.items() if kind.startswith(beginning)), ("", "", ""))
