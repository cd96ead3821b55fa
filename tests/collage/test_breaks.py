import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.frame import TextStyle
from bot.collage.lettering.breaks import is_tight, parts_of
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
        ("提高 12.5 个点", "提|高|12.5\u00a0个|点"),
        ("见图 2 和第 3 节", "见|图\u00a02|和|第\u00a03\u00a0节"),
        ("《注意力》、“门”", "《注|意|力》、|“门”"),
        ("参数——不变……", "参|数——|不|变……"),
    ],
)
def test_lines_break_where_a_reader_would_break_them(text: str, parts: str) -> None:
    assert "|".join(part.text for part in parts_of(text)) == parts


def test_parts_know_whether_a_space_stood_before_them() -> None:
    assert [(part.text, part.is_joined) for part in parts_of("在 ImageNet上")] == [
        ("在", False),
        ("ImageNet", False),
        ("上", True),
    ]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("梯度下降往往落入容易的解", "梯度|下降|往往|落入|容易|的|解"),
        ("每个神经元都记得数据集", "每个|神经元|都|记得|数据集"),
        ("只用 Transformer 能搭出 GAN 吗", "只用|Transformer|能|搭出|GAN|吗"),
        ("one plain sentence", "one|plain|sentence"),
    ],
)
def test_chinese_words_are_known_though_no_space_parts_them(text: str, phrases: str) -> None:
    said = "".join(("" if part.is_within else "|") + part.text for part in parts_of(text))
    assert said.removeprefix("|") == phrases


def test_a_line_gives_way_so_that_a_chinese_word_stays_whole() -> None:
    assert lines_of("生成器逐级提高分辨率并收窄嵌入", 101)[0] == "生成器逐级提高分辨率"
    assert lines_of("先学会再预测结果", 51)[0] == "先学会再"


@given(CHINESE)
def test_only_between_chinese_characters_is_a_part_within_a_phrase(text: str) -> None:
    parts = parts_of(text)
    assert all(part.is_joined and part.text[0] > "\u2e80" for part in parts if part.is_within)


def test_pictures_without_chinese_never_read_the_model() -> None:
    script = (
        "import sys; from bot.collage.lettering.breaks import parts_of;"
        " parts_of('a naïve idea – 5 %'); assert 'budoux' not in sys.modules;"
        " parts_of('先验'); assert 'budoux' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


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
