from dataclasses import replace

import pytest

from bot.collage.themes import ACCENTS, contrast, mix, palette_of
from tests.collage.samples import CONVIT

BLACK, WHITE = "#000000", "#ffffff"


def test_contrast_follows_its_definition() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("number", range(len(ACCENTS)))
def test_every_accent_can_be_read_wherever_it_stands(number: int) -> None:
    palette = palette_of(replace(CONVIT, number=number))
    pairs = [
        (palette.accent, palette.paper),
        (palette.accent, palette.card),
        (palette.accent, palette.tint),
        (WHITE, palette.accent),
        (palette.soft, palette.accent),
        (palette.muted, palette.tint),
        (palette.muted, palette.paper),
    ]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_neighbours_in_a_series_differ_and_all_accents_are_used() -> None:
    accents = [palette_of(replace(CONVIT, number=number)).accent for number in range(27, 27 + len(ACCENTS))]
    assert sorted(accents) == sorted(ACCENTS)


def test_an_unnumbered_entry_keeps_its_accent() -> None:
    entry = replace(CONVIT, number=None)
    assert palette_of(entry) == palette_of(replace(entry, state=entry.state))


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert (mix(BLACK, WHITE, 0), mix(BLACK, WHITE, 1)) == (BLACK, WHITE)
