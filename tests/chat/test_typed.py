"""What people type: months, moments, questions, and how we repeat it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import units
from bot.chat.typed import (
    ECHO_LIMIT,
    QUESTION_LIMIT,
    Newest,
    NoSuchMonth,
    OfAnyYear,
    SaidTwice,
    Unreadable,
    Year,
    after_command,
    command_of,
    echo,
    month_named,
    parse_moment,
    parse_month,
    question,
)
from bot.model.month import Month
from bot.model.subscription import Moment


@pytest.mark.parametrize(
    "text",
    ["2022-01", "2022-1", "2022/01", "01/2022", "jan 2022", "Jan. 2022", "january 2022", "January, 2022", "2022 JAN",
     "  2022-01  ", "２０２２-０１", "jan-2022", "jan2022", "january 22", "Jan '22", "2022年1月", "２０２２年１月"],
)  # fmt: skip
def test_every_usual_spelling_of_a_month_is_read(text: str) -> None:
    assert parse_month(text) == Month(2022, 1)


def test_may_is_a_month_of_three_letters() -> None:
    assert parse_month("may 2021") == Month(2021, 5)


@pytest.mark.parametrize("text", ["august", "Aug", " AUGUST "])
def test_a_month_without_its_year_is_of_any_year(text: str) -> None:
    assert parse_month(text) == OfAnyYear(8)


@pytest.mark.parametrize("text", ["last", "latest", "now", "this month", "This Month", "current"])
def test_the_newest_month_has_many_names(text: str) -> None:
    assert parse_month(text) == Newest()


@pytest.mark.parametrize(
    ("text", "month"), [("january 2022", Month(2022, 1)), ("2022", None), ("may", None), ("hi", None)]
)
def test_only_a_month_with_its_year_is_surely_a_month(text: str, month: Month | None) -> None:
    assert month_named(text) == month


def test_a_year_alone_is_a_year() -> None:
    assert parse_month("2022") == Year(2022)


def test_month_thirteen_is_named_and_not_read_as_anything_else() -> None:
    assert parse_month("2022-13") == NoSuchMonth(2022, 13)


@pytest.mark.parametrize(
    "text",
    ["abc", "ma 2022", "2022 2021", "1-2-2022", "22-01", "0000-01", "2022-01-05", "?", "-5", "1月", "transformers 22"],
)
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_month(text)


@given(st.text(max_size=80))
def test_reading_a_month_ends_in_a_month_or_a_clear_refusal(text: str) -> None:
    with suppress(Unreadable):
        assert isinstance(parse_month(text), Month | Year | NoSuchMonth | OfAnyYear | Newest)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("fri 18:00 Europe/Berlin", Moment(4, 18, 0, "Europe/Berlin")),
        ("Friday, 6pm berlin", Moment(4, 18, 0, "Europe/Berlin")),
        ("18:00 sun", Moment(6, 18, 0, "UTC")),
        ("wed 9 New York", Moment(2, 9, 0, "America/New_York")),
        ("tue 12am utc", Moment(1, 0, 0, "UTC")),
        ("fri 18.00", Moment(4, 18, 0, "UTC")),
        ("fri 1800", Moment(4, 18, 0, "UTC")),
        ("fri 6 pm", Moment(4, 18, 0, "UTC")),
        ("6 p.m. friday berlin", Moment(4, 18, 0, "Europe/Berlin")),
        ("fri 18h30", Moment(4, 18, 30, "UTC")),
        ("fri 18:00 UTC+2", Moment(4, 18, 0, "Etc/GMT-2")),  # the tz database counts the other way round
        ("fri 18:00 GMT-5", Moment(4, 18, 0, "Etc/GMT+5")),
        ("fri 18:00 UTC+02:00", Moment(4, 18, 0, "Etc/GMT-2")),
        ("fri 18:00 CET", Moment(4, 18, 0, "CET")),
        ("Fridays at 18:00 Berlin time", Moment(4, 18, 0, "Europe/Berlin")),
    ],
)
def test_a_moment_of_the_week_is_read_in_any_order(text: str, moment: Moment) -> None:
    assert parse_moment(text, timezone="UTC") == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("周五 18:00", Moment(4, 18, 0, "UTC")),
        ("每周五18点 柏林时间", Moment(4, 18, 0, "Europe/Berlin")),
        ("星期天 下午6点半 北京时间", Moment(6, 18, 30, "Asia/Shanghai")),
        ("礼拜一，上午9点15分，Asia/Tokyo", Moment(0, 9, 15, "Asia/Tokyo")),
        ("每星期一 09:00 UTC", Moment(0, 9, 0, "UTC")),
    ],
)
def test_a_moment_can_be_said_in_chinese_too(text: str, moment: Moment) -> None:
    assert parse_moment(text, timezone="UTC") == moment


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("fri 25:00", "25:00"),
        ("fri 18:00 Atlantis", "Atlantis"),
        ("fri 18:00 UTC+15", "UTC+15"),
        ("fri 18:00 UTC+2:30", "UTC+2:30"),
        ("fri", ""),
        ("18:00", ""),
        ("fri 13pm", "13pm"),
    ],
)
def test_the_part_that_cannot_be_read_is_named(text: str, part: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_moment(text, timezone="UTC")
    assert caught.value.part == part


@pytest.mark.parametrize(("text", "part"), [("fri sat 18:00", "sat"), ("fri 18:00 19:00 Berlin", "19:00")])
def test_a_second_day_or_time_is_one_too_many(text: str, part: str) -> None:
    with pytest.raises(SaidTwice) as caught:
        parse_moment(text, timezone="UTC")
    assert caught.value.part == part


@given(st.text(max_size=200))
def test_reading_a_moment_ends_in_a_moment_or_a_clear_refusal(text: str) -> None:
    with suppress(Unreadable):
        assert parse_moment(text, timezone="UTC").hour < 24


@given(st.text(max_size=2000))
def test_a_question_is_one_line_and_bounded(text: str) -> None:
    asked = question(text)
    assert units(asked) <= QUESTION_LIMIT
    assert "\n" not in asked


@given(st.text(max_size=300))
def test_what_is_repeated_is_short_and_stays_on_one_line(text: str) -> None:
    said = echo(text)
    assert units(said) <= ECHO_LIMIT + 3  # the fence around what is written from right to left
    assert "\n" not in said


@given(st.text(max_size=300))
def test_asking_the_same_question_again_asks_the_same(text: str) -> None:
    assert question(question(text)) == question(text)


@pytest.mark.parametrize(
    ("text", "command", "words"),
    [
        ("/search vision transformers", ("/search", ""), "vision transformers"),
        ("/search@collage_bot\nvit", ("/search", "collage_bot"), "vit"),
        ("/search\u3000变压器", ("/search", ""), "变压器"),
        ("/month，2022-01", ("/month", ""), "，2022-01"),
        ("/foo@collage_bot\x1b[31mred", ("/foo", "collage_bot"), "\x1b[31mred"),
        ("/foo@Collage_Bot${x}", ("/foo", "Collage_Bot"), "${x}"),
        ("/latest", ("/latest", ""), ""),
        ("/ latest", ("", ""), "/ latest"),
    ],
)
def test_a_command_ends_where_telegram_says_it_ends(text: str, command: tuple[str, str], words: str) -> None:
    assert (command_of(text), after_command(text)) == (command, words)
