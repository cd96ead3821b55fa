"""A sentence on a picture is whole, clean and clear by itself."""

import pytest

from bot.editorial.drafting.saying.soundness import is_sound, points_back, stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "Networks learn slow waves first.",
        "Can attention become a convolution?",
        "It reaches 47.8 % (top-1) on ImageNet.",
        "mBERT is small.",
        "They call it “the gate”.",
        "The parameters are reduced by 2×.",
    ],
)
def test_whole_sentences_are_sound(sentence: str) -> None:
    assert is_sound(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "networks learn slow waves first.",
        "Networks learn slow waves first",
        "Networks learn slow waves and.",
        "Networks are such as.",
        "Networks learn (slow waves first.",
        "Networks learn slow waves [12].",
        "Networks learn slow waves, e.g. sines.",
        "Networks learn $x$ first.",
        r"Networks learn \alpha first.",
        "Code is at https://example.org.",
        "As Fig. 3 shows, networks are slow.",
        "Networks learn , slow waves.",
        "There are (i) slow and (ii) fast waves.",
        "Networks learn “slow waves first.",
        "A network for slow waves.",
        "Networks\u202e are slow.",
        "Networks are **slow**.",
    ],
)
def test_broken_sentences_and_remnants_are_not(sentence: str) -> None:
    assert not is_sound(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This improves the accuracy.",
        "These methods are slow.",
        "It is faster than DeiT.",
        "It may be applied to other waves.",
        "However, networks are slow.",
        "In practice, they are slow.",
        "Relying on labels, they are slow.",
        "The latter is faster.",
        "The network is used to solve this problem.",
        "The authors show how they fail.",
        "The contributions are the following.",
    ],
)
def test_what_points_back_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This paper studies slow waves.",
        "It is known that networks are slow.",
        "It remains unclear how networks learn.",
        "Networks forget, and these networks are small.",
        "While networks have grown large, they still forget.",
        "Networks such as GateNet forget what they learned.",
        "The network learns what its gates need.",
    ],
)
def test_what_is_named_in_the_sentence_may_be_pointed_at(sentence: str) -> None:
    assert stands_alone(sentence)


def test_only_the_beginning_tells_whether_a_sentence_points_back() -> None:
    assert points_back("This gate closes.")
    assert not points_back("The gate closes because of this.")


def test_what_speaks_of_some_of_them_points_back() -> None:
    assert points_back("Pruning removes some of them after the tree has been trained.")
    assert not points_back("Trees grow branches, and pruning removes most of what they do not need.")
