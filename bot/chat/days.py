"""Owns how we read the day until which somebody wants their peace: ``2 weeks``, ``until 1 January``, ``到1月1日``."""

import re
import unicodedata
from datetime import date, timedelta

from bot.chat.markup import clean
from bot.chat.typed import Unreadable, month_number, weekday_number

LONGEST = timedelta(days=366)
_FILLERS = frozenset(
    {"until", "till", "til", "to", "for", "the", "of", "on", "next", "a", "an", "about", "from", "now"}
)
_NUMBERS = {"one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_TENS = re.compile(r"(\d?)十(\d?)")
_CHINESE_UNITS = {"天": " days ", "日": " ", "周": " weeks ", "星期": " weeks ", "礼拜": " weeks ", "个月": " months "}
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_OF_A_YEAR = 12


class TooFar(ValueError):
    """The day lies more than `LONGEST` ahead, or not ahead at all."""


def parse_until(text: str, today: date) -> date:
    """Read a day that lies ahead, the first on which something may come again; without a year the next one is meant.

    Raises:
        Unreadable: *text* names no day.
        TooFar: The day is not ahead of *today*, or more than a year.
    """
    words = _words(text)
    for read in (_span, _written_in_numbers, _named):
        day = read(words, today)
        if day is not None:
            if not today < day <= today + LONGEST:
                raise TooFar(day.isoformat())
            return day
    raise Unreadable(text)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has none of that number."""
    index = day.year * _MONTHS_OF_A_YEAR + day.month - 1 + months
    first = date(index // _MONTHS_OF_A_YEAR, index % _MONTHS_OF_A_YEAR + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _words(text: str) -> list[str]:
    line = unicodedata.normalize("NFKC", clean(text)).casefold()
    line = re.sub("下个?(?=[周星月])", "1", line.replace("明天", "tomorrow").translate(_DIGITS))
    line = _TENS.sub(lambda found: f"{found[1] or 1}{found[2] or 0}", line)
    line = re.sub(r"(\d+)年(\d+)月(\d+)[日号]?", r"\1-\2-\3", line)
    line = re.sub(r"(\d+)月(\d+)[日号]?", r"\2.\1.", line)
    line = re.sub(r"(\d)月", r"\1个月", line)
    for unit, english in _CHINESE_UNITS.items():
        line = line.replace(unit, english)
    line = re.sub(r"[到至,]|以后|之后|暂停", " ", line)
    line = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", line)
    return [word for word in re.findall(r"[\d.-]*\d\.?|[^\W\d_]+", line) if word not in _FILLERS]


def _span(words: list[str], today: date) -> date | None:
    """``2 weeks``, ``month``, ``tomorrow``."""
    if words == ["tomorrow"]:
        return today + timedelta(days=1)
    if not 1 <= len(words) <= 2 or words[-1].isdecimal():
        return None
    unit, many = words[-1].removesuffix("s"), words[0] if len(words) == 2 else "1"
    number = int(many) if re.fullmatch(r"\d{1,3}", many) else _NUMBERS.get(many, 0)
    if number == 0 or unit not in {*_UNITS, "month", "year"}:
        return None
    if unit in _UNITS:
        return today + timedelta(days=number * _UNITS[unit])
    return months_later(today, number * (_MONTHS_OF_A_YEAR if unit == "year" else 1))


def _written_in_numbers(words: list[str], today: date) -> date | None:
    """``2027-01-01``, ``1.1.``, ``1.1.2027``."""
    if len(words) != 1:
        return None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words[0]):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?", words[0]):
        return _of_year(today, int(match[2]), int(match[1]), match[3])
    return None


def _named(words: list[str], today: date) -> date | None:
    """``1 january``, ``january 1 2027``, ``january``, ``monday``."""
    names = [word for word in words if not word.isdecimal()]
    numbers = [word for word in words if word.isdecimal()]
    if len(names) != 1 or len(numbers) > 2:
        return None
    if not numbers and (weekday := weekday_number(names[0])) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) < len(numbers):
        return None
    try:
        month = month_number(names[0])
    except Unreadable:
        return None
    return _of_year(today, month, int(days[0]) if days else 1, years[0] if years else None)


def _of_year(today: date, month: int, day: int, year: str | None) -> date | None:
    if year:
        return _day(int(year), month, day)
    # The 29th of February may be several years away; then it is too far, but it is a day.
    coming = (_day(today.year + years, month, day) for years in range(9))
    return next((found for found in coming if found is not None and found > today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
