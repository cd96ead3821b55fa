from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.fetching.retry_after import retry_after

NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


def test_seconds_are_read() -> None:
    assert retry_after(" 120 ", now=NOW) == timedelta(minutes=2)


def test_a_date_is_read() -> None:
    assert retry_after("Fri, 20 Nov 2026 12:00:30 GMT", now=NOW) == timedelta(seconds=30)


def test_a_date_that_has_passed_asks_for_no_wait() -> None:
    assert retry_after("Fri, 20 Nov 2026 11:00:00 GMT", now=NOW) == timedelta()


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "٣"])
def test_anything_else_says_nothing(value: str | None) -> None:
    assert retry_after(value, now=NOW) is None


@given(st.text() | st.integers(0).map(str))
def test_no_header_makes_us_wait_for_longer_than_a_day(value: str) -> None:
    wait = retry_after(value, now=NOW)
    assert wait is None or timedelta() <= wait <= timedelta(days=1)
