from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.collage_file import MOST_PANELS
from bot.editorial.figure_choice import with_next_figure, with_other_hero, with_rights, without_figure
from bot.errors import DraftError
from bot.model.draft import Alternative, DeskDraft, Drafted
from bot.model.panel import Crop, Figure, Panel
from tests.editorial.desks import ADA, FORMULA, NOTE, NOW, PAPER, alternative, entry_about, figure

ONE, TWO, THREE = map(figure, "123")


def on_the_desk(
    *panels: Panel, alternatives: tuple[Alternative, ...] = (), zh: tuple[Panel, ...] | None = None
) -> DeskDraft:
    entry = entry_about(PAPER, panels=panels, panels_in={} if zh is None else {"zh": zh})
    every = alternatives or tuple(map(alternative, "123"))
    return DeskDraft(entry, 1, every, (), (), Drafted.of(entry), ADA, NOW, NOW)


def test_the_next_figure_takes_the_place_of_the_first_one_on_the_collage() -> None:
    assert with_next_figure(on_the_desk(FORMULA, ONE, NOTE)).entry.panels == (FORMULA, TWO, NOTE)


def test_turning_goes_round_and_leaves_out_what_is_shown_or_may_not_be() -> None:
    every = (alternative("1"), alternative("2", may_show=False), alternative("3"), alternative("4"))
    draft = on_the_desk(ONE, FORMULA, THREE, alternatives=every)

    draft = with_next_figure(draft)
    assert draft.entry.panels[0] == figure("4")
    assert with_next_figure(draft).entry.panels[0] == ONE


def test_a_paper_without_another_figure_says_what_to_do() -> None:
    with pytest.raises(DraftError, match="no other figure to show; drop this one"):
        with_next_figure(on_the_desk(ONE, alternatives=(alternative("1"),)))
    with pytest.raises(DraftError, match="confirm the right to use the others"):
        with_next_figure(on_the_desk(ONE, alternatives=(alternative("1"), alternative("2", may_show=False))))
    with pytest.raises(DraftError):
        with_next_figure(replace(on_the_desk(FORMULA), alternatives=()))


def test_where_no_figure_is_shown_it_becomes_the_hero_and_the_last_panel_gives_way() -> None:
    assert with_next_figure(on_the_desk(FORMULA)).entry.panels == (ONE, FORMULA)
    full = with_next_figure(on_the_desk(FORMULA, NOTE, FORMULA, NOTE))
    assert full.entry.panels == (ONE, FORMULA, NOTE, FORMULA)


def test_dropping_moves_the_others_up() -> None:
    draft = without_figure(on_the_desk(ONE, FORMULA, TWO))
    assert draft.entry.panels == (FORMULA, TWO)
    draft = without_figure(draft)
    assert draft.entry.panels == (FORMULA,)
    with pytest.raises(DraftError, match="shows no figure"):
        without_figure(draft)


def test_the_next_figure_becomes_the_hero_and_without_one_the_next_panel() -> None:
    assert with_other_hero(on_the_desk(ONE, FORMULA, TWO)).entry.panels == (TWO, FORMULA, ONE)
    assert with_other_hero(on_the_desk(ONE, FORMULA, NOTE)).entry.panels == (FORMULA, ONE, NOTE)
    with pytest.raises(DraftError, match="no second panel"):
        with_other_hero(on_the_desk(ONE))


def test_parts_of_one_page_are_different_figures() -> None:
    left, right = (replace(ONE, crop=Crop(at, 0, at + 0.5, 1)) for at in (0.0, 0.5))
    every = tuple(replace(alternative("1"), figure=each) for each in (left, right))

    draft = with_next_figure(on_the_desk(left, alternatives=every))

    assert (draft.entry.panels, draft.shown) == ((right,), (1,))


def test_words_of_its_own_do_not_make_another_figure_and_come_back_with_it() -> None:
    annotated = replace(ONE, caption="Said for this collage.")
    chinese = replace(ONE, caption="中文。")
    draft = on_the_desk(annotated, FORMULA, zh=(chinese, FORMULA))
    assert draft.shown == (0,)

    away = with_next_figure(draft)
    assert (away.entry.panels[0], away.entry.panels_in["zh"][0]) == (TWO, TWO)
    back = with_next_figure(with_next_figure(away))
    assert (back.entry.panels, back.entry.panels_in) == (draft.entry.panels, draft.entry.panels_in)


def test_what_happens_to_the_panels_happens_in_every_language() -> None:
    draft = on_the_desk(ONE, FORMULA, zh=(replace(ONE, caption="中文。"), FORMULA))

    assert with_other_hero(draft).entry.panels_in["zh"][0] == FORMULA
    assert without_figure(draft).entry.panels_in["zh"] == (FORMULA,)
    assert without_figure(on_the_desk(ONE, zh=(ONE,))).entry.panels_in == {}


def test_only_the_rights_that_were_confirmed_are_given() -> None:
    every = tuple(alternative(name, may_show=False) for name in "123")

    draft = with_rights(on_the_desk(FORMULA, alternatives=every), [1])

    assert [each.may_show for each in draft.alternatives] == [False, True, False]


PRESSES: list[Callable[[DeskDraft], DeskDraft]] = [
    with_next_figure,
    without_figure,
    with_other_hero,
]


@given(st.lists(st.sampled_from(PRESSES), max_size=12))
def test_whatever_is_pressed_the_collage_stays_one_that_can_be_loaded(
    presses: list[Callable[[DeskDraft], DeskDraft]],
) -> None:
    zh = (replace(ONE, caption="中文。"), FORMULA, NOTE, NOTE)
    draft = on_the_desk(ONE, FORMULA, NOTE, NOTE, zh=zh)
    for press in presses:
        try:
            draft = press(draft)
        except DraftError:
            continue
        panels, spoken = draft.entry.panels, draft.entry.panels_in["zh"]
        assert len(panels) <= MOST_PANELS
        assert list(map(type, panels)) == list(map(type, spoken))
        shown = [panel.sha256 for panel in panels if isinstance(panel, Figure)]
        assert len(shown) == len(set(shown))
