"""What is said when something is not there: it is named, and something to press stands below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import TEXT_LIMIT
from bot.chat.messages import troubles
from bot.chat.messages.message import Message, keyboard
from bot.chat.presses import ShowEntry
from bot.chat.typed import NoSuchMonth
from bot.model.month import Month
from tests.chat.reading import assert_sendable

MONTHS = (Month(2021, 2), Month(2021, 3), Month(2021, 8), Month(2022, 1))


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.label for row in message.buttons for button in row]


def test_a_month_before_the_archive_says_where_it_begins() -> None:
    message = troubles.no_roundup(Month(1999, 3), MONTHS)
    assert message.text.plain == "There is no roundup for March 1999. The archive begins in February 2021."
    assert labels(message) == ["Feb 2021", "Latest"]


def test_a_month_in_a_gap_says_which_months_there_are() -> None:
    message = troubles.no_roundup(Month(2021, 12), MONTHS)
    assert "The archive holds February 2021, March 2021, August 2021, January 2022." in message.text.plain
    assert labels(message) == ["Aug 2021", "Jan 2022", "Latest"]


def test_month_thirteen_is_answered_with_the_months_of_its_year() -> None:
    message = troubles.no_such_month(NoSuchMonth(2022, 13), MONTHS)
    assert message.text.plain.startswith("A year has twelve months, so there is no 2022-13.")
    assert labels(message) == ["Jan 2022", "Latest"]


def test_what_is_no_month_may_have_been_meant_as_a_search() -> None:
    message = troubles.not_a_month("transformers", MONTHS)
    assert "transformers" in message.text.plain
    assert labels(message) == ["Aug 2021", "Jan 2022", "Search for transformers"]


@pytest.mark.parametrize("text", ["-5", "22-01", "2022-01-05", "%_'"])
def test_what_has_no_letters_is_not_offered_as_a_search(text: str) -> None:
    assert labels(troubles.not_a_month(text, MONTHS)) == ["Aug 2021", "Jan 2022"]


def test_a_month_that_no_year_has_is_named_without_a_year() -> None:
    message = troubles.no_month_of_name(6, MONTHS)
    assert message.text.plain.startswith("There is no roundup for any June. The archive holds February 2021, ")
    assert labels(message) == ["Jan 2022", "Latest"]


def test_a_number_that_is_not_there_is_answered_with_those_that_are() -> None:
    message = troubles.no_number("#30", {"ML-Collage": {1: 11, 2: 12, 25: 13, 37: 14, 38: 15}})
    assert message.text.plain == "There is no number 30 in the archive. ML-Collage has 1–2, 25 and 37–38 here."
    assert labels(message) == ["25", "37", "Latest", "Search"]
    assert message.buttons[0][1].target == ShowEntry(14)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([7], "7"),
        ([7, 9], "7 and 9"),
        ([1, 2, 3], "1–3"),
        ([1, 2, 4, 8, 9], "1–2, 4 and 8–9"),
        (list(range(1, 40, 2)), "some of the numbers from 1 to 39"),
    ],
)
def test_numbers_are_said_in_spans(numbers: list[int], said: str) -> None:
    assert troubles.spans(numbers) == said


def test_a_paper_we_never_covered_is_named_by_its_id() -> None:
    said = troubles.not_in_archive("1706.03762").text.plain
    assert said == "arXiv:1706.03762 is not in the archive; only papers we made a collage of are."


@given(st.text(max_size=4000))
def test_whatever_is_typed_the_answer_can_be_sent_and_pressed(text: str) -> None:
    number = troubles.no_number(text, {"ML-Collage": {27: 7}})
    for message in (troubles.not_a_month(text, MONTHS), troubles.not_a_paper(text), number):
        assert_sendable(message, TEXT_LIMIT)
        keyboard(message.buttons)
        assert labels(message)
