"""The list of a month: whole entries, even texts, the way to the neighbours."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import TEXT_LIMIT
from bot.chat.messages.roundups import Neighbours, before, neighbours, pages, roundup, year
from bot.model.entry import Entry
from bot.model.month import Month
from tests.chat.reading import assert_sendable
from tests.chat.samples import entry

JANUARY = Month(2022, 1)
MONTHS = (Month(2021, 2), Month(2021, 3), Month(2021, 8), JANUARY)
SENTENCE = "It says something worth keeping, at some length, and says it well. "

entries = st.lists(
    st.builds(
        lambda number, title, why, points: entry(number, title=title, why=why, key_insights=tuple(points)),
        st.none() | st.integers(1, 999),
        st.text(max_size=300),
        st.none() | st.text(max_size=1500),
        st.lists(st.text(max_size=900), max_size=5),
    ),
    min_size=1,
    max_size=12,
)


@given(entries)
def test_whatever_a_month_holds_its_list_can_be_sent(month: list[Entry]) -> None:
    around = Neighbours(Month(2021, 9), Month(2022, 9))
    messages = roundup(JANUARY, month, around)
    for message in messages:
        assert_sendable(message, TEXT_LIMIT)
    assert len(messages) == len(pages(JANUARY, month))


def test_a_month_of_four_is_one_text() -> None:
    four = [entry(number, title=f"Paper {number}") for number in (37, 38, 39, 40)]
    (message,) = roundup(JANUARY, four, neighbours(JANUARY, MONTHS))
    lines = message.text.plain.split("\n")
    assert lines[0] == "January 2022 · four papers"
    assert lines[2:4] == ["37 Paper 37", "Attention that starts as a convolution and unlearns it. 📝 🤖"]
    assert lines[-1] == "Before this: August 2021."
    assert [[button.label for button in row] for row in message.buttons] == [["37", "38", "39", "40"], ["‹ Aug 2021"]]


def test_entries_without_a_number_are_counted_and_say_why() -> None:
    nine = [entry(None, title=f"Paper {place}", why="Because.", key_insights=("One.",)) for place in range(9)]
    (message,) = roundup(Month(2021, 3), nine, neighbours(Month(2021, 3), MONTHS))
    assert "\n9 Paper 8\n" in message.text.plain
    assert message.text.plain.count("🎖 Why\nBecause.\n\n💡 Key insights\n• One.") == 9
    assert [len(row) for row in message.buttons] == [5, 4, 2]


def test_a_list_too_long_for_one_text_is_divided_between_entries_into_even_halves() -> None:
    nine = [entry(None, title=f"Paper {place}", why=SENTENCE * 9) for place in range(9)]
    first, second = roundup(Month(2021, 3), nine, Neighbours())
    assert first.buttons == ()
    assert first.text.plain.endswith(SENTENCE)
    assert second.text.plain.startswith(("5 Paper 4", "6 Paper 5"))
    assert abs(first.text.length - second.text.length) < 900


def test_the_neighbours_of_a_month_never_move_its_entries() -> None:
    nine = [entry(None, title=f"Paper {place}", why=SENTENCE * 9) for place in range(9)]
    alone = roundup(Month(2021, 3), nine, Neighbours())
    between = roundup(Month(2021, 3), nine, Neighbours(Month(2021, 2), Month(2021, 8)))
    assert alone[0] == between[0]
    assert len(alone) == len(between)


def test_the_first_month_says_so() -> None:
    assert before(None).plain == "The archive begins here."


def test_the_month_before_is_simply_named() -> None:
    assert before(MONTHS[0]).plain == "Before this: February 2021."


def test_a_year_offers_its_months() -> None:
    message = year(2021, MONTHS[:3])
    assert message.text.plain == "2021 in the archive: February 2021, March 2021, August 2021."
    assert [button.label for row in message.buttons for button in row] == ["Feb 2021", "Mar 2021", "Aug 2021"]
