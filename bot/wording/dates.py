"""Owns how months and instants are said."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_skeleton, get_timezone_location, get_timezone_name

from bot.model.month import Month


def month_name(month: Month, language: str = "en") -> str:
    """``January 2022``."""
    return format_skeleton("yMMMM", datetime(month.year, month.number, 1), locale=language)  # noqa: DTZ001  # a label


def short_month_name(month: Month, language: str = "en") -> str:
    """``Jan 2022``."""
    return format_skeleton("yMMM", datetime(month.year, month.number, 1), locale=language)  # noqa: DTZ001  # a label


def moment_name(instant: datetime, timezone: str, language: str = "en") -> str:
    """``Monday 23 November, 09:00 UTC`` or ``…, 09:00 Berlin time``, in the given IANA zone."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{format_datetime(local, 'EEEE d MMMM, HH:mm', locale=language)} {zone_name(timezone, language)}"


def zone_name(timezone: str, language: str = "en") -> str:
    """``UTC``, ``Berlin time``."""
    if timezone.upper() in {"UTC", "ETC/UTC", "GMT"}:
        return "UTC"
    city = get_timezone_location(timezone, locale=language, return_city=True)
    return f"{city} time" if city else get_timezone_name(timezone, locale=language)


def count(number: int, one: str, many: str) -> str:
    """``1 paper``, ``5 papers``."""
    return f"{number} {one if number == 1 else many}"
