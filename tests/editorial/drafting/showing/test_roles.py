import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.showing.roles import role_of
from bot.model.draft import Role
from tests.editorial.drafting.papers import figure

CAPTIONS = {
    "Overview of our approach. Images pass through two encoders.": Role.OVERVIEW,
    "The proposed pipeline: documents are parsed, linked and stored.": Role.OVERVIEW,
    "Architecture of the decoder.": Role.METHOD,
    "An illustration of the gating mechanism in one layer.": Role.METHOD,
    "Test accuracy as a function of the number of labels, compared with three baselines.": Role.RESULT,
    "Ablation of the loss terms.": Role.RESULT,
    "Distribution of papers by field.": Role.RESULT,
    "Examples of generated images.": Role.EXAMPLE,
    "Screenshot of the user interface.": Role.EXAMPLE,
    "A cat.": Role.OTHER,
    "": Role.OTHER,
}


@pytest.mark.parametrize(("caption", "role"), CAPTIONS.items())
def test_a_caption_tells_what_its_figure_shows(caption: str, role: Role) -> None:
    assert role_of(figure(1, caption)) is role


def test_citing_sentences_tell_where_the_caption_does_not() -> None:
    cited = ("Figure 1 shows an overview of the framework.", "The pipeline in Figure 1 has three parts.")
    assert role_of(figure(1, "GateTree.", citing=cited)) is Role.OVERVIEW


def test_what_a_caption_says_outweighs_what_others_say() -> None:
    cited = ("As the overview in Figure 2 shows, size matters.",)
    assert role_of(figure(2, "Accuracy compared with the baselines.", citing=cited)) is Role.RESULT


@given(st.text(max_size=400))
def test_any_caption_has_a_role(caption: str) -> None:
    assert role_of(figure(1, caption, b"")) in Role
