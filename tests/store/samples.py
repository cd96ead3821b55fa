"""Entries that use every field there is, for tests that write and read."""

from dataclasses import replace

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.month import Month
from bot.model.panel import BigNumber, Chart, ChartKind, ChartSeries, Equation, Number
from bot.model.paper import Link, LinkKind, Paper

SERIES = Series(
    slug="ml-collage",
    name="ML-Collage",
    description="One paper a week.",
    timezone="Europe/Berlin",
    weekly_at="mon 09:00",
    roundup_at="last 18:00",
    total=52,
    insights=True,
    since=Month(2021, 2),
)
VISION = Topic("vision-transformers", "Vision transformers", ("ViT", "image transformer"))
BIAS = Topic("inductive-bias", "Inductive bias")
ACCURACY = Number("81.3 %", "top-1 accuracy", "Table 1", against="79.8 % for DeiT-S")
TEXT = EntryText(
    headline="Attention that starts as a convolution.",
    question="Can a network begin as one and become the other?",
    key_idea="Start heads as convolutions.",
    summary="Convolutions learn from little data.",
    take_away="Offer the prior as a starting point.",
    why="It settles a quarrel.",
    key_insights=("Early layers stay local.", "Late ones do not."),
)
CHINESE = replace(TEXT, headline="从卷积开始的注意力", summary="卷积适合小数据，元学习则不然。")
SCATTER = Chart(
    kind=ChartKind.SCATTER,
    title="Size and accuracy",
    caption="Larger is better.",
    source="Fig. 1",
    series=(ChartSeries("ConViT", (1.5, None, 3.0), highlight=True, x=(1.0, 2.0, 3.0), labels=("Ti", "", "B")),),
    log_x=True,
    lower_is_better=True,
)
BARS = Chart(
    kind=ChartKind.BAR,
    title="Accuracy",
    caption="ConViT leads.",
    source="Table 2",
    series=(ChartSeries("ConViT", (47.8, 59.6)),),
    categories=("5 %", "10 %"),
    x_label="share",
    y_label="accuracy",
    unit="%",
)
CONVIT = Entry(
    slug="ml-collage/27-convit",
    series=SERIES,
    number=27,
    month=Month(2021, 8),
    state=EntryState.PUBLISHED,
    paper=Paper(
        ArxivId("2103.10697"),
        2,
        "ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases",
        ("Stéphane d'Ascoli", "Hugo Touvron"),
        2021,
        "ICML 2021",
    ),
    links=(Link(LinkKind.CODE, "https://github.com/facebookresearch/convit"), Link(LinkKind.TALK, "https://a.example")),
    topics=(VISION, BIAS),
    aliases=("ConViT", "gated positional self-attention"),
    numbers=(ACCURACY, Number("305", "images per second", "Table 1")),
    panels=(BigNumber(ACCURACY), Equation("E = mc^2", "Energy.", "eq. 1", short="E"), SCATTER, BARS),
    texts={"en": TEXT, "zh": CHINESE},
)


def another(number: int, *, arxiv: str, title: str, state: EntryState = EntryState.PUBLISHED) -> Entry:
    """An entry like ConViT under another number, about another paper."""
    return replace(
        CONVIT,
        slug=f"ml-collage/{number:02d}",
        number=number,
        state=state,
        paper=replace(CONVIT.paper, arxiv_id=ArxivId(arxiv), title=title),
        topics=(BIAS,),
        aliases=(),
    )
