"""Owns how a press is spelled as callback data: in at most 64 bytes, and read back strictly."""

import re
from collections.abc import Callable

from bot.chat import desk_spelling, settings_spelling
from bot.chat.digits import ASKER, CHAT, ID, PAGE, number
from bot.chat.presses import (
    PLAIN,
    Cite,
    DropListed,
    DropSaved,
    Find,
    FullSize,
    MoreLike,
    Plain,
    Press,
    PruneSaved,
    ReadOn,
    ShowEntry,
    ShowMonth,
    SubscribeChannel,
    ToggleSaved,
    TurnCanvas,
    TurnResults,
    TurnSaved,
    TurnTopics,
)
from bot.chat.settings_presses import SettingsPress
from bot.chat.shapes import shape
from bot.model.canvas import Appearance, Theme
from bot.model.month import Month

DATA_LIMIT = 64
"""Bytes of callback data. Source: Bot API 10.0, InlineKeyboardButton."""

_VERSION = "1"


class UnknownPress(ValueError):
    """The data comes from an older version, or from nobody we know."""


def written(press: Press) -> str:
    """Write *press* as callback data.

    Raises:
        ValueError: It does not fit into 64 bytes; only a text can be too long.
    """
    verb, arguments = _spelled(press)
    data = ":".join([_VERSION, verb, *arguments])
    if len(data.encode()) > DATA_LIMIT:
        raise ValueError(f"{verb} does not fit into {DATA_LIMIT} bytes")
    return data


def fits(press: Press) -> bool:
    """Tell whether *press* can be carried by a button."""
    try:
        return bool(written(press))
    except ValueError:
        return False


def read(data: str) -> Press:
    """Read callback data.

    Raises:
        UnknownPress: Anything this version did not write.
    """
    version, _, rest = data.partition(":")
    verb, _, arguments = rest.partition(":")
    if version != _VERSION or verb not in _READERS:
        raise UnknownPress("this button is not one of ours")
    try:
        press = _READERS[verb](arguments)
    except ValueError as error:
        raise UnknownPress("this button is not one of ours") from error
    if not fits(press) or written(press) != data:
        raise UnknownPress("this button is not spelled as ours are")
    return press


def entry_id_of(text: str) -> int | None:
    """Read the id of an entry; None for what can be none."""
    try:
        return number(ID, text)
    except ValueError:
        return None


def _spelled(press: Press) -> tuple[str, list[str]]:
    match press:
        case ShowEntry(entry_id):
            return "show", [str(entry_id)]
        case TurnCanvas(entry_id, wanted):
            return "turn", [str(entry_id), *_looks(wanted)]
        case FullSize(entry_id, wanted):
            return "full", [str(entry_id), *_looks(wanted)]
        case ToggleSaved(entry_id):
            return "save", [str(entry_id)]
        case DropSaved(entry_id):
            return "drop", [str(entry_id)]
        case MoreLike(entry_id):
            return "like", [str(entry_id)]
        case ReadOn(entry_id):
            return "read", [str(entry_id)]
        case ShowMonth(month):
            return "month", [str(month)]
        case TurnResults(page, asker, query):
            return "page", [str(page), str(asker), query]
        case TurnSaved(page):
            return "saved", [str(page)]
        case DropListed(entry_id, page):
            return "off", [str(entry_id), str(page)]
        case PruneSaved(page):
            return "prune", [str(page)]
        case TurnTopics(page, asker):
            return "topics", [str(page), str(asker)]
        case Cite(entry_id):
            return "cite", [str(entry_id)]
        case SubscribeChannel(chat_id):
            return "channel", [str(-chat_id)]
        case Find(query):
            return "find", [query]
        case Plain(name):
            return "do", [name]
        case _ if isinstance(press, SettingsPress):
            return settings_spelling.spelled(press)
        case _:
            return desk_spelling.spelled(press)


def _looks(wanted: Appearance) -> list[str]:
    # Light goes without saying, so that buttons from before there was anything else are read as ever.
    return [wanted.canvas.value, *([] if wanted.theme is Theme.LIGHT else [wanted.theme.value])]


def _read_looks(arguments: str) -> tuple[int, Appearance]:
    entry_id, _, looks = arguments.partition(":")
    canvas, _, theme = looks.partition(":")
    return number(ID, entry_id), Appearance(shape(canvas), Theme(theme or Theme.LIGHT))


def _read_results(arguments: str) -> Press:
    page, _, rest = arguments.partition(":")
    asker, _, query = rest.partition(":")
    return TurnResults(number(PAGE, page), number(ASKER, asker), query)


def _two(arguments: str, first: re.Pattern[str], second: re.Pattern[str]) -> tuple[int, int]:
    one, _, other = arguments.partition(":")
    return number(first, one), number(second, other)


def _read_plain(name: str) -> Press:
    if Plain(name) not in PLAIN:
        raise ValueError("no such press")
    return Plain(name)


_READERS: dict[str, Callable[[str], Press]] = {
    "show": lambda arguments: ShowEntry(number(ID, arguments)),
    "turn": lambda arguments: TurnCanvas(*_read_looks(arguments)),
    "full": lambda arguments: FullSize(*_read_looks(arguments)),
    "save": lambda arguments: ToggleSaved(number(ID, arguments)),
    "drop": lambda arguments: DropSaved(number(ID, arguments)),
    "like": lambda arguments: MoreLike(number(ID, arguments)),
    "read": lambda arguments: ReadOn(number(ID, arguments)),
    "month": lambda arguments: ShowMonth(Month.parse(arguments)),
    "page": _read_results,
    "saved": lambda arguments: TurnSaved(number(PAGE, arguments)),
    "off": lambda arguments: DropListed(*_two(arguments, ID, PAGE)),
    "prune": lambda arguments: PruneSaved(number(PAGE, arguments)),
    "topics": lambda arguments: TurnTopics(*_two(arguments, PAGE, ASKER)),
    "cite": lambda arguments: Cite(number(ID, arguments)),
    "channel": lambda arguments: SubscribeChannel(-number(CHAT, arguments)),
    "find": Find,
    "do": _read_plain,
    **settings_spelling.READERS,
    **desk_spelling.READERS,
}
