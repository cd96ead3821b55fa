"""Lists of papers: found, saved, alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.page import Page, page_of
from bot.chat.markup import TEXT_LIMIT
from bot.chat.messages import results
from bot.chat.messages.message import Message, keyboard
from bot.chat.presses import Find, TurnResults, TurnSaved
from bot.chat.typed import question
from bot.model.entry import Entry, Topic
from tests.chat.reading import assert_sendable
from tests.chat.samples import CONVIT, entry

TWELVE = tuple(entry(number, title=f"Transformers {number}") for number in range(1, 13))


def shown(number: int = 1) -> Page[Entry]:
    """A page of twelve entries."""
    return page_of(TWELVE, number=number, size=results.PAGE_SIZE)


def labels(message: Message) -> list[list[str]]:
    """What stands on the buttons."""
    return [[button.label for button in row] for row in message.buttons if row]


def test_results_name_the_question_and_the_number_of_papers() -> None:
    message = results.results(shown(), "transformers")
    lines = message.text.plain.split("\n")
    assert lines[0] == "transformers · 12 papers"
    assert lines[2:4] == ["1 Transformers 1 (2021)", "Attention that starts as a convolution and unlearns it."]
    assert labels(message) == [["1", "2", "3", "4", "5"], ["1/3", "›"]]


def test_the_words_asked_for_are_bold_in_whatever_form() -> None:
    found = page_of((CONVIT,), number=1, size=5)
    html = results.results(found, "transformer").text.html
    assert "Vision <b>Transformers</b> with" in html


def test_arrows_lead_only_where_there_is_a_page() -> None:
    assert labels(results.results(shown(2), "x"))[1] == ["‹", "2/3", "›"]
    assert labels(results.results(shown(3), "x"))[1] == ["‹", "3/3"]
    assert len(labels(results.results(page_of(TWELVE[:5], number=1, size=5), "x"))) == 1


@pytest.mark.parametrize("query", ["vit", "graph neural networks for molecules and other such very long things"])
def test_a_page_can_always_be_turned_to_the_same_question(query: str) -> None:
    query = question(query)
    message = results.results(shown(), query, asker=2**52 - 1)
    press = message.buttons[1][-1].target
    assert isinstance(press, TurnResults)
    assert (press.page, press.asker) == (2, 2**52 - 1)
    assert (press.query or results.query_of(message.text.plain)) == query


@given(st.text(max_size=4000))
def test_whatever_is_asked_the_answer_can_be_sent_and_pressed(text: str) -> None:
    query = question(text)
    for message in (results.results(shown(), query), results.nothing_found(query, [query], [])):
        assert_sendable(message, TEXT_LIMIT)
        keyboard(message.buttons)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_a_question_is_read_back_from_its_heading(text: str) -> None:
    query = question(text)
    if query and not set(query) & set("\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u202d\u202e"):
        assert results.query_of(results.results(shown(), query).text.plain) == query


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_title_can_be_listed(title: str, headline: str) -> None:
    strange = page_of([entry(place, title=title, headline=headline) for place in range(1, 6)], number=1, size=5)
    assert_sendable(results.results(strange, "x"), TEXT_LIMIT)


def test_nothing_found_offers_near_words_and_topics() -> None:
    topics = [Topic("transformers", "Transformers"), Topic("theory", "Theory"), Topic("surveys", "Surveys")]
    message = results.nothing_found("transfomers", ["transformers"], topics)
    assert message.text.plain.startswith("There is nothing on “transfomers” in the archive.")
    assert labels(message) == [["transformers"], ["Transformers", "Theory"], ["Surveys"]]
    assert message.buttons[0][0].target == Find("transformers")


def test_an_empty_list_says_how_to_fill_it() -> None:
    assert "Press Save" in results.saved(page_of((), number=1, size=5)).text.plain


def test_the_own_list_is_turned_in_place() -> None:
    assert results.saved(shown()).buttons[1][-1].target == TurnSaved(2)


def test_several_papers_of_one_reference_become_a_choice() -> None:
    message = results.choice("27", [entry(27), entry(28)])
    assert message.text.plain.startswith("“27” is more than one paper:")
    assert labels(message) == [["1", "2"]]


def test_an_old_list_is_replaced_by_a_fresh_one() -> None:
    message = results.fresh(TWELVE[:3])
    assert message.text.plain.startswith(results.OLD_LIST)
    assert labels(message) == [["1", "2", "3"], ["Search", "Latest"]]
