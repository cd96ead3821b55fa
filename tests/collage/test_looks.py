import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from bot.collage.figures.joining import Part, joined
from bot.collage.figures.letters import letter_size
from bot.collage.figures.looks import Looks, look_at
from bot.model.panel import Crop
from tests.collage.drawings import bars, noise, pdf, saved, svg


def looks_of(content: bytes, *, crop: Crop | None = None, page: int = 1) -> Looks:
    found = look_at(content, crop=crop, page=page)
    assert found
    return found


def lines_of_text(size: int, *, count: int = 12, width: int = 900) -> Image.Image:
    picture = Image.new("L", (width, count * size * 2 + 20), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(count):
        pen.text(
            (10, 10 + line * size * 2), "measured accuracy by model and seed", fill=0, font=ImageFont.load_default(size)
        )
    return picture


def mosaic(across: int, down: int, *, side: int = 60, gap: int = 12) -> Image.Image:
    picture = Image.new("RGB", (across * (side + gap), down * (side + gap)), "white")
    for place in range(across * down):
        x, y = place % across * (side + gap), place // across * (side + gap)
        picture.paste(noise(side, side), (x, y))
    return picture


@pytest.mark.parametrize(
    "content", [b"", b"no picture", saved(Image.new("RGB", (200, 200), "white")), saved(bars(300, 200))[:300]]
)
def test_what_cannot_be_shown_has_no_looks(content: bytes) -> None:
    assert look_at(content) is None


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_looking_never_raises(content: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a"):
        look_at(start + content)


def test_the_suffix_is_told_from_the_bytes() -> None:
    picture = bars(300, 200)
    contents = [saved(picture), saved(picture, "JPEG"), saved(picture, "GIF"), saved(picture, "WEBP")]
    assert [looks_of(content).suffix for content in contents] == ["png", "jpg", "gif", "webp"]
    shape = '<rect x="50" y="20" width="100" height="60" fill="red"/>'
    assert looks_of(svg(shape)).suffix == "svg"
    assert looks_of(pdf("1 0 0 rg 50 20 100 60 re f")).suffix == "pdf"


def test_the_shape_is_that_of_the_part_without_its_border() -> None:
    found = looks_of(saved(bars(300, 200, border=80)))
    assert (found.width, found.height) == (300, 200)
    assert looks_of(saved(bars(300, 200)), crop=Crop(0, 0, 0.5, 1)).shape == pytest.approx(0.75, rel=0.05)


def test_photographs_are_told_from_drawings() -> None:
    assert looks_of(saved(noise(300, 200))).photo > 0.9
    assert looks_of(saved(bars(300, 200))).photo < 0.05


def test_a_mosaic_of_small_pictures_shows_as_one() -> None:
    found = looks_of(saved(mosaic(6, 4)))
    assert found.pictures == 24
    assert found.largest < 0.06
    assert found.photo > 0.3
    assert looks_of(saved(bars(300, 200))).largest > 0.9


def test_lines_of_text_are_counted() -> None:
    assert looks_of(saved(lines_of_text(20))).lines == 12


def test_a_copy_of_another_size_is_alike_and_another_picture_is_not() -> None:
    one, same = looks_of(saved(bars(600, 400))), looks_of(saved(bars(600, 400).resize((450, 300))))
    other = looks_of(saved(bars(600, 400).transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert one.is_like(same)
    assert not one.is_like(other)


@pytest.mark.parametrize("size", [12, 18, 30, 48])
def test_letters_are_measured_from_pixels(size: int) -> None:
    found = letter_size(lines_of_text(size, width=1200))
    assert found
    assert found == pytest.approx(size, rel=0.3)


def test_a_picture_without_letters_has_no_letter_size() -> None:
    assert letter_size(bars(800, 500).convert("L")) is None
    assert letter_size(Image.new("L", (300, 200), 255)) is None


def test_the_label_of_a_bitmap_is_about_that_of_its_letters() -> None:
    found = looks_of(saved(lines_of_text(20)))
    assert found.label
    assert found.label * found.width == pytest.approx(20, rel=0.3)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_pictures_of_a_row_are_equally_high_and_never_enlarged() -> None:
    content = joined([Part(saved(bars(300, 200))), Part(saved(bars(600, 300)))], columns=2)
    assert content
    picture = opened(content)
    assert picture.height == 200
    assert picture.width == pytest.approx(300 + 400 + 0.02 * picture.width, abs=3)


def test_rows_are_equally_wide() -> None:
    parts = [Part(saved(bars(300, 200)))] * 4
    content = joined(parts, columns=2)
    assert content
    assert opened(content).width / opened(content).height == pytest.approx(1.5, rel=0.05)


def test_vectors_are_joined_as_large_as_any_collage_shows_them() -> None:
    content = joined([Part(pdf("1 0 0 rg 50 20 100 60 re f"))] * 2, columns=2)
    assert content
    assert opened(content).width == 2560


def test_one_that_cannot_be_shown_spoils_the_row() -> None:
    assert joined([Part(saved(bars(300, 200))), Part(b"broken")], columns=2) is None


def test_a_part_too_small_to_see_is_not_joined() -> None:
    assert joined([Part(saved(bars(1200, 100))), Part(saved(bars(60, 600)))], columns=2) is None
