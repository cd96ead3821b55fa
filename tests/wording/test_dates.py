"""How months, moments and zones are said."""

from datetime import UTC, datetime

import pytest

from bot.model.month import Month
from bot.model.subscription import Moment
from bot.wording.dates import bare_month_name, moment_name, month_name, rhythm_name, short_month_name, zone_name


def test_a_month_is_said_with_its_year_in_full_and_in_short() -> None:
    assert month_name(Month(2022, 1)) == "January 2022"
    assert short_month_name(Month(2022, 1)) == "Jan 2022"
    assert bare_month_name(8) == "August"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT", "UTC"),
        ("Zulu", "UTC"),
        ("Europe/Berlin", "Berlin time"),
        ("America/New_York", "New York time"),
        ("Japan", "Tokyo time"),
        ("CET", "CET"),
        ("EST", "EST"),
        ("EST5EDT", "EST5EDT"),
        ("Etc/GMT-2", "UTC+2"),
        ("Etc/GMT+5", "UTC-5"),
    ],
)
def test_a_zone_is_said_by_its_city_or_as_it_is_written(zone: str, said: str) -> None:
    assert zone_name(zone) == said


def test_an_instant_is_said_in_the_zone_of_the_chat() -> None:
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert moment_name(noon, "Europe/Berlin") == "Monday 23 November, 13:00 Berlin time"
    assert moment_name(noon, "Etc/GMT-2") == "Monday 23 November, 14:00 UTC+2"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (Moment(0, 9, 0, "UTC"), "Mondays 09:00 UTC"),
        (Moment(4, 18, 5, "Europe/Berlin"), "Fridays 18:05 Berlin time"),
        (Moment(6, 0, 0, "Etc/GMT-2"), "Sundays 00:00 UTC+2"),
    ],
)
def test_a_moment_of_the_week_is_said_as_what_comes_again(moment: Moment, said: str) -> None:
    assert rhythm_name(moment) == said
