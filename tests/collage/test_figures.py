import io
import struct
import zlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from bot.collage.figures import figure_fault, hue_of, read_figure
from bot.collage.frame import Raster
from bot.errors import CollageError
from bot.model.panel import Crop
from tests.collage.drawings import bars, figure, noise, saved

SEEDS = Path(__file__).parents[3] / "shared" / "data" / "S-seed-figures"


def raster_of(content: bytes, crop: Crop | None = None) -> Raster:
    return read_figure(figure(content, crop=crop), content)


def drawn(content: bytes, crop: Crop | None = None) -> Image.Image:
    raster = raster_of(content, crop)
    return raster.render(raster.width, raster.height)


def is_near(pixel: object, colour: tuple[int, int, int], slack: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= slack for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(("form", "options"), [
    ("PNG", {}), ("JPEG", {"quality": 95}), ("WEBP", {"lossless": True}), ("GIF", {}), ("BMP", {}), ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}), ("JPEG", {"progressive": True}),
])  # fmt: skip
def test_every_common_format_is_read(form: str, options: dict[str, object]) -> None:
    picture = drawn(saved(bars(300, 200), form, **options))
    assert (picture.mode, picture.size) == ("RGB", (300, 200))
    assert is_near(picture.getpixel((30, 100)), (42, 111, 176), 20)


def test_only_the_first_frame_of_an_animation_is_shown() -> None:
    frames = [bars(120, 90, ink=ink) for ink in ("red", "green", "blue")]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert is_near(drawn(content).getpixel((15, 50)), (255, 0, 0), 30)


def test_a_picture_is_turned_the_way_its_camera_was_held() -> None:
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turned = drawn(saved(bars(300, 200), "JPEG", exif=exif, quality=95))
        assert turned.size == ((300, 200) if orientation < 5 else (200, 300))
        tall = {1: (30, 40), 2: (270, 40), 3: (270, 160), 4: (30, 160), 5: (40, 30), 6: (160, 30), 7: (160, 270)}
        assert is_near(turned.getpixel(tall.get(orientation, (40, 270))), (42, 111, 176), 30), orientation


def test_a_crop_counts_from_the_corner_the_reader_sees() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    left_half = drawn(saved(bars(300, 200), "JPEG", exif=exif), Crop(0, 0, 1, 0.5))
    assert left_half.size[0] == 200
    assert left_half.size[1] == pytest.approx(150, abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
def test_modes_without_transparency_keep_their_look(mode: str) -> None:
    picture = drawn(saved(bars(300, 200, ink="black").convert(mode), "TIFF"))
    assert is_near(picture.getpixel((30, 100)), (0, 0, 0), 40)
    assert is_near(picture.getpixel((55, 100)), (255, 255, 255), 8)


def test_cmyk_of_a_printer_is_not_turned_into_its_negative() -> None:
    picture = drawn(saved(bars(300, 200, ink="red").convert("CMYK"), "JPEG", quality=95))
    assert is_near(picture.getpixel((30, 100)), (255, 0, 0), 40)
    assert is_near(picture.getpixel((55, 100)), (255, 255, 255), 8)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_becomes_white(mode: str) -> None:
    clear = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((50, 25, 149, 74), fill=(0, 0, 0, 255))
    ImageDraw.Draw(clear).rectangle((80, 40, 120, 60), fill=(0, 0, 0, 128))
    picture = drawn(saved(clear.convert(mode)))
    assert picture.size == (100, 50)
    assert is_near(picture.getpixel((5, 5)), (0, 0, 0))
    assert is_near(picture.getpixel((50, 25)), (127, 127, 127))


def test_a_transparent_palette_becomes_white() -> None:
    flat = bars(200, 100, ground="#00ff00", border=20).quantize(8)
    content = saved(flat, "PNG", transparency=flat.getpixel((0, 0)))
    assert drawn(content).size == (200, 100)


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    deep = Image.new("I;16", (120, 80), 65535)
    deep.paste(Image.new("I;16", (60, 80), 32768), (0, 0))
    picture = drawn(saved(deep))
    assert is_near(picture.getpixel((20, 40)), (128, 128, 128), 2)


def test_fractions_are_stretched_between_their_extremes() -> None:
    deep = Image.new("F", (120, 80), 3.5)
    deep.paste(-1.5, (0, 0, 60, 80))
    picture = drawn(saved(deep, "TIFF"))
    assert picture.size == (60, 80)
    assert is_near(picture.getpixel((20, 40)), (0, 0, 0), 1)


def test_a_colour_profile_is_heeded() -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be")).replace(b"sRGB", b"test")
    content = saved(bars(120, 80, ink="#ff0000"), icc_profile=swapped)
    red, green, _ = drawn(content).getpixel((15, 40))  # type: ignore[misc]
    assert green > red


@pytest.mark.parametrize("profile", [b"nonsense", b""])
def test_a_damaged_profile_is_ignored(profile: bytes) -> None:
    picture = drawn(saved(bars(120, 80, ink="red"), icc_profile=profile))
    assert is_near(picture.getpixel((15, 40)), (255, 0, 0))


def test_a_profile_of_other_channels_is_ignored() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert drawn(saved(bars(120, 80), icc_profile=profile)).size == (120, 80)


def test_white_borders_are_trimmed_even_when_a_jpeg_made_them_dirty() -> None:
    picture = bars(300, 200, border=60)
    pen = ImageDraw.Draw(picture)
    for x in range(0, 420, 7):
        pen.point((x, 5), fill=(250, 249, 251))
    assert drawn(saved(picture)).size == (300, 200)
    jpeg = drawn(saved(picture, "JPEG", quality=70)).size
    assert jpeg == pytest.approx((300, 200), abs=18)


def test_pale_colours_are_no_border() -> None:
    picture = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(picture).rectangle((20, 20, 179, 79), fill="#ffffd0")
    assert drawn(saved(picture)).size == (160, 60)


def test_a_figure_on_black_keeps_its_border() -> None:
    assert drawn(saved(bars(200, 100, ground="black", border=40))).size == (280, 180)


def test_the_place_of_a_target_follows_crop_and_trim() -> None:
    raster = raster_of(saved(bars(100, 100, border=50)), Crop(0, 0, 0.5, 1))
    assert (raster.width, raster.height) == (50, 100)
    assert raster.locate(0.5, 0.25) == pytest.approx((0.0, 0.0))
    assert raster.locate(1.0, 0.75) == pytest.approx((1.0, 1.0))


def test_a_large_figure_is_kept_small_but_knows_its_size() -> None:
    raster = raster_of(saved(bars(8000, 3000)))
    assert (raster.width, raster.height) == pytest.approx((8000, 3000), abs=4)
    assert raster.render(800, 300).size == (800, 300)
    kept = raster.picture  # type: ignore[attr-defined]
    assert kept.width == 2560


def test_a_crop_of_a_large_figure_stays_sharp() -> None:
    raster = raster_of(saved(bars(8000, 3000)), Crop(0, 0, 0.25, 1))
    assert (raster.width, raster.height) == pytest.approx((2000, 3000), abs=2)
    assert raster.picture.height == 2560  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_jpeg_of_a_hundred_megapixels_is_shown() -> None:
    raster = raster_of(saved(bars(1000, 1000).convert("L").resize((10_000, 10_000)), "JPEG"))
    assert (raster.width, raster.height) == pytest.approx((10_000, 10_000), abs=16)


def test_a_png_of_a_hundred_megapixels_is_refused_before_it_is_decoded() -> None:
    assert "100 million pixels" in (figure_fault(figure(), png_head(10_000, 10_000)) or "")


def test_a_decompression_bomb_is_refused() -> None:
    assert "too many pixels" in (figure_fault(figure(), png_head(60_000, 60_000)) or "")


def png_head(width: int, height: int) -> bytes:
    """A PNG that promises many pixels in RGB and holds few."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said)) for name, said in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_that_is_cut_off_is_refused(form: str) -> None:
    content = saved(noise(120, 90), form)
    for share in (0.02, 0.3, 0.6, 0.9):
        fault = figure_fault(figure(), content[: int(len(content) * share)])
        assert fault, (form, share)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "empty"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n", "convert it to PDF"),
    (b"\xc5\xd0\xd3\xc6" + bytes(30), "convert it to PDF"),
    (b"<!DOCTYPE html><html><body>404", "web page"),
    (b"  <HTML>", "web page"),
    (b"\x1f\x8b\x08rest", "unpack"),
    (b"PK\x03\x04rest", "zip"),
    (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    (b"hello", "no picture"),
    (bytes(41_000_000), "40 MB"),
    (saved(Image.new("RGB", (300, 200), "white")), "blank"),
    (saved(Image.new("RGB", (300, 200), "#123456")), "blank"),
    (saved(bars(20, 10)), "20 × 10 pixels"),
    (saved(Image.new("RGB", (3000, 30), "red")), "strip"),
])  # fmt: skip
def test_what_cannot_be_shown_is_refused_with_a_remedy(content: bytes, said: str) -> None:
    fault = figure_fault(figure(), content)
    assert fault
    assert said in fault
    assert "; " in fault
    with pytest.raises(CollageError, match=r"^drawing\.png: it "):
        raster_of(content)


@pytest.mark.parametrize("crop", [Crop(0.5, 0, 0.5, 1), Crop(0, 0, 1.2, 1), Crop(0.9, 0, 0.1, 1)])
def test_an_impossible_crop_is_refused(crop: Crop) -> None:
    assert "crop" in (figure_fault(figure(crop=crop), saved(bars(100, 80))) or "")


def test_a_crop_to_nothing_but_white_is_refused() -> None:
    assert "blank" in (figure_fault(figure(crop=Crop(0, 0, 0.1, 0.1)), saved(bars(300, 200, border=200))) or "")


FORMS = [saved(bars(60, 40), form) for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")]


@settings(max_examples=150)
@given(st.integers(0, len(FORMS) - 1), st.integers(0, 10_000))
def test_damage_anywhere_is_survived(which: int, seed: int) -> None:
    luck = Random(seed)
    content = bytearray(FORMS[which])
    for _ in range(luck.randint(1, 8)):
        content[luck.randrange(len(content))] = luck.randrange(256)
    fault = figure_fault(figure(), bytes(content))
    assert fault is None or fault.startswith(("it ", "its "))


def test_one_strong_colour_gives_the_hue_and_can_be_read() -> None:
    hue = hue_of(raster_of(saved(bars(300, 200, ink="#4aa3ff"))))
    assert hue
    red, green, blue = (int(hue[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > green > red


@pytest.mark.parametrize("ink", ["#333333", "#ff9900", "#b0b0b8"])
def test_grey_and_warm_figures_give_no_hue(ink: str) -> None:
    assert hue_of(raster_of(saved(bars(300, 200, ink=ink)))) is None


def test_a_figure_of_many_colours_gives_no_hue() -> None:
    many = Image.new("RGB", (300, 100), "white")
    for place, ink in enumerate(("red", "green", "blue", "magenta", "cyan")):
        ImageDraw.Draw(many).rectangle((60 * place, 10, 60 * place + 50, 90), fill=ink)
    assert hue_of(raster_of(saved(many))) is None


def test_reading_twice_gives_equal_pixels() -> None:
    content = saved(bars(700, 500), "JPEG")
    one, other = (raster_of(content).render(333, 238) for _ in range(2))
    assert one.tobytes() == other.tobytes()


def test_real_figures_are_read() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seed figures are not beside this checkout")
    for path in sorted(SEEDS.glob("*/*.png")):
        raster = raster_of(path.read_bytes())
        with Image.open(io.BytesIO(path.read_bytes())) as source:
            assert 0.7 * source.width < raster.width <= source.width, path.name
