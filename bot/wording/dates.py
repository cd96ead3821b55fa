"""Owns how months and instants are said."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_location, get_timezone_name

from bot.model.month import Month
from bot.model.subscription import Moment

_UTC = frozenset({"UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "ZULU", "GREENWICH", "UNIVERSAL"})
_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{3,4}|[A-Z]{3}\d[A-Z]{3}")
_A_MONDAY = date(2024, 1, 1)


def month_name(month: Month, language: str = "en") -> str:
    """``January 2022``."""
    return format_skeleton("yMMMM", datetime(month.year, month.number, 1), locale=language)  # noqa: DTZ001  # a label


def bare_month_name(number: int, language: str = "en") -> str:
    """``January``."""
    return format_date(date(2024, number, 1), "LLLL", locale=language)


def short_month_name(month: Month, language: str = "en") -> str:
    """``Jan 2022``."""
    return format_skeleton("yMMM", datetime(month.year, month.number, 1), locale=language)  # noqa: DTZ001  # a label


def short_day_name(day: date, language: str = "en") -> str:
    """``23 Nov``."""
    return format_date(day, "d MMM", locale=language)


def moment_name(instant: datetime, timezone: str, language: str = "en") -> str:
    """``Monday 23 November, 09:00 UTC`` or ``…, 09:00 Berlin time``, in the given IANA zone."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{format_datetime(local, 'EEEE d MMMM, HH:mm', locale=language)} {zone_name(timezone, language)}"


def rhythm_name(moment: Moment, language: str = "en") -> str:
    """``Mondays 09:00 UTC``, ``Fridays 18:00 Berlin time``."""
    weekday = format_date(_A_MONDAY + timedelta(days=moment.weekday), "EEEE", locale=language)
    return f"{weekday}s {moment.hour:02d}:{moment.minute:02d} {zone_name(moment.timezone, language)}"


def zone_name(timezone: str, language: str = "en") -> str:
    """``UTC``, ``UTC+2``, ``CET``, ``Berlin time``."""
    if timezone.upper().removeprefix("ETC/") in _UTC:
        return "UTC"
    if offset := _OFFSET.fullmatch(timezone):
        # The tz database counts the other way round: Etc/GMT-2 is two hours ahead of Greenwich.
        return f"UTC{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
    if _ABBREVIATION.fullmatch(timezone):
        return timezone
    city = get_timezone_location(timezone, locale=language, return_city=True)
    return f"{city} time" if city else get_timezone_name(timezone, locale=language)


def count(number: int, one: str, many: str) -> str:
    """``1 paper``, ``5 papers``."""
    return f"{number} {one if number == 1 else many}"
