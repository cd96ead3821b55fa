"""What is presented may be named without its purpose and its means."""

import pytest

from bot.editorial.drafting.saying.presenting import without_purpose


def test_purpose_and_means_go_from_the_end() -> None:
    said = "We propose a gate for small networks using pairs of recordings."
    assert list(without_purpose(said)) == ["We propose a gate.", "We propose a gate for small networks."]


def test_what_a_thing_does_may_stay_without_what_for() -> None:
    said = "GateNet is a planner that combines search and learning to achieve the goal early."
    assert "GateNet is a planner that combines search and learning." in list(without_purpose(said))


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("We propose a gate that enables a network to forget.", "We propose a gate that enables a network."),
        ("We propose a gate that learns to forget.", "We propose a gate that learns."),
        ("We present gates and show that networks with gates forget.", "We present gates and show that networks."),
        ("We present a gate, a network with branches, and a data set.", "We present a gate, a network."),
        ("We study links between gates for speech and branches.", "We study links between gates."),
        ("We present an arm designed for gates.", "We present an arm designed."),
        ("We present a gate that combines speech with text.", "We present a gate that combines speech."),
        ("We propose to use gates in combination with branches.", "We propose to use gates in combination."),
        ("Gates improve accuracy for small networks.", "Gates improve accuracy."),  # a result keeps where it holds
    ],
)
def test_nothing_ends_in_its_middle(said: str, broken: str) -> None:
    assert broken not in list(without_purpose(said))
