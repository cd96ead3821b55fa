"""How Chinese is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.chinese import set_chinese


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("在ImageNet上,它达到47.8%。", "在 ImageNet 上，它达到 47.8%。"),
        ("先做A,再做B;最后:完成.", "先做 A，再做 B；最后：完成。"),
        ("模型 ( 小 ) 很好", "模型（小）很好"),
        ("注意力(attention)机制", "注意力（attention）机制"),
        ("共 1,000 张 , 很好 ...", "共 1,000 张，很好……"),
        ('它叫"卷积"网络', "它叫“卷积”网络"),
        ("使用 DINO, MAE 和 CLIP.", "使用 DINO、MAE 和 CLIP。"),
        ("为什么?因为 3.5 倍.", "为什么？因为 3.5 倍。"),
        ("已经，对了。", "已经，对了。"),
        ("Lee et al. 提出", "Lee et al. 提出"),
        ("复杂度为 O(n) 的", "复杂度为 O(n) 的"),
        ("f(x) 是", "f(x) 是"),
        ("注意力 vs. 卷积", "注意力 vs. 卷积"),
        ("注意力vs.卷积", "注意力 vs.卷积"),
        ("e.g. 卷积, i.e. 门, Fig. 一", "e.g. 卷积，i.e. 门，Fig. 一"),
        ("(小) 很好, 用 final. 好", "（小）很好，用 final。好"),
    ],
)
def test_punctuation_is_full_width_and_latin_stands_apart(typed: str, printed: str) -> None:
    assert set_chinese(typed) == printed


@given(st.text(alphabet="学习，。,.:;!?()\"' aB3%-", max_size=60))
def test_letters_and_figures_stay_as_they_are(text: str) -> None:
    assert [each for each in set_chinese(text) if each.isalnum()] == [each for each in text if each.isalnum()]
