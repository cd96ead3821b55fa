from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.query import parse_query
from bot.catalogue.ranking import Candidate, has_all_words, is_named, rank, rank_alike


def candidate(key: int, *, title: str = "", people: str = "", text: str = "", month: int = 0) -> Candidate:
    return Candidate(key, (-month, 0), title=title, people=people, text=text)


def test_title_comes_before_people_before_text() -> None:
    found = [candidate(1, text="graph"), candidate(2, people="graph"), candidate(3, title="graph")]

    assert rank(parse_query("graph"), found) == [3, 2, 1]


def test_a_title_outweighs_people_and_text_together() -> None:
    found = [candidate(1, people="graph", text="graph", month=9), candidate(2, title="graph")]

    assert rank(parse_query("graph"), found) == [2, 1]


def test_when_some_have_all_words_the_others_are_no_hits() -> None:
    found = [candidate(1, title="graph"), candidate(2, text="graph neural")]

    assert rank(parse_query("graph neural"), found) == [2]


def test_when_none_has_all_words_more_come_before_fewer() -> None:
    found = [candidate(1, title="graph"), candidate(2, text="graph neural"), candidate(3, text="deep")]

    assert rank(parse_query("graph neural xyz"), found) == [2]
    assert sorted(rank(parse_query("graph deep xyz"), found)) == [1, 2, 3]


def test_a_hit_with_few_of_many_words_does_not_come_along() -> None:
    found = [
        candidate(1, text="deep graph neural net"),
        candidate(2, text="deep graph neural"),
        candidate(3, text="net"),
    ]

    assert rank(parse_query("deep graph neural net xyz"), found) == [1, 2]


def test_all_words_may_stand_anywhere_but_only_the_title_is_a_name() -> None:
    found = candidate(1, title="graph", text="neural")

    assert has_all_words(parse_query("graph neural"), found)
    assert not is_named(parse_query("graph neural"), found)
    assert is_named(parse_query("graphs"), found)


def test_a_rare_word_outweighs_a_common_one() -> None:
    common = [candidate(key, title="learn") for key in range(1, 9)]

    assert rank(parse_query("learning spectral"), [*common, candidate(9, title="spectral")])[0] == 9


def test_newer_comes_before_older_and_ties_are_fixed() -> None:
    found = [candidate(key, title="graph", month=month) for key, month in ((4, 1), (3, 2), (2, 1))]

    assert rank(parse_query("graph"), found) == [3, 2, 4]


def test_a_term_is_found_whole_or_not_at_all() -> None:
    assert rank(parse_query("gan"), [candidate(1, title="organ gans pagan")]) == []


def test_part_of_a_compound_is_not_the_compound() -> None:
    found = [candidate(1, text="n"), candidate(2, text="n beat"), candidate(3, text="nbeat")]

    assert rank(parse_query("n-beats"), found) == [2, 3]


def test_without_words_every_candidate_is_a_hit_newest_first() -> None:
    found = [candidate(1, month=1), candidate(2, month=2)]

    assert rank(parse_query("#gan"), found) == [2, 1]


def test_likeness_counts_what_is_rare_and_not_how_many_words_there_are() -> None:
    common = [candidate(key, text="deep network learn", month=key) for key in range(1, 9)]
    query = parse_query("deep network learning spectral")

    assert rank_alike(query, [*common, candidate(9, title="spectral")])[0] == 9
    assert rank(query, [*common, candidate(9, title="spectral")])[0] == 8


_terms = st.lists(st.sampled_from(["graph", "neural", "deep", "learn"]), max_size=4).map(" ".join)
_ages = st.tuples(st.integers(-9, 0), st.just(0))
_candidates = st.lists(
    st.builds(Candidate, st.integers(1, 99), _ages, title=_terms, people=_terms, text=_terms),
    unique_by=lambda found: found.id,
)


@given(_candidates)
def test_the_candidates_with_the_most_words_are_hits_in_whatever_order_they_come(found: list[Candidate]) -> None:
    query = parse_query("graph neural deep")
    asked = {"graph", "neural", "deep"}
    having = {one.id: len(asked & set(f"{one.title} {one.people} {one.text}".split())) for one in found}
    most = max(having.values(), default=0)

    hits = rank(query, found)

    assert hits == rank(query, list(reversed(found)))
    assert {entry_id for entry_id, words in having.items() if words == most and words} <= set(hits)
    assert all(having[entry_id] * 2 > most for entry_id in hits)
