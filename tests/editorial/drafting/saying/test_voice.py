"""What the authors say of themselves is told of them, and nothing else changes."""

import pytest

from bot.editorial.drafting.saying.voice import retold


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We propose a gate.", "The authors propose a gate."),
        ("Our gate is small.", "The gate is small."),
        ("The gate allows us to forget.", "The gate allows the authors to forget."),
        ("Networks are slow.", "Networks are slow."),
        ("Can we forget?", "Can we forget?"),
        ("A gate which we’ve found is small.", "A gate which the authors have found is small."),
        ("Here, we're the first to prune gates.", "Here, the authors are the first to prune gates."),
        (
            "We'll prune gates, and we'd do it again.",
            "The authors will prune gates, and the authors would do it again.",
        ),
    ],
)
def test_we_becomes_the_authors(said: str, told: str) -> None:
    assert retold(said, authors=2) == told


@pytest.mark.parametrize(
    "said",
    [
        "Networks change how we live.",
        "It shapes our understanding of learning.",
        "Networks tell us about brains.",
        "The gate is better than ours.",
        "The way we use gates is new.",
        "Let's look at gates.",
        "I've built a gate.",
        "We, the authors, built a gate.",
        "Gates should allow us to forget.",
        "It is a skill that we use daily.",
        "We show that we need our gate.",
    ],
)
def test_what_may_mean_everybody_is_not_told_of_the_authors(said: str) -> None:
    assert retold(said, authors=3) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We propose a gate.", "The author proposes a gate."),
        ("We carefully study a gate.", "The author carefully studies a gate."),
        ("I show a gate.", "The author shows a gate."),
        ("We have built a gate.", "The author has built a gate."),
        ("We can prune a gate.", "The author can prune a gate."),
    ],
)
def test_the_verb_of_a_single_author_gets_its_ending(said: str, told: str) -> None:
    assert retold(said, authors=1) == told


@pytest.mark.parametrize(
    "said",
    [
        "We propose a gate and show its use.",
        "We study a gate, and show its use.",
        "We frobnicate a gate.",
    ],
)
def test_a_single_author_is_left_alone_where_a_second_verb_would_need_one_too(said: str) -> None:
    assert retold(said, authors=1) is None
