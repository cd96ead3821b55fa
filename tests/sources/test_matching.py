"""Which figure of one reader is which of another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.manuscript import FoundFigure
from bot.sources.matching import likeness, matches


def figure(number: str = "", caption: str = "", label: str = "") -> FoundFigure:
    return FoundFigure(number, caption, (), 0, label=label)


def test_one_label_is_one_figure_whatever_its_number() -> None:
    assert matches([figure("1", label="a"), figure("2", label="b")], [figure("7", label="b")]) == {1: 0}


def test_one_number_is_one_figure_unless_the_captions_speak_of_different_things() -> None:
    assert matches([figure("1", "Cats purr at night.")], [figure("1", "")]) == {0: 0}
    assert matches([figure("1", "Cats purr at night.")], [figure("1", "Cats purr at night and at noon.")]) == {0: 0}
    assert matches([figure("1", "Cats purr at night.")], [figure("1", "Loss over steps of training")]) == {}


def test_captions_win_over_numbers() -> None:
    ours = [figure("1", "Cats purr at night."), figure("2", "Loss over steps of training.")]
    theirs = [figure("1", "Loss over steps of training."), figure("2", "Cats purr at night.")]
    assert matches(ours, theirs) == {0: 1, 1: 0}


def test_figures_that_say_nothing_are_paired_in_order() -> None:
    assert matches([figure(), figure("2", "Cats.")], [figure("1", "Dogs bark."), figure("2", "Cats.")]) == {0: 0, 1: 1}


def test_figures_that_say_something_else_are_not() -> None:
    assert matches([figure("1", "Cats purr.")], [figure("2", "Dogs bark.")]) == {}


def test_captions_that_differ_in_case_and_marks_are_alike() -> None:
    assert likeness("A cat’s life: 3 × 4", "a cat's life 3 × 4") == 1.0
    assert likeness("", "cats") is None


FIGURES = st.lists(
    st.builds(
        figure,
        number=st.sampled_from(["", "1", "2", "A.1"]),
        caption=st.sampled_from(["", "Cats purr.", "Dogs bark."]),
        label=st.sampled_from(["", "a", "b"]),
    ),
    max_size=6,
)


@given(FIGURES, FIGURES)
def test_no_figure_is_paired_twice(ours: list[FoundFigure], theirs: list[FoundFigure]) -> None:
    pairs = matches(ours, theirs)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(range(len(ours)))
    assert set(pairs.values()) <= set(range(len(theirs)))


@given(FIGURES)
def test_a_list_matches_itself(ours: list[FoundFigure]) -> None:
    distinct = list({(one.number, one.caption, one.label): one for one in ours}.values())
    labels = [one.label for one in distinct if one.label]
    if len(set(labels)) == len(labels):
        named = [one for one in distinct if one.label or one.number]
        assert len(matches(named, named)) == len(named)
