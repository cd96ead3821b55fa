"""What is said when something is not there: it is named, and something to press stands below."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import TEXT_LIMIT
from bot.chat.messages import troubles
from bot.chat.messages.message import Message, keyboard
from bot.chat.typed import NoSuchMonth
from bot.model.month import Month
from tests.chat.reading import assert_sendable
from tests.chat.samples import CONVIT

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


def test_a_number_too_high_is_answered_with_how_far_the_series_has_come() -> None:
    assert troubles.no_paper("9999", CONVIT).text.plain == (
        "There is no number 9999 in the archive. ML-Collage has come to 27 so far."
    )


def test_a_paper_we_never_covered_is_named_by_its_id() -> None:
    said = troubles.no_paper("https://arxiv.org/abs/1706.03762v5", CONVIT).text.plain
    assert said == "arXiv:1706.03762 is not in the archive; only papers we made a collage of are."


@given(st.text(max_size=4000))
def test_whatever_is_typed_the_answer_can_be_sent_and_pressed(text: str) -> None:
    for message in (troubles.not_a_month(text, MONTHS), troubles.no_paper(text, CONVIT)):
        assert_sendable(message, TEXT_LIMIT)
        keyboard(message.buttons)
        assert labels(message)
