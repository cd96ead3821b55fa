"""How text that nobody vouches for becomes plain."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.wording.plain import plain


def test_what_is_not_seen_is_taken_out() -> None:
    assert plain("a\u202eb\x00c\u200bd\ue000", longest=10) == "abcd"


def test_white_space_of_every_kind_is_one_space() -> None:
    assert plain(" a\r\n\tb\u00a0c\u2028d ", longest=10) == "a b c d"


def test_letters_of_mathematics_are_letters() -> None:
    assert plain("𝐖𝑥 in ℝ", longest=10) == "Wx in ℝ"


@given(st.text(max_size=200), st.integers(0, 50))
def test_the_result_is_one_bounded_line_and_stays_as_it_is(text: str, longest: int) -> None:
    said = plain(text, longest=longest)
    assert len(said) <= longest
    assert not {unicodedata.category(character) for character in said} & {"Cc", "Cf", "Zl", "Zp"}
    assert plain(said, longest=longest) == said
