"""What a language model wrote, in our form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.asking.tidying import finished, tidied
from bot.editorial.sections import MARKUP


@pytest.mark.parametrize(
    ("drafted", "ours"),
    [
        ("**Bold** idea! 🚀 It `works`", "Bold idea. It works"),
        ("# A headline", "A headline"),
        ("- An item", "An item"),
        ("2. An item", "An item"),
        ("Medium: A text.", "A text."),
        ("Medium: Short: can a gate learn?", "can a gate learn?"),
        ("Key idea: Short: A gate.", "A gate."),
        ("- ## Long: 1. A text.", "A text."),
        ("Wow!? It works!!", "Wow? It works."),
        ("47.8% of\n\nall\tcases", "47.8 % of all cases"),
        ("Left \u202eto\u202c right\u200b", "Left to right"),
        ("5! = 120 and a != b", "5. = 120 and a != b"),
        ("𝐁𝐨𝐥𝐝 letters ★", "Bold letters"),
        ("90 ° and x^2", "90 ° and x^2"),
    ],
)
def test_a_text_is_brought_into_our_form(drafted: str, ours: str) -> None:
    assert tidied(drafted) == ours


def test_a_statement_gets_the_full_stop_it_lacks() -> None:
    assert finished("It works") == "It works."
    assert finished("It works,") == "It works."
    assert finished("Does it?") == "Does it?"
    assert finished("它行", language="zh") == "它行。"
    assert finished("“它行。”", language="zh") == "“它行。”"
    assert finished("") == ""


@given(st.text(max_size=200))
def test_nothing_unseen_is_left(text: str) -> None:
    said = tidied(text)
    assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co"} for each in said)
    assert said == " ".join(said.split())


def test_emphasis_leaves_no_markup() -> None:
    assert MARKUP.search(tidied("***All*** of __this__ and `that`.")) is None
