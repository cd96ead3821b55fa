import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.vocabulary import Vocabulary

_ENGLISH = """learning transformers transformer transfer deep neural networks normalization causal casual graph bengio
    lecun hello beats vision 2103"""
_CHINESE = "元学 学习 强化 化学 度学 深度 习与"
WORDS = Vocabulary(f"{_ENGLISH} {_CHINESE}".split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("transfomers", "transformers"),
        ("trasnformers", "transformers"),
        ("transsformers", "transformers"),
        ("tranformrs", "transformers"),
        ("grahp", "graph"),
        ("bengoi", "bengio"),
        ("lecunn", "lecun"),
        ("lerning", "learning"),
        ("nomralizaton", "normalization"),
        ("deeplearning", "deep learning"),
        ("neuralnetworks", "neural networks"),
        ("元学刁", "元学习"),
        ("强学习", "强化学习"),
        ("强学化习", "强化学习"),
        ("元元学习", "元学习"),
    ],
)
def test_a_slip_of_the_finger_finds_the_word(typed: str, meant: str) -> None:
    assert meant in WORDS.nearest(typed)[:2]


def test_the_frequent_word_comes_first_among_equals() -> None:

    assert Vocabulary(["cart", "card"]).nearest("carz") == ["cart", "card"]
    assert Vocabulary(["card", "cart"]).nearest("carz") == ["card", "cart"]


@pytest.mark.parametrize("typed", ["xyzzy", "ab", "zzzzzzzz", "2104", "", "zeep", "雨雪", "a-b"])
def test_what_is_far_off_or_short_has_nothing_near(typed: str) -> None:
    assert WORDS.nearest(typed) == []


def test_the_typed_word_itself_is_no_help() -> None:
    assert "learning" not in WORDS.nearest("learning")
    assert WORDS.nearest("transformer") != ["transformers"]


@pytest.mark.parametrize("typed", ["transforming", "transformers", "learn", "networks", "元学习", "学习", "元", "2103"])
def test_a_word_is_known_in_whatever_ending(typed: str) -> None:
    assert WORDS.knows(typed)


@pytest.mark.parametrize("typed", ["transfomer", "xyz", "学元", "雨"])
def test_what_nobody_wrote_is_not_known(typed: str) -> None:
    assert not WORDS.knows(typed)


@given(st.text(max_size=40))
def test_every_guess_is_made_of_known_words(typed: str) -> None:
    for guess in WORDS.nearest(typed):
        assert all(WORDS.knows(word) for word in guess.split())


def test_nothing_is_near_when_nothing_is_known() -> None:
    assert Vocabulary(()).nearest("transformers") == []
    assert not Vocabulary(()).knows("transformers")
