"""A small paper of our own making, what a plain draft says of it, and what a good language model would."""

from datetime import date
from typing import Any

from bot.editorial.drafting.saying.words import Words
from bot.model.arxiv_id import ArxivId
from bot.model.entry import EntryText, Topic
from bot.model.manuscript import FoundFigure, FoundTable, Manuscript, Reading, Record, Section, SectionKind
from bot.model.paper import Paper

ABSTRACT = (
    "Convolutional networks learn well from few images, while attention needs many. We ask whether one network can "
    "start as the former and become the latter. We introduce GateNet, in which every head begins as a convolution and "
    "learns a gate that lets it look elsewhere. Trained on 5% of ImageNet, GateNet-S reaches 47.8% top-1 accuracy, "
    "against 34.8% for DeiT-S. It uses 27M parameters and is evaluated on three datasets: ImageNet, CIFAR-100 and "
    "Flowers. Heads in early layers stay local, heads in late layers open their gates. The price is speed: GateNet-S "
    "handles 305 images per second, DeiT-S 587."
)
MANUSCRIPT = Manuscript(
    Record(
        Paper(
            ArxivId("2103.10697"),
            1,
            "GateNet: From Convolution to Attention",
            ("Zoë Müller", "Ada O'Neil"),
            2021,
            "ICML 2021",
        ),
        ABSTRACT,
        ("cs.CV",),
        date(2021, 3, 19),
        date(2021, 3, 19),
    ),
    Reading(
        sections=(
            Section(
                "Introduction",
                SectionKind.INTRODUCTION,
                ("Attention was made popular by the Transformer of Vaswani et al. (2017).",),
            ),
            Section(
                "Conclusion",
                SectionKind.CONCLUSION,
                ("It takes 1.2 × 10⁶ steps on 8 GPUs, twice as many as DeiT.",),
            ),
        ),
        figures=(
            FoundFigure("1", "Overview. Left: the gate of a head. Right: a convolution as attention.", (), 0),
            FoundFigure("2", "Accuracy by share of the training images.", (), 1),
        ),
        tables=(FoundTable("1", "Top-1 accuracy (%).", 0, (("model", "5%", "100%"), ("GateNet-S", "47.8", "81.4"))),),
    ),
)
PLAIN = Words(
    texts={
        "en": EntryText(
            headline="The plain headline.",
            question="What does the plain draft ask?",
            key_idea="The plain key idea.",
            summary=" ".join(["plain"] * 85) + ".",
            take_away="The plain take-away.",
            why="The plain reason.",
            key_insights=("The first plain insight.", "The second plain insight."),
            shorter={"question": ("What is asked?",)},
        )
    },
    topics=(Topic("vision-transformers", "Vision transformers"),),
    numbers=(),
    notes=("A note of the plain draft.",),
)


def answer() -> dict[str, Any]:
    """What a good model answers; a fresh copy to spoil."""
    return {
        "en": {
            "headline": "Attention that starts as a convolution.",
            "question": {
                "long": "Convolutions learn from few images, attention needs many. Can one network become the other?",
                "medium": "Can a network start as a convolution and become attention?",
                "short": "Can a convolution become attention?",
            },
            "key_idea": {
                "long": "Each head begins as a convolution and learns a gate that lets it look elsewhere.",
                "medium": "Each head starts local and learns a gate to leave.",
                "short": "A learned gate per head.",
            },
            "summary": [
                "Convolutional networks learn well from few images, and attention needs many of them to get as good.",
                "GateNet begins as the first and may become the second, if the training images ask for it.",
                "Every head imitates a convolution at the start and learns a gate that lets it look elsewhere.",
                "Trained on 5 % of ImageNet, GateNet-S reaches 47.8 % top-1 accuracy, and DeiT-S 34.8 %.",
                "Heads in early layers stay local, and those in late layers open their gates and look far.",
                "The network was tried on three datasets, from CIFAR-100 with small images to ImageNet.",
                "The price is speed, because GateNet-S handles 305 images per second and DeiT-S handles 587.",
            ],
            "take_away": {
                "long": "Offer the convolution as a start, and let training decide what stays.",
                "medium": "Offer a convolution, let training decide what stays.",
                "short": "Let training decide what stays.",
            },
            "why": "The paper shows that the choice between convolution and attention can be learned.",
            "key_insights": ["Early heads stay local.", "Late heads open their gates.", "Speed is the price."],
        },
        "zh": {
            "headline": "从卷积出发的注意力。",
            "question": {
                "long": "卷积用少量图像就能学好，注意力需要很多。一个网络能否从前者变成后者？",
                "medium": "网络能否从卷积出发，变成注意力？",
                "short": "卷积能否变成注意力？",
            },
            "key_idea": {
                "long": "每个头一开始就是卷积，再学习一个门，决定看向哪里。",
                "medium": "每个头从局部开始，学习一个门。",
                "short": "每个头一个门。",
            },
            "summary": [
                "卷积网络用少量图像就能学好，而注意力需要很多图像才能达到同样的水平。",
                "GateNet 一开始像卷积，训练之后可以变成注意力，由数据决定走多远。",
                "每个头先模仿卷积，再学习一个门，由它决定是否看向别处。",
                "只用 5 % 的 ImageNet 训练时，GateNet-S 的 top-1 准确率为 47.8 %，DeiT-S 为 34.8 %。",
                "浅层的头保持局部，深层的头打开门。",
                "代价是速度：GateNet-S 每秒处理 305 张图像，DeiT-S 为 587 张。",
            ],
            "take_away": {
                "long": "先给出卷积，再让训练决定保留多少。",
                "medium": "先给卷积，再让训练决定。",
                "short": "让训练决定。",
            },
            "why": "论文表明，卷积与注意力之间的取舍可以学习。",
            "key_insights": ["浅层的头保持局部。", "深层的头打开门。", "代价是速度。"],
        },
        "annotations": [
            {"figure": "1", "english": "the gate of a head", "across": "left", "down": ""},
            {"figure": "1", "english": "a convolution as attention", "across": "right", "down": ""},
        ],
    }
