"""The day until which somebody wants their peace, as people type it."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.days import LONGEST, TooFar, months_later, parse_until
from bot.chat.messages.settings_leaves import next_first
from bot.chat.typed import Unreadable

TODAY = date(2026, 11, 20)  # a Friday
NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 weeks", date(2026, 12, 4)),
        ("a week", date(2026, 11, 27)),
        ("for two months", date(2027, 1, 20)),
        ("next month", date(2026, 12, 20)),
        ("10 days", date(2026, 11, 30)),
        ("a year", date(2027, 11, 20)),
        ("tomorrow", date(2026, 11, 21)),
        ("until monday", date(2026, 11, 23)),
        ("friday", date(2026, 11, 27)),
        ("until 1 January", NEW_YEAR),
        ("jan 1", NEW_YEAR),
        ("January 1st, 2027", NEW_YEAR),
        ("1st of january", NEW_YEAR),
        ("january", NEW_YEAR),
        ("2027-01-01", NEW_YEAR),
        ("1.1.", NEW_YEAR),
        ("01.01.2027", NEW_YEAR),
        ("20 nov", date(2027, 11, 20)),
        ("到1月1日", NEW_YEAR),
        ("2027年1月1日", NEW_YEAR),
        ("一月一日", NEW_YEAR),
        ("１月１日", NEW_YEAR),
        ("两周", date(2026, 12, 4)),
        ("一个月", date(2026, 12, 20)),
        ("十二天", date(2026, 12, 2)),
        ("二十天", date(2026, 12, 10)),
        ("下周", date(2026, 11, 27)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date) -> None:
    assert parse_until(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "someday", "31 feb", "0 weeks", "1 2 january", "13.13.", "week 3 4", "\x00"])
def test_what_is_no_day_is_none(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_until(text, TODAY)


@pytest.mark.parametrize("text", ["5 years", "2026-11-20", "2020-01-01", "29 feb", "999 months"])
def test_a_pause_ends_within_a_year(text: str) -> None:
    with pytest.raises(TooFar):
        parse_until(text, TODAY)


@given(st.text(max_size=60), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_whatever_is_typed_is_a_day_ahead_or_refused(text: str, today: date) -> None:
    try:
        day = parse_until(text, today)
    except (Unreadable, TooFar):
        return
    assert today < day <= today + LONGEST


@given(
    st.from_regex(
        r"(until )?[0-9]{1,4}([ .-][0-9]{0,4}){0,2} ?(days?|weeks?|january|feb|年|月|日|个月|周)?", fullmatch=True
    )
)
def test_numbers_of_any_size_are_read_or_refused(text: str) -> None:
    with contextlib.suppress(Unreadable, TooFar):
        assert TODAY < parse_until(text, TODAY) <= TODAY + LONGEST


@given(st.dates(TODAY + timedelta(1), TODAY + timedelta(365)))
def test_a_day_that_is_written_out_is_read_back(day: date) -> None:
    for written in (f"until {day.day} {day:%B %Y}", f"{day:%B} {day.day}", f"{day.day}.{day.month}.", day.isoformat()):
        assert parse_until(written, TODAY) == day
    assert parse_until(f"{day.month}月{day.day}日", TODAY) == day


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (TODAY, NEW_YEAR),
        (date(2026, 12, 30), date(2027, 2, 1)),
        (date(2026, 8, 3), date(2026, 9, 1)),
        (date(2026, 8, 28), date(2026, 10, 1)),
        (date(2026, 7, 24), date(2026, 8, 1)),
    ],
)
def test_the_day_that_is_offered_is_the_next_first_that_is_worth_a_pause(today: date, first: date) -> None:
    assert next_first(today) == first


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_the_day_that_is_offered_is_a_first_of_a_month_more_than_a_week_ahead(today: date) -> None:
    first = next_first(today)
    assert first.day == 1
    assert timedelta(days=8) <= first - today <= timedelta(days=62)
