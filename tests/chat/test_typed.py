"""What people type: months, moments, questions, and how we repeat it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import units
from bot.chat.typed import ECHO_LIMIT, NoSuchMonth, Unreadable, Year, echo, parse_moment, parse_month, question
from bot.model.month import Month
from bot.model.subscription import Moment


@pytest.mark.parametrize(
    "text",
    ["2022-01", "2022-1", "2022/01", "01/2022", "jan 2022", "Jan. 2022", "january 2022", "January, 2022", "2022 JAN",
     "  2022-01  ", "２０２２-０１"],
)  # fmt: skip
def test_every_usual_spelling_of_a_month_is_read(text: str) -> None:
    assert parse_month(text) == Month(2022, 1)


def test_may_is_a_month_of_three_letters() -> None:
    assert parse_month("may 2021") == Month(2021, 5)


def test_a_year_alone_is_a_year() -> None:
    assert parse_month("2022") == Year(2022)


def test_month_thirteen_is_named_and_not_read_as_anything_else() -> None:
    assert parse_month("2022-13") == NoSuchMonth(2022, 13)


@pytest.mark.parametrize(
    "text", ["abc", "ma 2022", "2022 2021", "1-2-2022", "22-01", "0000-01", "jan", "2022-01-05", "?"]
)
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_month(text)


@given(st.text(max_size=80))
def test_reading_a_month_ends_in_a_month_or_a_clear_refusal(text: str) -> None:
    with suppress(Unreadable):
        assert isinstance(parse_month(text), Month | Year | NoSuchMonth)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("fri 18:00 Europe/Berlin", Moment(4, 18, 0, "Europe/Berlin")),
        ("Friday, 6pm berlin", Moment(4, 18, 0, "Europe/Berlin")),
        ("18:00 sun", Moment(6, 18, 0, "UTC")),
        ("wed 9 New York", Moment(2, 9, 0, "America/New_York")),
        ("tue 12am utc", Moment(1, 0, 0, "UTC")),
    ],
)
def test_a_moment_of_the_week_is_read_in_any_order(text: str, moment: Moment) -> None:
    assert parse_moment(text, timezone="UTC") == moment


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("fri 25:00", "25:00"),
        ("fri 18:00 Atlantis", "Atlantis"),
        ("fri 18:00 GMT+2", "GMT+2"),  # zones of that name mean the opposite
        ("fri", ""),
        ("18:00", ""),
        ("fri sat 18:00", "sat"),
        ("fri 13pm", "13pm"),
    ],
)
def test_the_part_that_cannot_be_read_is_named(text: str, part: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_moment(text, timezone="UTC")
    assert caught.value.part == part


@given(st.text(max_size=300))
def test_what_is_repeated_is_short_and_stays_on_one_line(text: str) -> None:
    said = echo(text)
    assert units(said) <= ECHO_LIMIT + 3  # the fence around what is written from right to left
    assert "\n" not in said


@given(st.text(max_size=300))
def test_asking_the_same_question_again_asks_the_same(text: str) -> None:
    assert question(question(text)) == question(text)
