"""What would say little of any paper costs; a finding costs nothing."""

import pytest

from bot.editorial.drafting.saying.remarks import OF_A_KEY_IDEA, OF_A_QUESTION, OF_A_TAKE_AWAY, cost


@pytest.mark.parametrize(
    "said",
    [
        "The data will be published in our format.",
        "The authors aim to answer four main questions.",
        "The idea is captured by this assumption.",
        "Extensive experiments confirm the effectiveness of the method.",
        "The link between both is inspected.",
        "The authors conduct extensive experiments.",
        "Gates open new avenues for future research.",
    ],
)
def test_announcements_plans_and_praise_cost(said: str) -> None:
    assert cost(said) >= 1.0


def test_what_costs_depends_on_the_place() -> None:
    said = "The method is evaluated on speech."
    assert cost(said, OF_A_KEY_IDEA) > cost(said, OF_A_TAKE_AWAY)
    assert cost("Gates have attracted increasing attention.", OF_A_QUESTION) > 0


def test_a_finding_is_free() -> None:
    assert cost("Gates halve the memory of speech networks.", OF_A_TAKE_AWAY) == 0
