from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.collage.colours import contrast, darkened, lightened, mix
from bot.collage.themes import ACCENTS, Palette, palette_of
from bot.model.canvas import Theme
from tests.collage.samples import CONVIT

BLACK, WHITE = "#000000", "#ffffff"
HUES = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
EVERY_THEME = pytest.mark.parametrize("theme", list(Theme))


def letters(palette: Palette) -> list[tuple[str, str]]:
    """Which colour of letters stands on which ground."""
    grounds = (palette.paper, palette.card, palette.tint)
    inks = (palette.ink, palette.muted, palette.accent, palette.annotation)
    return [
        *((ink, ground) for ink in inks for ground in grounds),
        (palette.on_accent, palette.accent),
        (palette.soft, palette.accent),
        (palette.on_bar, palette.bar),
        (palette.code, palette.on_code),
    ]


def strokes(palette: Palette) -> list[tuple[str, str]]:
    """The lines that carry what the reader is to see."""
    return [(colour, palette.card) for colour in (palette.grey, palette.accent, palette.annotation)]


def test_contrast_follows_its_definition() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


@EVERY_THEME
@pytest.mark.parametrize("number", range(len(ACCENTS)))
def test_every_palette_can_be_read(number: int, theme: Theme) -> None:
    palette = palette_of(replace(CONVIT, number=number), theme)
    assert min(contrast(*pair) for pair in letters(palette)) >= 4.5
    assert min(contrast(*pair) for pair in strokes(palette)) >= 3


@given(hue=HUES, theme=st.sampled_from(Theme))
@example(hue=WHITE, theme=Theme.LIGHT)
@example(hue=BLACK, theme=Theme.DARK)
@example(hue="#ffff00", theme=Theme.LIGHT)
@example(hue="#0000ff", theme=Theme.DARK)
def test_whatever_the_hue_its_palette_can_be_read(hue: str, theme: Theme) -> None:
    palette = palette_of(CONVIT, theme, hue)
    assert min(contrast(*pair) for pair in letters(palette)) >= 4.5
    assert min(contrast(*pair) for pair in strokes(palette)) >= 3


@EVERY_THEME
def test_the_accent_of_the_entry_comes_before_the_hue_of_its_hero(theme: Theme) -> None:
    own = replace(CONVIT, accent="#0b6b63")
    assert palette_of(own, theme, "#a8321c") == palette_of(own, theme)
    assert palette_of(CONVIT, theme, "#0b6b63") == palette_of(own, theme)
    assert palette_of(own, theme) != palette_of(CONVIT, theme)


def test_a_readable_accent_is_taken_as_it_is() -> None:
    assert [palette_of(CONVIT, hue=accent).accent for accent in ACCENTS] == list(ACCENTS)


def test_neighbours_in_a_series_differ_and_all_accents_are_used() -> None:
    accents = [palette_of(replace(CONVIT, number=number)).accent for number in range(27, 27 + len(ACCENTS))]
    assert sorted(accents) == sorted(ACCENTS)


def test_an_unnumbered_entry_keeps_its_accent() -> None:
    entry = replace(CONVIT, number=None)
    assert palette_of(entry) == palette_of(replace(entry, state=entry.state))


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert (mix(BLACK, WHITE, 0), mix(BLACK, WHITE, 1)) == (BLACK, WHITE)


def test_a_colour_is_moved_no_further_than_needed() -> None:
    assert darkened("#3346c7", (WHITE,), 4.5) == "#3346c7"
    assert 4.5 <= contrast(darkened("#ffd400", (WHITE,), 4.5), WHITE) < 4.8
    assert 6 <= contrast(lightened("#000080", (BLACK,), 6), BLACK) < 6.5
