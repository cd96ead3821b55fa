from dataclasses import replace

from bot.catalogue.document import document, topic_term
from bot.catalogue.similar import likeness
from bot.model.arxiv_id import ArxivId
from tests.store.samples import CONVIT


def test_each_column_holds_what_it_is_named_for() -> None:
    found = document(CONVIT)

    assert {"convit", "vision", "transform"} <= set(found.title.split())
    assert {"dascoli", "icml", "2021", "27", "vit", "210310697", "topicvit"} <= set(found.people.split())
    assert {"quarrel", "元学", "学习"} <= set(found.text.split())
    assert {"transformers", "biases", "improving"} <= set(found.words.split())


def test_an_alias_of_several_words_counts_as_a_title_only_as_a_whole() -> None:
    found = document(CONVIT)

    assert "gate" not in found.title.split()
    assert "gatedpositionalselfattent" in found.title.split()
    assert "gate" in found.people.split()


def test_words_that_say_nothing_are_not_indexed() -> None:
    for column in (document(CONVIT).title, document(CONVIT).text, document(CONVIT).words):
        assert not {"the", "of", "a", "with"} & set(column.split())


def test_each_term_stands_once() -> None:
    twice = replace(CONVIT, paper=replace(CONVIT.paper, title="Graphs of graphs on graphs"), aliases=())

    assert document(twice).title == "graph"


def test_the_beginning_of_an_arxiv_id_is_no_year() -> None:
    of_2020 = replace(CONVIT, paper=replace(CONVIT.paper, arxiv_id=ArxivId("2011.06505")))

    assert "2011" not in document(of_2020).people.split()


def test_what_can_be_demanded_of_a_paper_is_one_term_each() -> None:
    by_bengio = replace(CONVIT, paper=replace(CONVIT.paper, authors=("Yoshua Bengio",), year=2020))
    known = set(document(by_bengio).people.split())

    assert {"authoryoshua", "authorbengio", "author本吉奥", "seriesmlcollage", "year2020", "year2021"} <= known
    assert {"topic" + name for name in ("visiontransformers", "vit", "inductivebias")} <= known
    assert "202108" in known


def test_of_chinese_every_character_and_every_pair_is_a_term() -> None:
    assert {"元", "元学", "学", "学习", "习"} <= set(document(CONVIT).text.split())


def test_a_topic_is_one_term_in_every_spelling() -> None:
    assert {topic_term(name) for name in ("few-shot", "few_shot", "Few shot", "fewshot")} == {"topicfewshot"}


def test_likeness_asks_for_topics_and_title() -> None:
    assert {"topicvisiontransformers", "topicinductivebias", "transform"} <= set(likeness(CONVIT).terms)
