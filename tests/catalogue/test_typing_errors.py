import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.typing_errors import effort

WORD = st.text("abcdef", max_size=8)


@pytest.mark.parametrize(
    ("likely", "unlikely", "meant"),
    [
        ("transfromers", "transfarmers", "transformers"),  # swapped before wrong
        ("leaarning", "leaxrning", "learning"),  # doubled before too many
        ("vidion", "vipion", "vision"),  # the key beside before any other
        ("grqph", "traph", "graph"),  # inside before at the beginning
    ],
)
def test_likely_slips_weigh_less(likely: str, unlikely: str, meant: str) -> None:
    assert effort(likely, meant) < effort(unlikely, meant)


@given(WORD)
def test_a_word_is_no_effort_from_itself(word: str) -> None:
    assert effort(word, word) == 0


@given(WORD, WORD)
def test_the_way_back_is_as_far_and_never_longer_than_writing_anew(one: str, other: str) -> None:
    assert effort(one, other) == pytest.approx(effort(other, one))
    assert effort(one, other) <= len(one) + len(other) + 0.6
    assert (effort(one, other) == 0) == (one == other)
