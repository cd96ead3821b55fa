"""The week's papers come in an order that an editor would want."""

from datetime import date

from bot.editorial.candidates import popularity, ranked
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.entry import Topic
from tests.store.samples import BIAS, CONVIT, VISION

GRAPHS = Topic("graphs", "Graphs")


def _paper(number: int, **said: object) -> Candidate:
    return Candidate(ArxivId(f"2606.{number:05}"), f"Paper {number}", "…", **said)  # type: ignore[arg-type]


def test_what_people_vote_for_comes_first() -> None:
    few, many = _paper(1, upvotes=3), _paper(2, upvotes=100)
    assert ranked([few, many], covered={}, popular={}) == [many, few]


def test_an_influential_citation_counts_more_than_a_vote() -> None:
    voted, built_on = _paper(1, upvotes=5), _paper(2, influential_citations=5)
    assert ranked([voted, built_on], covered={}, popular={}) == [built_on, voted]


def test_code_and_our_topics_decide_between_equals() -> None:
    plain, fitting, open_code = _paper(1, upvotes=9), _paper(2, upvotes=9, topics=(VISION,)), _paper(3, upvotes=9)
    open_code = _paper(3, upvotes=9, code="https://github.com/a/b")
    order = ranked([plain, fitting, open_code], covered={}, popular={VISION: 0.1})
    assert order == [open_code, fitting, plain]


def test_what_is_covered_is_marked_and_comes_last() -> None:
    best, other = _paper(1, upvotes=500), _paper(2)
    first, last = ranked([best, other], covered={best.arxiv_id: "ML-Collage 27/52"}, popular={})
    assert (first.arxiv_id, first.covered) == (other.arxiv_id, "")
    assert (last.arxiv_id, last.covered) == (best.arxiv_id, "ML-Collage 27/52")


def test_a_paper_listed_twice_is_one_candidate() -> None:
    monday, friday = _paper(1, upvotes=2, listed=date(2026, 6, 8)), _paper(1, upvotes=30, listed=date(2026, 6, 12))
    assert [it.upvotes for it in ranked([monday, friday], covered={}, popular={})] == [30]


def test_the_order_does_not_depend_on_the_order_in_which_they_came() -> None:
    papers = [_paper(number, upvotes=number % 3) for number in range(9)]
    assert ranked(papers, covered={}, popular={}) == ranked(papers[::-1], covered={}, popular={})


def test_popularity_is_the_share_of_our_entries() -> None:
    assert popularity([CONVIT]) == dict.fromkeys(CONVIT.topics, 1.0)
    assert set(popularity([CONVIT])) >= {VISION, BIAS} - {GRAPHS}
    assert popularity([]) == {}
