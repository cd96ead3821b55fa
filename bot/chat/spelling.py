"""Owns how a press is spelled as callback data: in at most 64 bytes, and read back strictly."""

from collections.abc import Callable

from bot.chat import desk_spelling
from bot.chat.digits import ASKER, ID, PAGE, number
from bot.chat.presses import (
    PLAIN,
    ChooseCanvas,
    ChooseTheme,
    DropSaved,
    Find,
    FullSize,
    MoreLike,
    Plain,
    Press,
    ReadOn,
    ShowEntry,
    ShowMonth,
    Stop,
    ToggleSaved,
    TurnCanvas,
    TurnResults,
    TurnSaved,
    Want,
)
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.edition import EditionKind
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
        case ChooseCanvas(canvas):
            return "shape", [canvas.value]
        case ChooseTheme(theme):
            return "theme", [theme.value]
        case Want(kind):
            return "want", [kind.value]
        case Stop(kind):
            return "stop", [kind.value]
        case Find(query):
            return "find", [query]
        case Plain(name):
            return "do", [name]
        case _:
            return desk_spelling.spelled(press)


def _looks(wanted: Appearance) -> list[str]:
    # Light goes without saying, so that buttons from before there was anything else are read as ever.
    return [wanted.canvas.value, *([] if wanted.theme is Theme.LIGHT else [wanted.theme.value])]


def _read_looks(arguments: str) -> tuple[int, Appearance]:
    entry_id, _, looks = arguments.partition(":")
    canvas, _, theme = looks.partition(":")
    return number(ID, entry_id), Appearance(Canvas(canvas), Theme(theme or Theme.LIGHT))


def _read_results(arguments: str) -> Press:
    page, _, rest = arguments.partition(":")
    asker, _, query = rest.partition(":")
    return TurnResults(number(PAGE, page), number(ASKER, asker), query)


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
    "shape": lambda arguments: ChooseCanvas(Canvas(arguments)),
    "theme": lambda arguments: ChooseTheme(Theme(arguments)),
    "want": lambda arguments: Want(EditionKind(arguments)),
    "stop": lambda arguments: Stop(EditionKind(arguments)),
    "find": Find,
    "do": _read_plain,
    **desk_spelling.READERS,
}
