import pytest

from bot.collage.box import Box
from bot.collage.colours import contrast
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Tone
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.language import parse
from bot.collage.diagrams.layout import laid_out
from bot.collage.frame import Formula, Role, Text
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from tests.collage.samples import CONVIT
from tests.collage.test_diagrams_language import PARAMETERS

TOKENS = tokens_of(Canvas.PORTRAIT)
PLACE = Box(100, 200, 240, 160)


def written(kind: str, tone: Tone = Tone.SOFT) -> str:
    return f'a: {kind} {PARAMETERS.get(kind, "")} "Words" "second line" {tone}'


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stays_inside_its_box(kind: str) -> None:
    (node,) = parse(written(kind)).nodes
    items = KINDS[kind].draw(PLACE, node, Brush(palette_of(CONVIT), TOKENS, Tone.ACCENT, 34))
    assert bool(items) is (kind != "text")
    assert not [item for item in items if not PLACE.holds(item.box, slack=5)]
    assert {item.role for item in items} <= {Role.NODE}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("kind", KINDS)
def test_words_can_be_read_in_every_tone(kind: str, tone: Tone, theme: Theme) -> None:
    laid = laid_out(written(kind, tone), TOKENS, palette_of(CONVIT, theme), Box(0, 0, 700, 500))
    letters = [item for item in laid.items if isinstance(item, Text | Formula)]
    assert letters
    assert min(contrast(item.colour, item.background) for item in letters) >= 4.5
