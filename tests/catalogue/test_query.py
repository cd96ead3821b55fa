import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.query import Word, parse_query


def typed(text: str) -> list[str]:
    return [word.typed for word in parse_query(text).words]


@pytest.mark.parametrize("text", ["Graph 2021", "2021 graph", "graph, 2021", "graph ２０２１"])
def test_a_year_is_a_condition_and_no_word(text: str) -> None:
    query = parse_query(text)

    assert (typed(text), query.year, query.topics) == (["graph"], "2021", ("2021",))
    assert (query.of_any_year().year, query.of_any_year().words) == (None, query.words)


@pytest.mark.parametrize("text", ["graph 1989", "graph 2100", "graph 20211", "2021-03", "m2021", "2020 or 2021"])
def test_what_is_not_one_year_of_our_time_is_words(text: str) -> None:
    assert parse_query(text).year is None


def test_a_year_alone_asks_for_that_year() -> None:
    assert parse_query("2021").year == "2021"
    assert parse_query("2021")


def test_a_hashtag_is_a_topic_however_it_is_spelled() -> None:
    spellings = ["#vision-transformers", "#vision_transformers", "#VisionTransformers"]

    assert {parse_query(text).topics for text in spellings} == {("topicvisiontransformers",)}
    assert all(not parse_query(text).words for text in spellings)


def test_a_compound_is_found_joined_or_in_parts() -> None:
    assert parse_query("n-beats").words == (Word("n-beats", (("nbeat",), ("n", "beat"))),)


def test_neighbours_are_tried_as_one_word() -> None:
    few, shot = parse_query("few shot").words

    assert ("fewshot",) in few.spellings
    assert ("fewshot",) in shot.spellings


def test_words_that_say_nothing_are_left_out() -> None:
    assert typed("the curse of dimensionality") == ["curse", "dimensionality"]


def test_a_question_of_nothing_but_such_words_is_still_a_question() -> None:
    assert parse_query("what is it")


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🤖", "#", '"" * % --', "\u202e"])
def test_an_empty_question_is_a_value_too(text: str) -> None:
    assert not parse_query(text)


def test_a_long_question_is_bounded() -> None:
    query = parse_query("word " + " ".join(f"w{number}" for number in range(1000)) + "x" * 4000)

    assert len(query.words) == 12
    assert len(query.text) <= 400


def test_a_repeated_word_counts_once() -> None:
    assert typed("GAN gan Gan") == ["gan"]


def test_the_last_word_can_be_completed_when_it_is_long_enough() -> None:
    assert parse_query("vision tran").prefix == "tran"
    assert parse_query("tran vi").prefix is None
    assert parse_query("元").prefix == "元"
    assert parse_query("n-be").prefix == "nbe"
    assert parse_query("").prefix is None


def test_a_completed_question_asks_for_any_of_the_words() -> None:
    completed = parse_query("vision transf").completed(["transformers", "transfer"])

    assert completed.words[-1] == Word("transf", (("transform",), ("transfer",)))
    assert parse_query("vision transf").completed([]).words == parse_query("vision transf").words[:-1]


def test_topics_can_be_read_as_words() -> None:
    assert [word.typed for word in parse_query("#few_shot 2021").without_hashtags().words] == ["few", "shot"]


@given(st.text() | st.text(alphabet="#\"'*%-_()<>:;\x00\u202eab ", max_size=4000))
def test_whatever_comes_is_a_bounded_question(text: str) -> None:
    query = parse_query(text)

    assert len(query.words) <= 12
    assert len(query.topics) <= 12
    assert len(query.text) <= 400
    assert query.text.isprintable()
    assert all(word.spellings and all(word.spellings) for word in query.words)
