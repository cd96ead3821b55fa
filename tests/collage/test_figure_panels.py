import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.collage.box import Box
from bot.collage.colours import contrast
from bot.collage.compose import compose
from bot.collage.figures import read_figure
from bot.collage.frame import Curve, Picture, Role, Surface, Text
from bot.collage.panels.block import Look, Placed
from bot.collage.panels.figure import FigureBlock
from bot.collage.panels.fitting import fitted
from bot.collage.spec import FigurePanel
from bot.collage.themes import palette_of, tokens_of
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.panel import BigNumber, Figure
from tests.collage import frames
from tests.collage.drawings import bars, figure, noise, pdf, pointing, saved
from tests.collage.samples import CURVES, EQUATION, NUMBER, entry

PIXELS = {shape: saved(bars(*shape)) for shape in ((1600, 1000), (500, 2200), (2500, 500), (320, 240), (120, 90))}
VECTOR = pdf("1 1 198 98 re S BT /F 10 Tf 20 40 Td (Labels) Tj ET")


def panel(content: bytes, *targets: str, is_hero: bool = False, title: str = "") -> FigurePanel:
    shown = figure(content, title=title, annotations=pointing(*targets))
    return FigurePanel(shown, read_figure(shown, content), is_hero)


def look_of(canvas: Canvas, theme: Theme = Theme.LIGHT) -> Look:
    tokens = tokens_of(canvas)
    return Look(tokens, palette_of(entry(), theme), tokens.body_start)


def placed(block: FigureBlock, box: Box) -> tuple[Placed, Picture]:
    found = block.place(box)
    return found, next(item for item in found.items if isinstance(item, Picture))


PANELS = {
    "plain": panel(PIXELS[1600, 1000]),
    "titled": panel(PIXELS[1600, 1000], title="Seven bars and what they say"),
    "tall": panel(PIXELS[500, 2200]),
    "flat": panel(PIXELS[2500, 500], is_hero=True),
    "small": panel(PIXELS[320, 240]),
    "vector": panel(VECTOR, is_hero=True),
    "annotated": panel(PIXELS[1600, 1000], "0.4 0.3", "0.8 0.6", title="Seven bars"),
}


@settings(max_examples=120)
@given(st.sampled_from(sorted(PANELS)), st.sampled_from(list(Canvas)), st.floats(0.2, 1.0), st.floats(1.0, 2.0))
def test_a_figure_stays_in_its_card_in_its_shape_and_sharp(
    name: str, canvas: Canvas, share: float, stretch: float
) -> None:
    look = look_of(canvas)
    block = FigureBlock(PANELS[name], look)
    width = share * look.tokens.content_width
    if (least := block.least(width)) > 2 * look.tokens.height:
        return
    box = Box(look.tokens.margin, 200.0, width, least * stretch)
    found, picture = placed(block, box)
    scale, raster = look.tokens.scale, PANELS[name].raster
    across, down = (round(side * scale) for side in (picture.box.width, picture.box.height))
    assert all(box.holds(item.box, slack=0.5) for item in found.items)
    assert abs(across / down / (raster.width / raster.height) - 1) <= 0.005
    assert raster.is_vector or across <= raster.width * (1.0 if picture.is_hero else 1.25)
    assert picture.box.width >= 200
    assert not any(picture.box.overlap(item.box) > 1 for item in found.items if isinstance(item, Text))
    assert 0 < block.filled(box) <= box.area
    assert found.visual == picture.box


@given(st.integers(30, 4000), st.integers(30, 4000), st.floats(20, 1300), st.floats(20, 1300))
def test_whole_pixels_hold_the_shape(across: int, down: int, width: float, height: float) -> None:
    raster = replace(PANELS["vector"].raster, width=across, height=down)  # type: ignore[type-var]
    size = fitted(replace(PANELS["vector"], raster=raster), width, height, 4 / 3)
    wide, high = (side * 4 / 3 for side in size)
    assert wide == pytest.approx(round(wide), abs=1e-6)
    assert high == pytest.approx(round(high), abs=1e-6)
    assert size[0] <= width + 1
    assert size[1] <= height + 1
    if min(wide, high) >= 30:
        assert abs(wide / high / (across / down) - 1) <= 0.012


def test_a_figure_that_would_be_too_narrow_rules_the_place_out() -> None:
    look = look_of(Canvas.SLIDE)
    assert FigureBlock(PANELS["plain"], look).least(260) == float("inf")
    assert FigureBlock(panel(PIXELS[120, 90]), look).least(800) == float("inf")


def test_a_narrow_figure_is_the_last_resort() -> None:
    look = look_of(Canvas.SLIDE)
    tall = PANELS["tall"]
    assert FigureBlock(tall, look).least(500) > look.tokens.height * 0.8
    assert FigureBlock(tall, look, is_tight=True).least(500) < look.tokens.height * 0.6


def test_a_caption_stands_beside_a_figure_that_is_much_higher_than_wide() -> None:
    look = look_of(Canvas.PORTRAIT)
    found, picture = placed(FigureBlock(PANELS["tall"], look, is_tight=True), Box(64, 300, 1312, 900))
    words = [item for item in found.items if isinstance(item, Text)]
    assert all(item.box.x > picture.box.right for item in words)


def test_cards_of_figures_stay_white_in_the_dark_and_their_words_can_be_read() -> None:
    block = FigureBlock(PANELS["annotated"], look_of(Canvas.SLIDE, Theme.DARK))
    found, _ = placed(block, Box(56, 200, 900, 700))
    surface = found.items[0]
    assert isinstance(surface, Surface)
    assert surface.fill == "#ffffff"
    words = [item for item in found.items if isinstance(item, Text)]
    assert all(item.background == "#ffffff" and contrast(item.colour, "#ffffff") >= 4.5 for item in words)


@pytest.mark.parametrize("canvas", list(Canvas))
def test_annotations_point_at_their_targets_from_outside_the_figure(canvas: Canvas) -> None:
    look = look_of(canvas)
    found, picture = placed(FigureBlock(PANELS["annotated"], look), Box(64, 300, look.tokens.content_width, 640))
    arrows = [item for item in found.items if isinstance(item, Curve)]
    words = [item for item in found.items if isinstance(item, Text) and item.role is Role.ANNOTATION]
    tips = sorted(arrow.points[-1] for arrow in arrows)
    wanted = [(picture.box.x + x * picture.box.width, picture.box.y + y * picture.box.height) for x, y in
              ((0.4, 0.3), (0.8, 0.6))]  # fmt: skip
    assert [tip for pair in tips for tip in pair] == pytest.approx([side for pair in wanted for side in pair], abs=16)
    assert not any(picture.box.overlap(item.box) for item in words)


def test_the_caption_and_the_title_are_what_annotations_may_speak_of() -> None:
    found, _ = placed(FigureBlock(PANELS["titled"], look_of(Canvas.SLIDE)), Box(56, 200, 900, 700))
    assert found.about == "Seven bars and what they say What the figure shows, in one plain sentence."


def shown(*contents: bytes) -> tuple[tuple[Figure, ...], dict[str, bytes]]:
    panels = tuple(figure(content, caption_shorter=("What it shows.",)) for content in contents)
    return panels, {each.sha256: content for each, content in zip(panels, contents, strict=True)}


def tiles(across: int, down: int) -> Image.Image:
    """A figure of many subfigures."""
    sheet = Image.new("RGB", (across * 400, down * 300), "white")
    for place in range(across * down):
        sheet.paste(bars(360, 260), (place % across * 400 + 20, place // across * 300 + 20))
    return sheet


SETS = {
    "one": [bars(1600, 1000)],
    "four": [bars(1600 - 10 * place, 1000) for place in range(4)],
    "only tall": [bars(500 + 20 * place, 2200) for place in range(3)],
    "only flat": [bars(2500 - 10 * place, 500) for place in range(3)],
    "tiny": [bars(120, 90)],
    "on black": [bars(1600, 1000, ground="black", border=80)],
    "twelve subfigures": [tiles(4, 3)],
}


@pytest.mark.slow
@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("name", sorted(SETS))
def test_figures_of_any_shape_are_composed(name: str, canvas: Canvas) -> None:
    panels, files = shown(*map(saved, SETS[name]))
    collage = compose(entry(*panels), canvas, files=files)
    assert not frames.strays(collage.frame)
    assert not frames.torn(collage.frame)
    pictures = [item for item in collage.frame.items if isinstance(item, Picture)]
    assert len(pictures) >= (name != "tiny")
    assert sum(each.is_hero for each in pictures) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("theme", list(Theme))
def test_figures_stand_beside_other_panels(theme: Theme) -> None:
    panels, files = shown(saved(bars(1600, 1000, ground="black")), VECTOR)
    collage = compose(entry(*panels, EQUATION, CURVES), Canvas.SLIDE, theme=theme, files=files)
    assert sum(isinstance(item, Picture) for item in collage.frame.items) >= 1
    assert collage.jpeg == compose(entry(*panels, EQUATION, CURVES), Canvas.SLIDE, theme=theme, files=files).jpeg


def test_the_hero_gives_its_hue_to_the_collage() -> None:
    panels, files = shown(saved(bars(1600, 1000, ink="#0aa35a")))
    frame = compose(entry(*panels, BigNumber(NUMBER)), Canvas.SLIDE, files=files).frame
    badge = next(item.background for item in frame.items if isinstance(item, Text) and item.role is Role.BADGE)
    red, green, blue = (int(badge[i : i + 2], 16) for i in (1, 3, 5))
    assert green > red
    assert green > blue


def test_a_missing_or_broken_figure_is_named() -> None:
    panels, files = shown(PIXELS[320, 240])
    with pytest.raises(CollageError, match=r"drawing\.png: its bytes are missing"):
        compose(entry(*panels), Canvas.SLIDE)
    with pytest.raises(CollageError, match=r"drawing\.png: it is damaged or cut off"):
        compose(entry(*panels), Canvas.SLIDE, files={sha: content[:200] for sha, content in files.items()})


@pytest.mark.slow
def test_four_noisy_figures_are_composed_within_seconds() -> None:
    contents = [saved(noise(1600, 1000), "JPEG", quality=90 - place) for place in range(4)]
    panels, files = shown(*contents)
    compose(entry(*panels), Canvas.SLIDE, files=files)
    start = time.process_time()
    compose(entry(*panels), Canvas.SLIDE, files=files)
    assert time.process_time() - start < 3.0
