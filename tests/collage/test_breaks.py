import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.frame import TextStyle
from bot.collage.lettering.breaks import is_tight, words_of
from bot.collage.lettering.measure import paragraph

STYLE = TextStyle(10, 400, 1.0)
CLOSING, OPENING = "，。、；：？！）」』》…", "（「『《"
CHINESE = st.text("先验只是起点" + CLOSING + OPENING + "aZ9 .,-%", min_size=1, max_size=60)


def lines_of(text: str, width: float) -> list[str]:
    return ["".join(span.text for span in line) for line in paragraph(text, STYLE, width).lines]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two", "one|two"),
        ("81.3 % of 5 ms", "81.3\u00a0%|of|5\u00a0ms"),
        ("先验是起点", "先|验|是|起|点"),
        ("卷积（CNN）很好。", "卷|积|（CNN）|很|好。"),
        ("用ResNet-50训练", "用|ResNet-50|训|练"),
        ("提高12.5个百分点", "提|高|12.5个|百|分|点"),
        ("《注意力》、“门”", "《注|意|力》、|“门”"),
        ("参数——不变……", "参|数——|不|变……"),
    ],
)
def test_lines_break_where_a_reader_would_break_them(text: str, parts: str) -> None:
    assert "|".join(part for part, _ in words_of(text)) == parts


def test_parts_know_whether_a_space_stood_before_them() -> None:
    assert words_of("在 ImageNet上") == [("在", False), ("ImageNet", False), ("上", True)]


@given(CHINESE, st.floats(60, 400))
def test_nothing_is_lost_and_marks_stay_with_their_words(text: str, width: float) -> None:
    lines = lines_of(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert paragraph(text, STYLE, width).width <= width


@given(st.lists(st.sampled_from(["先验", "（门）", "是，", "起点。", "《图》", "好？！"]), min_size=1, max_size=30))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(parts: list[str]) -> None:
    lines = lines_of("".join(parts), 80)
    assert not any(line[0] in CLOSING for line in lines)
    assert not any(line[-1] in OPENING for line in lines)


def test_a_chinese_lead_needs_no_space_behind_it() -> None:
    (line,) = paragraph("门控", STYLE, 400, lead="思路：").lines
    assert line[1].offset == line[0].width
    assert is_tight("思路：")
    assert not is_tight("Idea.")
