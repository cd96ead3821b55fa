"""The headline is a whole phrase of at most twelve words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.saying.headline import headline_of, title_as_statement
from bot.editorial.phrasing import count_words


def test_a_short_sentence_that_stands_alone_comes_first() -> None:
    found = headline_of("GateNet: On Gates", ["These gates are small.", "GateNet is a network that forgets."])
    assert found == "GateNet is a network that forgets."


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("GateNet: Pruning Large Networks with Learned Gates", "Pruning Large Networks with Learned Gates."),
        ("Pruning Networks with Gates: A Comprehensive Review", "Pruning Networks with Gates: A Comprehensive Review."),
        ("Can Gates Forget What They Once Learned?", "Can Gates Forget What They Once Learned?"),
        (
            "Pruning of Very Large Language Networks with Learned Gates for Fast Inference on Small Mobile Devices",
            "Pruning of Very Large Language Networks with Learned Gates for Fast Inference.",
        ),
        ("", "A paper without a title."),
    ],
)
def test_else_the_subtitle_the_title_or_its_beginning(title: str, headline: str) -> None:
    assert headline_of(title, []) == headline


@given(st.text(max_size=300))
def test_any_title_gives_a_statement_within_its_bound(title: str) -> None:
    found = title_as_statement(title, most=12)
    assert count_words(found) <= 12
    assert found.endswith((".", "?", "!"))
