from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage import fonts, layout_engine
from bot.collage.fonts import Family
from bot.collage.frame import TextStyle

STYLE = TextStyle(40, 400, 1.0)


@pytest.mark.parametrize(
    ("raw", "drawn"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  gaps ", "two lines and gaps"),
        ("a\x00b\u202ec\u200d", "abc"),
        ("e\u0301", "é"),
        ("launch 🎉🚀 day", "launch day"),
        ("by 王小明 and مرحبا", "by … and …"),
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


def test_chinese_cannot_be_drawn_and_mathematics_can() -> None:
    assert not fonts.can_draw("先验")
    assert fonts.can_draw("∇f ∈ ℝ, naïve!")


def test_characters_the_text_font_lacks_come_from_the_symbol_font() -> None:
    families = [piece.family for piece in fonts.shape("∇f", STYLE).pieces]
    assert families == [Family.SYMBOL, Family.TEXT]


def test_tracking_widens_a_text_between_its_letters_only() -> None:
    tracked = TextStyle(40, 400, 1.0, tracking=0.1)
    assert fonts.shape("abc", tracked).width == pytest.approx(fonts.shape("abc", STYLE).width + 2 * 4, abs=0.05)


def test_heavier_letters_are_wider() -> None:
    assert fonts.shape("weight", TextStyle(40, 800, 1.0)).width > fonts.shape("weight", STYLE).width


def test_ink_reaches_as_far_as_the_letters_do() -> None:
    rise, fall = fonts.extent("x", STYLE)
    high, low = fonts.extent("Åj", STYLE)
    assert high > rise
    assert low > fall


def test_each_thread_has_fonts_of_its_own() -> None:
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(fonts.font, Family.TEXT, STYLE).result()
    assert other is not fonts.font(Family.TEXT, STYLE)
    assert fonts.font(Family.TEXT, STYLE) is fonts.font(Family.TEXT, STYLE)


def test_the_layout_engine_has_a_name() -> None:
    assert layout_engine() in {"raqm", "basic"}
