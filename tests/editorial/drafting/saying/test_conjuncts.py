"""Of several things that are said of one subject each may be said alone."""

import pytest

from bot.editorial.drafting.saying.conjuncts import one_of_several


def test_the_first_and_the_last_stand_alone() -> None:
    said = "The gate learns a mask, improves the accuracy, and reduces memory on phones."
    assert list(one_of_several(said)) == ["The gate learns a mask.", "The gate reduces memory on phones."]


def test_the_verbs_of_many_do_too() -> None:
    said = "The results clarify the limits of gates and provide a path to smaller networks."
    assert list(one_of_several(said)) == [
        "The results clarify the limits of gates.",
        "The results provide a path to smaller networks.",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The gate is a mask that learns and improves.",  # of the mask
        "The gate helps both prune and improves.",
        "While the gate learns slowly and improves late, it works.",
        "Not only converges it fast and improves others.",
        "We give a full answer, with upper and lower bounds for all.",
        "The gate does not learn and improves nothing.",
        "Gates, which learn and improve, work.",
    ],
)
def test_what_may_hang_together_stays_together(said: str) -> None:
    assert list(one_of_several(said)) == []


def test_a_second_half_that_points_at_the_first_needs_it() -> None:
    assert list(one_of_several("The gate learns a mask and applies it to speech.")) == ["The gate learns a mask."]
