"""Owns how we read what people type: months, moments of the week, questions, and how we repeat it to them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel.dates import get_timezone_location

from bot.chat.markup import clean, clipped, isolated
from bot.model.arxiv_id import ArxivId
from bot.model.language import CHINESE
from bot.model.month import Month
from bot.model.subscription import Moment

ECHO_LIMIT = 60
"""UTF-16 units of somebody's own words that we repeat."""
QUESTION_LIMIT = 400
"""UTF-16 units of a question that are read; the catalogue reads no more characters."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_NAME = 3
_PAPERS = 5  # read from one message
_COMMAND = re.compile(r"(/[A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?")
"""What ends it may be any other character, as in Telegram's own reading."""
_BETWEEN = re.compile(r"[\s，；：、。！？（）《》「」]+")
_NEWEST = frozenset({"last", "latest", "newest", "now", "current", "this", "this month", "current month"})
_CLOCK = re.compile(r"(上午|早上|下午|晚上)?(\d{1,2})(?:[:.h点]?(\d{2}|半))?[h点分]{0,2}(am|pm)?")
_HALVES = {"上午": "am", "早上": "am", "下午": "pm", "晚上": "pm"}
_HALF_OF_DAY = re.compile(r"(?<=\d)\s*([ap])\.?m\.?(?!\w)", re.IGNORECASE)
_FILLERS = frozenset({"at", "on", "in", "every", "each", "time"})
_CHINESE_WEEKDAY = re.compile("每?(?:周|星期|礼拜)([一二三四五六日天])")
_OFFSET = re.compile(r"(?:utc|gmt)([+-])(\d{1,2})(?::?00)?")
_EAST, _WEST = 14, 12
"""Whole hours from Greenwich for which there is a zone. Source: tz database, file etcetera."""


@dataclass(frozen=True, slots=True)
class Year:
    """A whole year."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchMonth:
    """Written like a month, but the calendar has none of that number."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class OfAnyYear:
    """A month without its year."""

    number: int


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest month there is."""


class Unreadable(ValueError):
    """Part of what was typed says nothing to us.

    Attributes:
        part: The words we could not read; empty when something is missing.
    """

    def __init__(self, part: str) -> None:
        super().__init__("cannot be read")
        self.part = part


class SaidTwice(Unreadable):
    """A second day or a second time of day."""


def after_command(text: str) -> str:
    """The words after the command that *text* begins with."""
    found = _COMMAND.match(text)
    return text[found.end() :].lstrip() if found else text


def command_of(text: str) -> tuple[str, str]:
    """The command that *text* begins with, slash included, and the name behind its @; empty where there is none."""
    found = _COMMAND.match(text)
    return (found[1], found[2] or "") if found else ("", "")


def arxiv_ids(text: str) -> tuple[ArxivId, ...]:
    """Every paper on arXiv that *text* names by id or link, each once."""
    return tuple(versioned_ids(text))


def versioned_ids(text: str) -> dict[ArxivId, int | None]:
    """Every paper on arXiv that *text* names, with the version it names first; None means the newest."""
    named = [found for token in _BETWEEN.split(text) if (found := ArxivId.find_versioned(token)) is not None]
    whole = ArxivId.find_versioned(text)
    versions: dict[ArxivId, int | None] = {}
    for arxiv_id, version in named or ([whole] if whole else []):
        versions.setdefault(arxiv_id, version)
    return dict(list(versions.items())[:_PAPERS])


def question(text: str) -> str:
    """Reduce *text* to one line of at most `QUESTION_LIMIT` units: what is searched for."""
    return clipped(" ".join(clean(text).split()), QUESTION_LIMIT, mark="")


def echo(text: str) -> str:
    """Repeat somebody's words in a sentence of ours: one short line that cannot turn or break it."""
    return isolated(clipped(" ".join(clean(text).split()), ECHO_LIMIT))


def parse_month(text: str) -> Month | Year | OfAnyYear | Newest | NoSuchMonth:
    """Read ``2022-01``, ``1/2022``, ``jan 2022``, ``January '22``, ``2022年1月``, ``2022``, ``august`` or ``now``.

    Raises:
        Unreadable: Anything else.
    """
    line = re.sub("[年月]", " ", unicodedata.normalize("NFKC", text).casefold())
    words = re.findall(r"\d+|[^\W\d_]+", line)
    if " ".join(words) in _NEWEST:
        return Newest()
    if len(words) == 1 and not words[0].isdecimal():
        return OfAnyYear(month_number(words[0]))
    if len(words) == 2 and not words[0].isdecimal() and re.fullmatch(r"\d{2}", words[1]):
        words[1] = f"20{words[1]}"
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word) and int(word) > 0]
    others = [word for word in words if not re.fullmatch(r"\d{4}", word)]
    if len(years) != 1 or len(others) > 1:
        raise Unreadable(text)
    if not others:
        return Year(years[0])
    number = month_number(others[0])
    return Month(years[0], number) if 1 <= number <= len(_MONTHS) else NoSuchMonth(years[0], number)


def month_named(text: str) -> Month | None:
    """The month that *text* is the name of, with its year; None for anything that may mean something else."""
    try:
        month = parse_month(text)
    except Unreadable:
        return None
    return month if isinstance(month, Month) else None


def parse_moment(text: str, *, timezone: str) -> Moment:
    """Read ``fri 18:00 Europe/Berlin``, ``6 pm friday UTC+2``, ``周五18点 柏林时间``; without a zone it is *timezone*.

    Raises:
        SaidTwice: There are two days or two times.
        Unreadable: A part says nothing to us, or the day or the time is missing.
    """
    line = _HALF_OF_DAY.sub(r"\1m", unicodedata.normalize("NFKC", clean(text))).replace(",", " ")
    line = _CHINESE_WEEKDAY.sub(r" \g<0> ", line)
    words = [word for word in line.split() if word.casefold() not in _FILLERS]
    weekdays = {word: day for word in words if (day := weekday_number(word)) is not None}
    clocks = {word: clock for word in words if (clock := _clock(word)) is not None}
    for said in (weekdays, clocks):
        if len(said) > 1:
            raise SaidTwice(list(said)[1])
    rest = [word for word in words if word not in weekdays and word not in clocks]
    zone = _zone("_".join(rest)) if rest else timezone
    if zone is None:
        raise Unreadable(" ".join(rest))
    if not weekdays or not clocks:
        raise Unreadable("")
    (weekday,), ((hour, minute),) = weekdays.values(), clocks.values()
    return Moment(weekday, hour, minute, zone)


def month_number(word: str) -> int:
    """Read the number or the name of a month.

    Raises:
        Unreadable: It is neither.
    """
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


def weekday_number(word: str) -> int | None:
    """The weekday of that name, 0 for Monday; None for any other word."""
    if found := _CHINESE_WEEKDAY.fullmatch(word):
        return "一二三四五六日".index(found[1].replace("天", "日"))
    plural = word.casefold().endswith("days")
    return _named(word[:-1] if plural else word, WEEKDAYS)


def _clock(word: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(word.casefold())
    if match is None:
        return None
    hour, minute = int(match[2]), 30 if match[3] == "半" else int(match[3] or 0)
    half = match[4] or _HALVES.get(match[1])
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _zone(name: str) -> str | None:
    offset = _OFFSET.fullmatch(name.casefold())
    if offset is None:
        return _zones().get(name.casefold()) if name.isascii() else _chinese_zones().get(name.removesuffix("时间"))
    hours, is_east = int(offset[2]), offset[1] == "+"
    if hours > (_EAST if is_east else _WEST):
        return None
    # Etc/GMT-2 is two hours ahead of Greenwich.
    return f"Etc/GMT{'-' if is_east else '+'}{hours}" if hours else "UTC"


@cache
def _zones() -> dict[str, str]:
    """What people type for a zone: its IANA name, or its city."""
    # Etc/GMT+2 means the opposite of what it says.
    whole = [zone for zone in sorted(available_timezones()) if not zone.startswith(("Etc/", "SystemV/"))]
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in whole if "/" in zone}
    return cities | {zone.casefold(): zone for zone in whole}


@cache
def _chinese_zones() -> dict[str, str]:
    """What people type for a zone in Chinese: its city."""
    zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))}
    cities = {
        get_timezone_location(zone, locale=CHINESE, return_city=True): zone for zone in sorted(zones, reverse=True)
    }
    return cities | {"北京": "Asia/Shanghai"}
