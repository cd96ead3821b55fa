from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.showing.captions import caption_of, clean, standing_alone
from bot.editorial.panels.bounds import CAPTION
from bot.editorial.phrasing import count_words

KEPT = {
    "Figure 3: Overview of it all. (a) The encoder. (b) The decoder. Best viewed in color.": "Overview of it all.",
    "Accuracy on ImageNet [12, 14] (see Section 3) as a function of (a) size and (b) data.": (
        "Accuracy on ImageNet as a function of size and data."
    ),
    "The training loss (left) and the test error (right)": "The training loss and the test error.",
    "Three views of the scene: A - from above; B - from below; C - from the side.": "Three views of the scene.",
    "A model with gates. They close early. See the appendix for details.": "A model with gates. They close early.",
    "We compare trees with forests.": "The authors compare trees with forests.",
    "Trees that prune themselves (Lee et al., 2020).": "Trees that prune themselves.",
}
REFUSED = [
    "Left: the loss. Right: the accuracy.",
    "(a) The encoder.",
    "Same as Figure 2, for another data set.",
    "The form (44) is akin to another one.",
    "The state λ_j for every j.",
    "Results.",
    "",
    "Details are in 's full text.",
    "The points in the top row are from the left panel.",
]


@pytest.mark.parametrize(("caption", "kept"), KEPT.items())
def test_what_only_makes_sense_on_the_page_is_left_out(caption: str, kept: str) -> None:
    assert " ".join(standing_alone(caption)) == kept


@pytest.mark.parametrize("caption", REFUSED)
def test_a_caption_that_cannot_stand_alone_is_not_shown(caption: str) -> None:
    assert standing_alone(caption) == ()
    assert caption_of([caption], fallback="Figure 3 of the paper.").text == "Figure 3 of the paper."


def test_a_sentence_that_points_back_at_one_left_out_goes_with_it() -> None:
    assert standing_alone("Left: the loss. It falls quickly. Trees have gates.") == ("Trees have gates.",)


def test_numbers_are_printed_in_the_first_sentence_only() -> None:
    assert standing_alone("Trees with 12 gates. They cut 40 branches. Most of these were thin.") == (
        "Trees with 12 gates.",
    )


def test_a_long_caption_comes_in_several_lengths() -> None:
    told = (
        "Trees learn to prune themselves while they grow. Every branch has a gate of its own. Most gates close early."
    )
    said = caption_of([told], fallback="-")
    assert said.text == told
    assert said.shorter == (
        "Trees learn to prune themselves while they grow. Every branch has a gate of its own.",
        "Trees learn to prune themselves while they grow.",
    )


def test_a_heading_without_a_verb_ends_before_what_it_adds() -> None:
    long = "Comparison of trees and forests, with " + ", ".join(f"the method number {place}" for place in range(12))
    assert caption_of([long], fallback="-").text == "Comparison of trees and forests."


def test_another_sentence_stands_in_where_the_caption_cannot() -> None:
    told = ["(a) Trees.", "Trees and their gates during training (Figure 4)."]
    assert caption_of(told, fallback="-").text == "Trees and their gates during training."


def test_nothing_invisible_and_no_markup_is_left() -> None:
    assert clean("a\u202eb \u200bc **d** `e` <b>f</b>\ng\x07") == "a b c d e f g"


@given(st.text(max_size=500))
def test_a_caption_is_always_within_its_bounds(text: str) -> None:
    said = caption_of([text, f"Trees and {text}."], fallback="Figure 1 of the paper.")
    forms = (said.text, *said.shorter)
    assert all(each and count_words(each) <= CAPTION and each.isprintable() for each in forms)
    assert all(len(shorter) < len(longer) for longer, shorter in pairwise(forms))
