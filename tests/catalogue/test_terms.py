import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.terms import fold, is_han, terms, words


@pytest.mark.parametrize("spelling", ["N-BEATS", "n-beats", "n beats NBEATS", "N–Beats nbeats", "Ｎ-ＢＥＡＴＳ"])
def test_every_spelling_of_a_compound_shares_its_joined_form(spelling: str) -> None:
    assert "nbeat" in terms(spelling)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("N-BEATS", ["n", "beat", "nbeat"]),
        ("DALL·E", ["dall", "e", "dall"]),
        ("β-VAE", ["β", "vae", "βvae"]),
        ("d'Ascoli", ["d", "ascoli", "dascoli"]),
        ("Schölkopf", ["scholkopf"]),
        ("transformers Transformer TRANSFORMING", ["transform"] * 3),
        ("元学习与Transformer模型", ["元学", "学习", "习与", "transform", "模型"]),
        ("元", ["元"]),
        ("2103.10697", ["2103", "10697"]),
        ("ﬁne½", ["fine1", "2"]),
        ("a\x00b", ["a", "b"]),
        ("soft\u00adware", ["softwar"]),
        ("\u202eabc\u202c", ["abc"]),
        ("🤖 ¡!", []),
        ("\ud800x", ["x"]),
    ],
)
def test_text_becomes_terms(typed: str, expected: list[str]) -> None:
    assert terms(typed) == expected


def test_words_keep_their_endings_and_give_parts_and_the_whole() -> None:
    assert list(words("Self-attention beats 元学习")) == ["self", "attention", "selfattention", "beats", "元学", "学习"]


@given(st.text())
def test_terms_are_words_and_nothing_else(text: str) -> None:
    for term in terms(text):
        assert term
        assert term.replace("_", "").isalnum() or is_han(term)
        term.encode()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz-' ", max_size=40))
def test_case_never_matters(text: str) -> None:
    assert terms(text.upper()) == terms(text)
