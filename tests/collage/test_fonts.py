from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from bot.collage.check.hard.ink import _holds_ink
from bot.collage.frame import Role, TextStyle
from bot.collage.lettering import fonts
from bot.collage.lettering.coverage import HAN, SYMBOL, TEXT
from bot.collage.lettering.fonts import layout_engine
from bot.collage.lettering.typeset import Ink, set_line
from tests.collage.engines import EVERY_ENGINE, set_by

STYLE = TextStyle(40, 400, 1.0)


@pytest.mark.parametrize(
    ("raw", "drawn"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  gaps ", "two lines and gaps"),
        ("a\x00b\u202ec\u200d", "abc"),
        ("e\u0301", "é"),
        ("launch 🎉🚀 day", "launch day"),
        ("by 王小明 and مرحبا", "by 王小明 and …"),
        ("参数……不变", "参数……不变"),
        ("全角\u3000空格", "全角 空格"),
        ("∇f ∈ ℝ ≤ α", "∇f ∈ ℝ ≤ α"),
        ("5\u00a0%", "5\u00a0%"),
    ],
)
def test_every_text_becomes_one_line_that_can_be_drawn(raw: str, drawn: str) -> None:
    assert fonts.drawable(raw) == drawn


@given(st.text())
def test_what_is_drawable_has_a_glyph_for_every_character(text: str) -> None:
    clean = fonts.drawable(text)
    assert all(fonts.family_of(character) for character in clean)
    assert fonts.drawable(clean) == clean


def test_chinese_and_mathematics_can_be_drawn_and_arabic_cannot() -> None:
    assert fonts.can_draw("先验只是起点，∇f ∈ ℝ, naïve!")
    assert not fonts.can_draw("سؤال")


def test_characters_the_text_font_lacks_come_from_another() -> None:
    families = [piece.family.split("/")[0] for piece in fonts.shape("∇f 验", STYLE).pieces]
    assert families == [SYMBOL, TEXT, HAN]


@EVERY_ENGINE
def test_chinese_characters_stand_an_em_apart(engine: ImageFont.Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    with set_by(engine, monkeypatch):
        shaped = fonts.shape("先验，是", STYLE)
    assert [piece.offset for piece in shaped.pieces] == [0, 40, 80, 120]
    assert shaped.width == 160


def test_measuring_chinese_opens_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_load", lambda *_: pytest.fail("a font was opened"))
    assert fonts.shape("一个从未量过的句子", TextStyle(41, 400, 1.0)).width == 9 * 41


@EVERY_ENGINE
@pytest.mark.parametrize("text", ["AVATAR To Ty", "深度 ResNet-50 网络", "∇f ≤ α", "Łódź"])
def test_every_engine_draws_what_it_measured(
    text: str, engine: ImageFont.Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with set_by(engine, monkeypatch):
        shaped, (rise, fall) = fonts.shape(text, STYLE), fonts.extent(text, STYLE)
        sheet = Image.new("L", (round(shaped.width) + 80, 120))
        for piece in shaped.pieces:
            face = fonts.font(piece.family, STYLE)
            ImageDraw.Draw(sheet).text((40 + piece.offset, 60), piece.text, 255, face, "ls")
    left, top, right, bottom = sheet.getbbox() or (0, 0, 0, 0)
    assert left >= 39
    assert right <= 43 + shaped.width
    assert top >= 60 - rise
    assert bottom <= 60 + fall


def test_no_more_fonts_are_held_than_a_chinese_page_needs() -> None:
    for size in range(20, 140):
        fonts.font(TEXT, TextStyle(size, 400, 1.0))
    assert len(fonts._local.fonts) <= 40
    assert fonts.font(TEXT, TextStyle(139, 400, 1.0)) is fonts.font(TEXT, TextStyle(139, 400, 1.0))


def test_tracking_widens_a_text_between_its_letters_only() -> None:
    tracked = TextStyle(40, 400, 1.0, tracking=0.1)
    assert fonts.shape("abc", tracked).width == pytest.approx(fonts.shape("abc", STYLE).width + 2 * 4, abs=0.05)


def test_widths_hold_for_every_size_at_which_raqm_draws() -> None:
    if layout_engine() != "raqm":
        pytest.skip("libfribidi is not installed")
    text = "Attention may reach further: 81.3 % AVATAR"
    for size in (16, 22, 25, 38, 113):
        style = TextStyle(size, 550, 1.333)
        drawn = fonts.font(TEXT, style).getlength(text) / style.scale
        assert fonts.shape(text, style).width == pytest.approx(drawn, abs=0.4)


def test_heavier_letters_are_wider() -> None:
    assert fonts.shape("weight", TextStyle(40, 800, 1.0)).width > fonts.shape("weight", STYLE).width


def test_ink_reaches_as_far_as_the_letters_do() -> None:
    rise, fall = fonts.extent("x", STYLE)
    high, low = fonts.extent("Åj", STYLE)
    assert high > rise
    assert low > fall


def test_each_thread_has_fonts_of_its_own() -> None:
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(fonts.font, TEXT, STYLE).result()
    assert other is not fonts.font(TEXT, STYLE)
    assert fonts.font(TEXT, STYLE) is fonts.font(TEXT, STYLE)


def test_the_layout_engine_has_a_name() -> None:
    assert layout_engine() in {"raqm", "basic"}


@pytest.mark.parametrize("size", [40, 160, 432])
def test_raised_figures_lie_inside_their_box_however_large_they_are(size: int) -> None:
    style = TextStyle(size, 750, 1.4222, tracking=-0.025)
    text = set_line("10⁻⁷", (0, 1000), style, Ink(Role.NUMBER, "#ffffff", "#000000"))
    assert _holds_ink(text)
