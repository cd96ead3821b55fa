"""An entry told in Chinese."""

from dataclasses import replace

from bot.model.entry import EntryText
from bot.model.panel import BigNumber
from bot.model.paper import Paper
from tests.collage.samples import CONVIT, CURVES, EQUATION, NUMBER, PAPER, TEXT

CHINESE = EntryText(
    headline="从卷积开始、再自己忘掉卷积的注意力。",
    question="卷积用很少的数据就能学会，注意力则看得更远。能否让同一个网络从“卷积”开始，再慢慢变成注意力？",
    key_idea="让每个注意力头从卷积起步，并给它一个可学习的门：一边按位置看，一边按内容看，由训练来决定比例。",
    summary="卷积需要的数据更少。",
    take_away="先验只是起点，留下多少由数据（data）来决定。",
    shorter={"take_away": ("先验只是起点。",)},
)
CHINESE_PAPER: Paper = replace(
    PAPER,
    title="面向小样本图像分类的软卷积归纳偏置：让视觉 Transformer 从 ConvNet 起步并在训练中自行遗忘",
    authors=("王小明", "李雷", "韩梅梅", "Jane Doe"),
    venue="计算机学报 2021",
)
CHINESE_PANELS = (
    replace(
        CURVES,
        title="不同数据量下的准确率",
        caption="数据越少，领先越多。",
        x_label="用于训练的 ImageNet 比例",
        y_label="top-1 准确率（%）",
        source="表 2",
    ),
    replace(EQUATION, caption="每个头只有一个可学习的门，决定位置与内容的比重。", source="公式 6–7"),
    BigNumber(
        replace(NUMBER, meaning="ConViT-S+ 在 ImageNet 上的 top-1 准确率", against="DeiT-B 的 81.8 %", source="表 1")
    ),
)
BILINGUAL = replace(CONVIT, texts={"en": TEXT, "zh": CHINESE}, panels_in={"zh": CHINESE_PANELS})
