"""Lists of papers: found, saved, alike."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.page import Correction, Lack, Page, page_of
from bot.catalogue.query import parse_query
from bot.chat.markup import TEXT_LIMIT, units
from bot.chat.messages import results
from bot.chat.messages.message import Message, keyboard
from bot.chat.presses import Find, TurnResults, TurnSaved
from bot.chat.typed import ECHO_LIMIT, question
from bot.model.entry import Entry, Topic
from bot.model.language import CHINESE
from bot.wording.translation import speaking
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
    assert labels(message) == [["1", "2", "3", "4", "5"], ["·", "1/3", "›"]]


def test_the_words_asked_for_are_bold_in_whatever_form() -> None:
    found = replace(page_of((CONVIT,), number=1, size=5), reading=parse_query("transformer"))
    html = results.results(found, "transformer").text.html
    assert "Vision <b>Transformers</b> with" in html


def test_the_arrows_keep_their_places_and_lead_only_where_there_is_a_page() -> None:
    assert labels(results.results(shown(2), "x"))[1] == ["‹", "2/3", "›"]
    assert labels(results.results(shown(3), "x"))[1] == ["‹", "3/3", "·"]
    assert len(labels(results.results(page_of(TWELVE[:5], number=1, size=5), "x"))) == 1


def test_what_the_papers_lack_stands_under_the_heading() -> None:
    lines = results.results(shown().lacking([Lack.WORDS, Lack.YEAR]), "zebra 1999").text.plain.split("\n")
    assert lines[0] == "zebra 1999 · 12 papers"
    assert lines[1] == (
        "There is no such paper of 1999; these are of other years. No paper has all of these words; these have some."
    )
    assert results.results(shown(), "zebra").text.plain.split("\n")[1] == ""


def test_only_the_repetition_of_a_long_question_is_cut_and_shows_it() -> None:
    query = question("graph neural networks for molecules and many other such very long things " * 3)
    heading = results.results(shown(), query).text.plain.partition("\n")[0]
    assert heading.endswith("… · 12 papers")
    assert results.query_of(heading) == ""


def test_a_list_says_the_same_year_as_the_caption() -> None:
    late = replace(CONVIT, paper=replace(CONVIT.paper, year=2021, venue="JAIR 2022"))
    assert "(2022)" in results.choice("27", [late]).text.plain


def test_a_topic_button_asks_for_the_topic_and_not_for_its_words() -> None:
    (row,) = results.topic_buttons([Topic("few-shot-learning", "Few-shot learning")])
    assert row[0].target == Find("#few_shot_learning")


@pytest.mark.parametrize("query", ["vit", "graph neural networks for molecules and other such things"])
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
    if (
        query
        and units(query) <= ECHO_LIMIT
        and not query.endswith("…")
        and not set(query) & set("\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
    ):
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


def test_what_may_have_been_meant_is_one_press_away_with_hits_and_without() -> None:
    meant = Correction("transformers", 5)
    (nothing, found) = (
        results.nothing_found("transfomers", ["transform"], [], instead=meant),
        results.results(replace(shown(), instead=meant), "transfomers"),
    )
    assert nothing.text.plain.endswith("Did you mean “transformers”?")
    assert nothing.buttons[0][0].target == found.buttons[-1][0].target == Find("transformers")
    assert "Did you mean “transformers”?" in found.text.plain


@pytest.mark.parametrize(
    ("query", "lack", "said"),
    [
        ("vit author:nobody", Lack.AUTHOR, "There is no such paper by nobody; these are by others."),
        ("vit 2019..2021", Lack.YEAR, "There is no such paper of 2019–2021; these are of other years."),
        ("vit -gan", Lack.EXCLUDED, "There is nothing without gan."),
    ],
)
def test_a_condition_that_nothing_meets_is_named(query: str, lack: Lack, said: str) -> None:
    assert said in results.results(shown().lacking([lack]), query).text.plain


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


def test_the_same_question_is_written_once_for_each_language_and_anew_when_a_paper_has_changed() -> None:
    found = shown()
    first = results.results(found, "vit")
    assert results.results(replace(found), "vit") is first
    assert results.results(found, "vit", asker=7) is not first
    with speaking(CHINESE):
        assert results.results(found, "vit").text != first.text
    renamed = replace(found.hits[0], paper=replace(found.hits[0].paper, title="Another title"))
    assert "Another title" in results.results(found.with_hits([renamed, *found.hits[1:]]), "vit").text.plain
