"""Owns what a button carries: every press is a value, written into at most 64 bytes and read back strictly."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.model.canvas import Canvas
from bot.model.month import Month

DATA_LIMIT = 64
"""Bytes of callback data. Source: Bot API 10.0, InlineKeyboardButton."""

_VERSION = "1"
_ID = re.compile(r"[1-9]\d{0,17}")
_PAGE = re.compile(r"[1-9]\d{0,3}")
_ASKER = re.compile(r"0|[1-9]\d{0,15}")  # user ids have at most 52 bits


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Send the collage of an entry."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class TurnCanvas:
    """Swap the picture of this message for the other shape."""

    entry_id: int
    canvas: Canvas


@dataclass(frozen=True, slots=True)
class ToggleSaved:
    """Put an entry on the reader's own list; where the label cannot show that it is there, also take it off."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class DropSaved:
    """Take an entry off the reader's own list."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class MoreLike:
    """List the entries nearest to one."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Send what the caption had no room for."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ShowMonth:
    """Send the roundup of a month."""

    month: Month


@dataclass(frozen=True, slots=True)
class TurnResults:
    """Turn to a page of a search.

    Attributes:
        asker: The only person who may turn it; 0 for anybody.
        query: Empty when it is too long to be carried: then it is read from the heading of the message.
    """

    page: int
    asker: int
    query: str


@dataclass(frozen=True, slots=True)
class TurnSaved:
    """Turn to a page of the reader's own list."""

    page: int


@dataclass(frozen=True, slots=True)
class Find:
    """Search for something and send the results as a new message."""

    query: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A press that needs nothing but its name."""

    name: str


LATEST = Plain("latest")
RANDOM = Plain("random")
THIS_MONTH = Plain("this-month")
ASK_SEARCH = Plain("ask-search")
SUBSCRIBE = Plain("subscribe")
RESTORE = Plain("restore")
UNSUBSCRIBE = Plain("unsubscribe")
FOLLOW = Plain("follow")
"""Give up the chat's own moment for that of the series."""
STILL = Plain("still")
"""The page counter between the arrows: it does nothing."""

Press: TypeAlias = (
    ShowEntry
    | TurnCanvas
    | ToggleSaved
    | DropSaved
    | MoreLike
    | ReadOn
    | ShowMonth
    | TurnResults
    | TurnSaved
    | Find
    | Plain
)
_PLAIN = frozenset({LATEST, RANDOM, THIS_MONTH, ASK_SEARCH, SUBSCRIBE, UNSUBSCRIBE, FOLLOW, RESTORE, STILL})


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
        return _number(_ID, text)
    except ValueError:
        return None


def _spelled(press: Press) -> tuple[str, list[str]]:
    match press:
        case ShowEntry(entry_id):
            return "show", [str(entry_id)]
        case TurnCanvas(entry_id, canvas):
            return "turn", [str(entry_id), canvas.value]
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
        case Find(query):
            return "find", [query]
        case Plain(name):
            return "do", [name]


def _number(pattern: re.Pattern[str], text: str) -> int:
    if not pattern.fullmatch(text) or not text.isascii():
        raise ValueError("not a number of ours")
    return int(text)


def _read_canvas(arguments: str) -> Press:
    entry_id, _, canvas = arguments.partition(":")
    return TurnCanvas(_number(_ID, entry_id), Canvas(canvas))


def _read_results(arguments: str) -> Press:
    page, _, rest = arguments.partition(":")
    asker, _, query = rest.partition(":")
    return TurnResults(_number(_PAGE, page), _number(_ASKER, asker), query)


def _read_plain(name: str) -> Press:
    if Plain(name) not in _PLAIN:
        raise ValueError("no such press")
    return Plain(name)


_READERS: dict[str, Callable[[str], Press]] = {
    "show": lambda arguments: ShowEntry(_number(_ID, arguments)),
    "turn": _read_canvas,
    "save": lambda arguments: ToggleSaved(_number(_ID, arguments)),
    "drop": lambda arguments: DropSaved(_number(_ID, arguments)),
    "like": lambda arguments: MoreLike(_number(_ID, arguments)),
    "read": lambda arguments: ReadOn(_number(_ID, arguments)),
    "month": lambda arguments: ShowMonth(Month.parse(arguments)),
    "page": _read_results,
    "saved": lambda arguments: TurnSaved(_number(_PAGE, arguments)),
    "find": Find,
    "do": _read_plain,
}
