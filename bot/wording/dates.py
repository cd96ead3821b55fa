"""Owns how months and instants are said."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_location, get_timezone_name

from bot.model.month import Month
from bot.model.subscription import Moment
from bot.wording.translation import _, language

_UTC = frozenset({"UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "ZULU", "GREENWICH", "UNIVERSAL"})
_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{3,4}|[A-Z]{3}\d[A-Z]{3}")
_A_MONDAY = date(2024, 1, 1)


def month_name(month: Month, locale: str | None = None) -> str:
    """``January 2022``."""
    first = datetime(month.year, month.number, 1)  # noqa: DTZ001  # a label
    return format_skeleton("yMMMM", first, locale=locale or language())


def bare_month_name(number: int) -> str:
    """``January``."""
    return format_date(date(2024, number, 1), "LLLL", locale=language())


def short_month_name(month: Month) -> str:
    """``Jan 2022``."""
    return format_skeleton("yMMM", datetime(month.year, month.number, 1), locale=language())  # noqa: DTZ001  # a label


def short_day_name(day: date) -> str:
    """``23 Nov``."""
    # Translators: a day without its year, in the letters of Unicode's date patterns.
    return format_date(day, _("d MMM"), locale=language())


def day_name(day: date) -> str:
    """``1 January``."""
    # Translators: a day without its year, in the letters of Unicode's date patterns.
    return format_date(day, _("d MMMM"), locale=language())


def moment_name(instant: datetime, timezone: str) -> str:
    """``Monday 23 November, 09:00 UTC`` or ``…, 09:00 Berlin time``, in the given IANA zone."""
    local = instant.astimezone(ZoneInfo(timezone))
    # Translators: a day and a time, in the letters of Unicode's date patterns.
    pattern = _("EEEE d MMMM, HH:mm")
    return f"{format_datetime(local, pattern, locale=language())} {zone_name(timezone)}"


def rhythm_name(moment: Moment) -> str:
    """``Mondays 09:00 UTC``, ``Fridays 18:00 Berlin time``."""
    weekday = format_date(_A_MONDAY + timedelta(days=moment.weekday), "EEEE", locale=language())
    clock = f"{moment.hour:02d}:{moment.minute:02d}"
    # Translators: a moment of every week; the weekday comes as "Monday".
    return _("{weekday}s {clock} {zone}").format(weekday=weekday, clock=clock, zone=zone_name(moment.timezone))


def zone_name(timezone: str) -> str:
    """``UTC``, ``UTC+2``, ``CET``, ``Berlin time``."""
    if timezone.upper().removeprefix("ETC/") in _UTC:
        return "UTC"
    if offset := _OFFSET.fullmatch(timezone):
        # The tz database counts the other way round: Etc/GMT-2 is two hours ahead of Greenwich.
        return f"UTC{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
    if _ABBREVIATION.fullmatch(timezone):
        return timezone
    city = get_timezone_location(timezone, locale=language(), return_city=True)
    return _("{city} time").format(city=city) if city else get_timezone_name(timezone, locale=language())


def count(number: int, one: str, many: str) -> str:
    """``1 paper``, ``5 papers``."""
    return f"{number} {one if number == 1 else many}"
