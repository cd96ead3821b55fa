"""The formats in which a picture leaves."""

import io

import pytest
from PIL import Image, ImageDraw

from bot.collage.compose import compose
from bot.collage.encode import Format, encode, jpeg
from bot.model.canvas import Canvas
from tests.collage.samples import CONVIT

EVERY_FORMAT = pytest.mark.parametrize("kind", list(Format))


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    drawn = Image.new("RGB", (64, 48), "#f6f5f1")
    ImageDraw.Draw(drawn).rectangle((8, 8, 40, 30), fill="#3346c7")
    return drawn


@EVERY_FORMAT
def test_each_format_is_what_it_says_and_keeps_the_size(picture: Image.Image, kind: Format) -> None:
    with Image.open(io.BytesIO(encode(picture, kind))) as read:
        assert (read.format, read.mode, read.size) == (kind.value.upper(), "RGB", picture.size)


@EVERY_FORMAT
def test_equal_pictures_give_equal_bytes(picture: Image.Image, kind: Format) -> None:
    assert encode(picture, kind) == encode(picture.copy(), kind)


def test_png_loses_nothing(picture: Image.Image) -> None:
    with Image.open(io.BytesIO(encode(picture, Format.PNG))) as read:
        assert list(read.get_flattened_data()) == list(picture.get_flattened_data())


def test_jpeg_keeps_the_full_resolution_of_colour(picture: Image.Image) -> None:
    with Image.open(io.BytesIO(jpeg(picture))) as read:
        assert [layer[1:3] for layer in read.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "suffix"), [(Format.JPEG, ".jpg"), (Format.PNG, ".png"), (Format.WEBP, ".webp")])
def test_files_are_called_by_their_format(kind: Format, suffix: str) -> None:
    assert kind.suffix == suffix


@EVERY_FORMAT
def test_a_collage_can_be_written_in_every_format(kind: Format) -> None:
    collage = compose(CONVIT, Canvas.SLIDE)
    with Image.open(io.BytesIO(collage.written(kind))) as read:
        assert read.size == (collage.width, collage.height)
