"""Owns how we read what people type: months, moments of the week, questions, and how we repeat it to them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.chat.markup import clean, clipped, isolated
from bot.model.month import Month
from bot.model.subscription import Moment

ECHO_LIMIT = 60
"""UTF-16 units of somebody's own words that we repeat."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_NAME = 3
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm)?")


@dataclass(frozen=True, slots=True)
class Year:
    """A whole year."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchMonth:
    """Written like a month, but the calendar has none of that number."""

    year: int
    number: int


class Unreadable(ValueError):
    """Part of what was typed says nothing to us.

    Attributes:
        part: The words we could not read; empty when something is missing.
    """

    def __init__(self, part: str) -> None:
        super().__init__("cannot be read")
        self.part = part


def question(text: str) -> str:
    """Reduce *text* to one line of at most `ECHO_LIMIT` units: what is searched for, and what is repeated."""
    return clipped(" ".join(clean(text).split()), ECHO_LIMIT, mark="")


def echo(text: str) -> str:
    """Repeat somebody's words in a sentence of ours: one short line that cannot turn or break it."""
    return isolated(clipped(" ".join(clean(text).split()), ECHO_LIMIT))


def parse_month(text: str) -> Month | Year | NoSuchMonth:
    """Read ``2022-01``, ``1/2022``, ``jan 2022``, ``January, 2022`` or ``2022``.

    Raises:
        Unreadable: Anything else.
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word) and int(word) > 0]
    others = [word for word in words if not re.fullmatch(r"\d{4}", word)]
    if len(years) != 1 or len(others) > 1:
        raise Unreadable(text)
    if not others:
        return Year(years[0])
    number = _month_number(others[0])
    return Month(years[0], number) if 1 <= number <= len(_MONTHS) else NoSuchMonth(years[0], number)


def parse_moment(text: str, *, timezone: str) -> Moment:
    """Read ``fri 18:00 Europe/Berlin``, in any order; without a zone *timezone* is meant.

    Raises:
        Unreadable: A part says nothing to us, or the day or the time is missing.
    """
    weekday: int | None = None
    clock: tuple[int, int] | None = None
    rest: list[str] = []
    for word in unicodedata.normalize("NFKC", clean(text)).replace(",", " ").split():
        if weekday is None and (weekday := _named(word, WEEKDAYS)) is not None:
            continue
        if clock is None and (clock := _clock(word)) is not None:
            continue
        rest.append(word)
    zone = _zone("_".join(rest)) if rest else timezone
    if zone is None:
        raise Unreadable(" ".join(rest))
    if weekday is None or clock is None:
        raise Unreadable("")
    return Moment(weekday, *clock, zone)


def _month_number(word: str) -> int:
    if re.fullmatch(r"\d{1,2}", word):
        return int(word)
    index = _named(word, _MONTHS)
    if index is None:
        raise Unreadable(word)
    return index + 1


def _named(word: str, names: tuple[str, ...]) -> int | None:
    short = word.casefold().rstrip(".")
    if len(short) < _SHORTEST_NAME:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(short)), None)


def _clock(word: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(word.casefold())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _zone(name: str) -> str | None:
    return _zones().get(name.casefold())


@cache
def _zones() -> dict[str, str]:
    """What people type for a zone: its IANA name, or its city."""
    # Etc/GMT+2 means the opposite of what it says.
    whole = [zone for zone in sorted(available_timezones()) if not zone.startswith(("Etc/", "SystemV/"))]
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in whole if "/" in zone}
    return cities | {zone.casefold(): zone for zone in whole}
