"""Owns how things are put in a row: several names, several sentences."""

from collections.abc import Sequence

from bot.model.language import CHINESE
from bot.wording.translation import language, pgettext


def gap() -> str:
    """What stands between two sentences; Chinese needs nothing."""
    return "" if language() == CHINESE else " "


def comma() -> str:
    """What stands between the members of a list."""
    return pgettext("list", ", ")


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = items or [""]
    return pgettext("list", " and ").join(filter(None, (comma().join(first), last)))
