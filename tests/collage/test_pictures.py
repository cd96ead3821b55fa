"""What comes out as pixels."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import segno
from PIL import Image

from bot.collage.box import Box
from bot.collage.compose import compose
from bot.collage.draw import draw
from bot.collage.frame import Code, Frame, Point, Role, Surface
from bot.errors import CollageError
from bot.model.canvas import Canvas
from tests.collage.samples import AWKWARD, CONVIT, CURVES, EQUATION, TEXT, entry

EVERY_CANVAS = pytest.mark.parametrize("canvas", list(Canvas))


@EVERY_CANVAS
def test_the_picture_is_a_jpeg_with_a_long_side_of_2560(canvas: Canvas) -> None:
    collage = compose(CONVIT, canvas)
    with Image.open(io.BytesIO(collage.jpeg)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (collage.width, collage.height))
    assert max(collage.width, collage.height) == 2560
    assert len(collage.jpeg) < 9_500_000


@EVERY_CANVAS
def test_equal_entries_give_equal_bytes_in_whatever_thread(canvas: Canvas) -> None:
    alone = compose(CONVIT, canvas).jpeg
    with ThreadPoolExecutor(2) as pool:
        others = pool.map(lambda _: compose(replace(CONVIT), canvas).jpeg, range(2))
        assert all(other == alone for other in others)


@EVERY_CANVAS
def test_the_drawn_code_is_the_one_of_the_paper(canvas: Canvas) -> None:
    collage = compose(CONVIT, canvas)
    code = next(item for item in collage.frame.items if isinstance(item, Code))
    with Image.open(io.BytesIO(collage.jpeg)) as picture:
        drawn = _modules(picture.convert("L"), code, collage.frame.scale)
    expected = segno.make(CONVIT.paper.url, error="m", micro=False, boost_error=False)
    assert drawn == [[bool(module) for module in row] for row in expected.matrix]


def _modules(picture: Image.Image, code: Code, scale: float) -> list[list[bool]]:
    """Read the code back: a module is dark when its middle is."""
    count = round(code.box.width / (code.quiet / 4))
    step = code.box.width * scale / count
    left, top = code.box.x * scale, code.box.y * scale
    return [
        [_brightness(picture, left + (x + 0.5) * step, top + (y + 0.5) * step) < 128 for x in range(count)]
        for y in range(count)
    ]


def _brightness(picture: Image.Image, x: float, y: float) -> float:
    pixel = picture.getpixel((int(x), int(y)))
    assert isinstance(pixel, int)
    return pixel


@EVERY_CANVAS
def test_the_outer_ring_is_paper(canvas: Canvas) -> None:
    collage = compose(CONVIT, canvas)
    picture = draw(collage.frame)
    inner = Box(0, 0, collage.width, collage.height).inset(24 * collage.frame.scale)
    picture.paste(collage.frame.paper, (round(inner.x), round(inner.y), round(inner.right), round(inner.bottom)))
    assert picture.getcolors() == [(collage.width * collage.height, (0xF6, 0xF5, 0xF1))]


def test_an_unknown_language_is_told_in_english() -> None:
    assert compose(CONVIT, Canvas.SLIDE, language="eo").jpeg == compose(CONVIT, Canvas.SLIDE).jpeg


def test_a_language_no_font_can_draw_is_told_in_english() -> None:
    arabic = replace(TEXT, key_idea="ابدأ الانتباه كالتفاف", take_away="سؤال")
    bilingual = replace(CONVIT, texts={"en": TEXT, "ar": arabic})
    assert compose(bilingual, Canvas.SLIDE, language="ar").jpeg == compose(CONVIT, Canvas.SLIDE).jpeg


def test_a_formula_that_is_no_latex_is_named() -> None:
    with pytest.raises(CollageError, match="cannot be typeset"):
        compose(entry(replace(EQUATION, latex="", short=None)), Canvas.SLIDE)


def test_every_awkward_entry_can_be_drawn() -> None:
    for awkward in AWKWARD.values():
        assert compose(awkward, Canvas.SLIDE).jpeg


def test_shapes_are_drawn_where_the_frame_says() -> None:
    tiny = Frame(
        canvas=Canvas.SLIDE,
        width=12,
        height=6,
        margin=0,
        scale=1.0,
        paper="#ffffff",
        items=(
            Surface(Box(1, 1, 4, 4), "#000000", Role.CARD, radius=1),
            Point(9, 3, 2, "#000000"),
        ),
        panels=(),
    )
    assert _ascii(draw(tiny)) == [
        "............",
        ".+##+..+##+.",
        ".####..####.",
        ".####..####.",
        ".+##+..+##+.",
        "............",
    ]


def _ascii(picture: Image.Image) -> list[str]:
    grey = picture.convert("L")
    shades = [[_brightness(grey, x, y) for x in range(grey.width)] for y in range(grey.height)]
    return ["".join("#" if shade < 32 else "+" if shade < 208 else "." for shade in row) for row in shades]


def test_curves_end_at_their_last_value() -> None:
    collage = compose(entry(CURVES), Canvas.SLIDE)
    points = [item for item in collage.frame.items if isinstance(item, Point)]
    assert len(points) == 10
    picture = draw(collage.frame)
    for point in points[-5:]:
        colour = picture.getpixel((int(point.x * collage.frame.scale), int(point.y * collage.frame.scale)))
        assert "#{:02x}{:02x}{:02x}".format(*colour) == point.colour  # type: ignore[misc]
