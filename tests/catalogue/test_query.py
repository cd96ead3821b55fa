import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.condition import Condition, Demand, giving_up
from bot.catalogue.query import Query, parse_query
from bot.catalogue.word import Word


def typed(text: str) -> list[str]:
    return [word.typed for word in parse_query(text).words]


def said(text: str) -> list[tuple[str, str]]:
    return [(each.demand.value, each.said) for each in parse_query(text).conditions]


def terms(query: Query, demand: Demand) -> set[str]:
    return {term for each in query.conditions if each.demand is demand for way in each.spellings for term in way}


@pytest.mark.parametrize("text", ["Graph 2021", "2021 graph", "graph, 2021", "graph ２０２１", "graph year:2021"])
def test_a_year_is_a_condition_and_no_word(text: str) -> None:
    query = parse_query(text)

    assert (typed(text), query.year, terms(query, Demand.YEAR)) == (["graph"], "2021", {"year2021"})


@pytest.mark.parametrize("text", ["graph 1989", "graph 2100", "graph 20211", "2021-03", "m2021", "2020 or 2021"])
def test_what_is_not_one_year_of_our_time_is_no_year(text: str) -> None:
    assert parse_query(text).year is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("author:bengio", [("author", "bengio")]),
        ("Author: Bengio", [("author", "Bengio")]),
        ('author:"Yoshua Bengio" gan', [("author", "Yoshua Bengio")]),
        ("作者:本吉奥", [("author", "本吉奥")]),
        ("作者：bengio", [("author", "bengio")]),
        ("topic:transformers", [("topic", "transformers")]),
        ("主题：强化学习", [("topic", "强化学习")]),
        ("#few_shot", [("topic", "few_shot")]),
        ("#强化学习", [("topic", "强化学习")]),
        ("series:best-of-arxiv", [("series", "best-of-arxiv")]),
        ("year:2021", [("year", "2021")]),
        ("年份：2021", [("year", "2021")]),
        ("2021年", [("year", "2021")]),
        ("2021年的综述", [("year", "2021")]),
        ("2019..2021", [("year", "2019–2021")]),
        ("2021-2019", [("year", "2019–2021")]),
        ("2019年至2021年", [("year", "2019–2021")]),
        ("year:2019..2021", [("year", "2019–2021")]),
        ("since 2020", [("year", "≥ 2020")]),
        ("after 2020", [("year", "≥ 2021")]),
        ("2020年以来", [("year", "≥ 2020")]),
        ("until 2020", [("year", "≤ 2020")]),
        ("before 2020", [("year", "≤ 2019")]),
        ("2020年以前", [("year", "≤ 2019")]),
        ("month:2022-01", [("month", "2022-01")]),
        ("2022-01", [("month", "2022-01")]),
        ("jan 2022", [("month", "2022-01")]),
        ("Sept. 2021", [("month", "2021-09")]),
        ("February, 2021", [("month", "2021-02")]),
        ("2021 august", [("month", "2021-08")]),
        ("2022年1月", [("month", "2022-01")]),
        ("2022年12月份", [("month", "2022-12")]),
        ("bengio 2019..2021 #gan", [("topic", "gan"), ("year", "2019–2021")]),
        ("author:", []),
        ("author:,", []),
        ("topic:#", []),
        ("year:soon", []),
        ("month:2022-13", []),
        ("marching 2021", [("year", "2021")]),
        ("c++: the 2020s", []),
    ],
)
def test_conditions_are_read_in_both_languages(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_what_looks_like_a_condition_and_is_none_stays_words() -> None:
    assert typed("year:soon") == ["year", "soon"]


def test_an_author_is_asked_for_by_all_names_that_were_typed() -> None:
    assert parse_query('author:"Yoshua Bengio"').conditions[0].spellings == (("authoryoshua", "authorbengio"),)


def test_a_hashtag_is_a_topic_however_it_is_spelled() -> None:
    for text in ("#vision-transformers", "#vision_transformers", "#VisionTransformers", 'topic:"vision transformers"'):
        assert terms(parse_query(text), Demand.TOPIC) == {"topicvisiontransformers"}
        assert not parse_query(text).words


@pytest.mark.parametrize(
    ("text", "words", "excluded"),
    [
        ("vit -gan", ["vit"], ["gan"]),
        ("vit －gan", ["vit"], ["gan"]),
        ("n-beats", ["n-beats"], []),
        ("vit - gan", ["vit", "gan"], []),
        ("gan -#transformers", ["gan"], ["transformers"]),
        ("gan -author:wang", ["gan"], ["wang"]),
        ('gan -"two transformers"', ["gan"], ["two", "transformers"]),
        ("-gan", ["gan"], []),
    ],
)
def test_a_minus_excludes(text: str, words: list[str], excluded: list[str]) -> None:
    query = parse_query(text)

    assert ([word.typed for word in query.words], [word.typed for word in query.excluded]) == (words, excluded)


@pytest.mark.parametrize("text", ['"neural basis" x', "“neural basis” x", "「neural basis」 x", "＂neural basis＂ x"])
def test_what_is_quoted_is_a_phrase_and_words(text: str) -> None:
    assert parse_query(text).phrases == ("neural basis",)
    assert typed(text) == ["neural", "basis", "x"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/search transformers", ["transformers"]),
        ("/search@collagebot vit", ["vit"]),
        ("papers about meta-learning", ["meta-learning"]),
        ("Show me some papers on time series please", ["time", "series"]),
        ("neural architecture search", ["neural", "architecture", "search"]),
        ("search", ["search"]),
        ("papers", ["papers"]),
        ("有没有关于元学习的论文？", ["元学", "学习"]),
        ("什么是归纳偏置", ["归纳", "纳偏", "偏置"]),
        ("bengio的论文", ["bengio"]),
        ("因果和表示学习", ["因果", "表示", "示学", "学习"]),
        ("论文", ["论文"]),
        ("N-BEATS预测", ["n-beats", "预测"]),
    ],
)
def test_what_frames_a_question_is_no_part_of_it(text: str, words: list[str]) -> None:
    assert typed(text) == words


def test_conditions_are_given_up_one_by_one_then_together() -> None:
    conditions = parse_query("author:a #b jan 2022").conditions
    order = [[each.demand.value for each in some] for some in giving_up(conditions)]

    assert order == [["month"], ["topic"], ["author"], ["month", "topic"], ["month", "topic", "author"]]
    assert giving_up(()) == []


def test_a_question_can_do_without_some_of_its_conditions() -> None:
    query = parse_query("graph 2021 #gan")

    assert {each.demand for each in query.without(query.conditions[:1]).conditions} == {query.conditions[1].demand}
    assert query.without(query.conditions).words == query.words


def test_clauses_let_that_many_words_be_missing() -> None:
    query = parse_query("alpha beta gamma")

    assert len(query.clauses()) == 3
    assert all(len(clause) >= 2 for clause in query.clauses(1))
    assert len(query.clauses(2)) == len(query.clauses(99)) == 1
    assert parse_query("2021").clauses() == ()


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


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🤖", "#", '"" * % --', "\u202e", "-", ":", "作者："])
def test_an_empty_question_is_a_value_too(text: str) -> None:
    assert not parse_query(text).conditions
    assert parse_query(text).text == " ".join(text.replace("\x00", " ").replace("\u202e", " ").split())


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
    query = parse_query("#few_shot 2021").with_topics_as_words()

    assert [word.typed for word in query.words] == ["few", "shot"]
    assert query.year == "2021"


_PIECES = st.sampled_from(
    [
        "author:",
        "作者：",
        "topic:",
        "#",
        "-",
        '"',
        "“",
        "2021",
        "年",
        "1月",
        "2019..2021",
        "since",
        "jan",
        "-gan",
        ":",
        "的",
    ]
)


@given(
    st.text()
    | st.text(alphabet="#\"'*%-_()<>:;\x00\u202eab ", max_size=4000)
    | st.lists(_PIECES | st.text(max_size=4), max_size=30).map("".join)
    | st.lists(_PIECES | st.text(max_size=4), max_size=30).map(" ".join)
)
def test_whatever_comes_is_a_bounded_question(text: str) -> None:
    query = parse_query(text)

    assert len(query.words) <= 12
    assert len(query.conditions) <= 12
    assert len(query.excluded) <= 12
    assert len(query.text) <= 400
    assert query.text.isprintable()
    assert all(word.spellings and all(word.spellings) for word in (*query.words, *query.excluded))
    assert all(each.spellings and all(each.spellings) for each in query.conditions)
    assert parse_query(query.text) == query
    assert isinstance(query.conditions, tuple)
    assert all(isinstance(each, Condition) and each.said.isprintable() for each in query.conditions)
