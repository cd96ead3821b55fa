"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.sentences import sentences


@pytest.mark.parametrize(
    "whole",
    [
        "As Smith et al. showed, it works.",
        "As in Smith et al. (2020) and Li et al. [3] it holds.",
        "See Fig. 3 and Figs. 4a, or Eq. (3), or Sec. IV, or Fig. S1, or Tab. A.1.",
        "We use colours, e.g. red, i.e. one of them, vs. Blue ones, cf. Table 2.",
        "It takes approx. 3.5 hours w.r.t. the U.S. average of 0.25 %.",
        "The samples are i.i.d. Gaussian.",
        "J. R. Smith and C. elegans agree.",
        "It is written with C. Smith.",
        "The code is at https://github.com/a.b/c.git and on www.example.org.",
        "It works (see Fig. 3. It is large) well.",
        "We ask (why? We do not know) on.",
        "Yahoo! answers were used.",
        "The values 1, 2, ... N are summed.",
        "1. This is the first item.",
        "The O(n!) algorithm is slow",
        "We thank Dr. Who and Prof. Moriarty, St. Andrews.",
        "It grew in Jan. 2020.",
    ],
)
def test_this_is_one_sentence(whole: str) -> None:
    assert sentences(whole) == (whole,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It works.", "We show why."),
        ("It reaches 85.3 %.", "This is more."),
        ("We cite Smith et al.", "We do not cite others."),
        ("It needs vitamin C.", "We show why."),
        ("It holds for Fig.", "We think so."),
        ("This is collaborative filtering, CF.", "We like it."),
        ("It uses reviews, images, etc.", "BERT does not."),
        ("It is shown in Fig. 3.", "The rest is not."),
        ("Why does it work?", "Nobody knows."),
        ("It works!", "(We think.)"),
        ("He said “it works.”", "We doubt it."),
        ("It works (well).", "“So they say.”"),
        ("We train models.", "mBERT is one."),
        ("We train models.", "12 of them are large."),
        ("It holds.", "(i) The first case is easy."),
        ("The samples are i.i.d.", "The rest is not."),
        ("The site is https://a.org/b.", "We keep it."),
    ],
)
def test_these_are_two_sentences(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == (first, second)


def test_a_missing_space_does_not_join_sentences() -> None:
    assert sentences("It is done.We go on (so).This is it.") == ("It is done.", "We go on (so).", "This is it.")


def test_chinese_needs_no_space() -> None:
    assert sentences("这是一个模型。它很好！“为什么？”我们不知道") == (
        "这是一个模型。",
        "它很好！",
        "“为什么？”",
        "我们不知道",
    )


def test_a_blank_line_ends_a_sentence() -> None:
    assert sentences("A heading\n \nIt goes\non.") == ("A heading", "It goes on.")


def test_an_unclosed_bracket_does_not_swallow_the_rest() -> None:
    assert sentences("It is (open. We go on. This too.") == ("It is (open.", "We go on.", "This too.")


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n ") == ()


@given(st.text(max_size=400) | st.text(alphabet="aA .!?()[]\n。”1é…", max_size=400))
def test_joined_they_are_the_text_again(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", [".", "(", ". ", " ", "A.", "a.A", "\n", "。", "(. A)", "[(", "et al. "])
def test_a_long_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert "".join("".join(sentences(piece * 100_000)).split()) == "".join((piece * 100_000).split())
