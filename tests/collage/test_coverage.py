import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.lettering.coverage import HAN, INDEX, SYMBOL, TEXT, Index, font_of, is_square, path_of
from tests.collage.font_index import read_fonts

POINTS = st.dictionaries(st.integers(0, 0x1FFFF), st.booleans(), max_size=20)


@pytest.mark.slow
def test_the_index_says_what_the_fonts_say() -> None:
    assert Index.unpack(INDEX.read_bytes()) == read_fonts()


@given(st.dictionaries(st.text("abc", min_size=1), POINTS, min_size=1, max_size=5))
def test_an_index_is_read_as_it_was_written(fonts: dict[str, dict[int, bool]]) -> None:
    index = Index.of(fonts)
    assert Index.unpack(index.pack()) == index


def test_the_first_font_that_has_a_character_is_asked() -> None:
    index = Index.of({"one": {65: False}, "two": {65: True, 66: True}})
    assert [index.table[point] for point in (64, 65, 66)] == [0, 1, 2 + 128]


@pytest.mark.parametrize(("character", "name"), [("a", TEXT), ("≤", TEXT), ("∇", SYMBOL), ("ع", None), ("🎉", None)])
def test_each_character_has_its_font(character: str, name: str | None) -> None:
    assert font_of(character) == name


def level(first: int, last: int) -> list[str]:
    """The characters of some rows of GB 2312."""
    codes = (bytes((high, low)) for high in range(first, last) for low in range(0xA1, 0xFF))
    return [character for character in (code.decode("gb2312", "ignore") for code in codes) if character]


def test_every_common_chinese_character_and_nearly_every_rare_one_can_be_drawn() -> None:
    common, rare = level(0xB0, 0xD8), level(0xD8, 0xF8)
    assert (len(common), len(rare)) == (3755, 3008)
    assert all(is_square(character) and (font_of(character) or "").startswith(HAN) for character in common)
    assert sum(font_of(character) is None for character in rare) <= 33  # the slices have no more


def test_only_characters_of_east_asian_width_are_square() -> None:
    narrow = [chr(point) for point in range(0x3000) if is_square(chr(point))]
    assert all(unicodedata.east_asian_width(character) in "WFAN" for character in narrow)
    assert not any(character.isascii() for character in narrow)


def test_every_font_of_the_index_is_there() -> None:
    assert all(path_of(name).is_file() for name in Index.unpack(INDEX.read_bytes()).names)
