"""Entries to compose, from the ordinary to the awkward."""

from dataclasses import replace

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series
from bot.model.month import Month
from bot.model.panel import BigNumber, Chart, ChartKind, ChartSeries, Equation, Number, Panel
from bot.model.paper import Paper

SERIES = Series(
    slug="ml-collage",
    name="ML-Collage",
    description="One paper a week.",
    timezone="UTC",
    weekly_at="mon 09:00",
    roundup_at=None,
    total=52,
)
TEXT = EntryText(
    headline="Attention that starts as a convolution and unlearns it.",
    question="Convolutions learn from little data, attention may reach further. Can a network begin as one "
    "and become the other?",
    key_idea="Start attention heads as convolutions, and give each a learned gate between looking by position "
    "and looking by content.",
    summary="Convolutions cope with little data.",
    take_away="Offer the prior as a starting point, and let training decide how much to keep.",
)
PAPER = Paper(
    arxiv_id=ArxivId("2103.10697"),
    version=2,
    title="ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases",
    authors=("Stéphane d'Ascoli", "Hugo Touvron", "Matthew Leavitt", "Ari Morcos", "Giulio Biroli", "Levent Sagun"),
    year=2021,
    venue="ICML 2021",
)
NUMBER = Number("82.2 %", "ImageNet top-1 of ConViT-S+", "Table 1", against="81.8 % for DeiT-B")
EQUATION = Equation(
    latex=r"A_{ij}=(1-\sigma(\lambda))\,\mathrm{softmax}(Q_iK_j^{\top})+\sigma(\lambda)\,\mathrm{softmax}(v^{\top}r_{ij})",
    caption="One learned gate per head sets how much position counts against content.",
    source="eqs. 6–7",
    short=r"A=(1-g)\,C+g\,P",
)
CURVES = Chart(
    kind=ChartKind.LINE,
    title="Accuracy by share of ImageNet used",
    caption="The less data there is, the larger the lead.",
    source="Table 2",
    series=(
        ChartSeries("ConViT-S", (47.8, 59.6, 73.7, 78.2, 81.4), highlight=True),
        ChartSeries("DeiT-S", (34.8, 48.0, 66.1, 74.6, 79.9)),
    ),
    categories=("5 %", "10 %", "30 %", "50 %", "100 %"),
    x_label="share of ImageNet for training",
    y_label="top-1 accuracy (%)",
    unit="%",
)
BARS = Chart(
    kind=ChartKind.BAR,
    title="Seven data sets",
    caption="It leads on each of them.",
    source="Table 3",
    series=(
        ChartSeries("the method of the paper", (81.4, 64.0, 53.5, 77.7, 12.0, 99.1, 45.0), highlight=True),
        ChartSeries("baseline", (53.3, 53.2, 52.6, 2.1, None, 98.0, 44.0)),
    ),
    categories=tuple(f"a data set with a rather long name, number {i}" for i in range(7)),
    unit="%",
)
DOTS = Chart(
    kind=ChartKind.SCATTER,
    title="Accuracy against time",
    caption="Above the others.",
    source="Table 3",
    series=(
        ChartSeries("NFNet", (83.6, 84.7, 85.1), highlight=True, x=(73.0, 158.0, 295.0), labels=("F0", "F1", "F2")),
        ChartSeries("EfficientNet", (81.6, 82.9, 83.7), x=(128.0, 246.0, 450.0), labels=("B3", "B4", "B5")),
    ),
    x_label="time per step (ms)",
    y_label="top-1 (%)",
    log_x=True,
)


def entry(*panels: Panel, paper: Paper = PAPER, text: EntryText = TEXT, number: int | None = 27) -> Entry:
    """An entry that shows *panels*."""
    numbers = tuple(visual.number for visual in panels if isinstance(visual, BigNumber))
    return Entry(
        slug="ml-collage/27-convit",
        series=SERIES,
        number=number,
        month=Month(2021, 8),
        state=EntryState.PUBLISHED,
        paper=paper,
        links=(),
        topics=(),
        aliases=(),
        numbers=numbers or (NUMBER,),
        panels=panels,
        texts={"en": text},
    )


CONVIT = entry(CURVES, EQUATION, BigNumber(NUMBER))
AWKWARD = {
    "three visuals": CONVIT,
    "no visual": entry(),
    "no visual and no number": replace(entry(), numbers=()),
    "one visual": entry(EQUATION),
    "a title of three lines": entry(
        CURVES, paper=replace(PAPER, title="A Rather Long Title That Goes On and On " * 4 + "Until It Ends")
    ),
    "sixty authors": entry(CURVES, paper=replace(PAPER, authors=tuple(f"Given{i} Family{i}" for i in range(60)))),
    "long names of authors": entry(
        CURVES, paper=replace(PAPER, authors=("Wolfeschlegelsteinhausenbergerdorff Hubert Blaine " * 2,) * 3)
    ),
    "no venue": entry(CURVES, paper=replace(PAPER, venue=None)),
    "a long venue": entry(CURVES, paper=replace(PAPER, venue="Transactions of the Association for Linguistics " * 2)),
    "seven categories with long names": entry(BARS, BigNumber(NUMBER)),
    "a scatter chart": entry(DOTS, EQUATION),
    "a wide formula": entry(replace(EQUATION, latex="+".join(f"x_{{{i}}}" for i in range(40)), short=None)),
    "a wide formula with a short form": entry(
        replace(EQUATION, latex="+".join(f"x_{{{i}}}" for i in range(40)), short="x_1+x_2"), CURVES, BigNumber(NUMBER)
    ),
    "Arabic, emoji and control characters": entry(
        CURVES,
        text=replace(
            TEXT, key_idea="A \u202egate \x00 in every head 🎉 مرحبا بالعالم with ∇f ∈ ℝ and Ḁ", question="سؤال"
        ),
    ),
    "two equal charts": entry(CURVES, CURVES),
    "a chart of gaps": entry(replace(CURVES, series=(ChartSeries("nothing", (None, None)),)), BigNumber(NUMBER)),
    "a chart of one point": entry(
        replace(CURVES, categories=("all",), series=(ChartSeries("one", (3.0,)), ChartSeries("two", (3.0,))))
    ),
    "values that differ wildly": entry(
        replace(CURVES, log_y=True, series=(ChartSeries("samples", (51.2, 26214.0, 1.79e7, 1.37e10, 1.13e13)),))
    ),
    "a number of many characters": entry(BigNumber(replace(NUMBER, value="1,234,567,890,123 million dollars"))),
    "a long meaning": entry(BigNumber(replace(NUMBER, meaning="what it counts is not quickly said " * 3)), CURVES),
}
