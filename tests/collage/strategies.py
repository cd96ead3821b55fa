"""Random entries: words of many scripts, panels of every kind, figures of every shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from PIL import Image

from bot.collage.figures import read_figure
from bot.collage.frame import Raster
from bot.model.entry import Entry, EntryText
from bot.model.panel import (
    Annotation,
    Baseline,
    BigNumber,
    Chart,
    ChartKind,
    ChartSeries,
    Crop,
    Diagram,
    Equation,
    Figure,
    Note,
    Number,
    Panel,
    Quote,
    Step,
    Steps,
    Table,
    Term,
)
from tests.collage.drawings import bars, figure, pdf, saved, svg
from tests.collage.samples import PAPER, entry

_PLAIN = (
    "a",
    "the",
    "of",
    "and",
    "with",
    "gate",
    "heads",
    "learns",
    "attention",
    "network",
    "little",
    "training",
    "each",
)
_LONG = ("representation", "convolution", "self-supervised", "state-of-the-art", "Donaudampfschifffahrtsgesellschaft")
_ODD = (
    "注意力机制",
    "学习表示",
    "Обучение",
    "μάθηση",
    "Schrödinger’s",
    "Việt",
    "मराठी",
    "مرحبا",
    "שלום",
    "機械学習",
    "학습",
    "∇f",
    "ℝᵈ",
    "Ḁ",
    "e\u0301",
    "🎉",
    "👩‍🔬",
    "\u202e",
    "\x00",
    "\u200b",
    "a\tb",
    "“so”",
    "—",
    "https://example.org/a/very/long/address?of=some&page=there",
    "W" * 40,
    "<b>&amp;",
    "\\frac{a}{b}",
)
_MARKS = ("%", " ms", "×", " dB", "")

WORDS = st.sampled_from(_PLAIN) | st.sampled_from(_LONG) | st.sampled_from(_ODD) | st.text("abcdé 漢عß.,", max_size=9)
_PROSE = st.one_of(st.sampled_from(_PLAIN), st.sampled_from(_PLAIN), st.sampled_from(_LONG), st.sampled_from(_ODD))


def sentences(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """From *least* to *most* words, none of them a number: those would need a source."""
    return st.lists(_PROSE, min_size=least, max_size=most).map(" ".join)


def shorter(most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to two shorter forms of a text of *most* words."""
    return st.lists(sentences(max(2, most // 2), 1), max_size=2).map(tuple)


VALUES = st.one_of(
    st.integers(0, 100).map(float),
    st.floats(-100, 100).map(lambda value: round(value, 2)),
    st.sampled_from([0.0, 1e-9, 3.2e-5, 1.7e9, 4e13, -2.5e6, 99.95]),
)
_POSITIVE = st.integers(1, 1000).map(float) | st.sampled_from([1e-6, 0.3, 5e7, 2e12])
NUMBERS = st.builds(
    Number,
    value=st.sampled_from(
        [
            "7",
            "81.3 %",
            ">50,000",
            "+11.6 points",
            "−3.2 dB",
            "10⁻⁷",
            "1,234,567,890,123",
            "2–3 ×",
            "5×10¹²",
            "one",
            "½",
        ]
    ),
    meaning=sentences(16, 1),
    source=st.sampled_from(["Table 1", "sec. 4.2, p. 7", "Fig. 3 (left); our count"]),
    against=st.none() | st.sampled_from(["79.8 % for DeiT-S", "a baseline with a rather long name of 12 words"]),
    meaning_shorter=shorter(8),
)
_LATEX = (
    (r"E=mc^2", None, ("E", "m")),
    (r"A=(1-\sigma(\lambda))\,A_{\text{content}}+\sigma(\lambda)\,A_{\text{position}}", r"A=(1-g)\,C+g\,P", ("A", "g")),
    (r"G_i\to\lambda\,\frac{\|W_i\|}{\|G_i\|}\,G_i", None, (r"\|W_i\|", r"\|G_i\|")),
    (r"P(X_1,\dots,X_n)=\prod_{i=1}^{n}P(X_i\mid\mathrm{PA}_i)", None, (r"\mathrm{PA}_i",)),
    ("+".join(f"x_{{{place}}}" for place in range(40)), None, ()),
    ("+".join(f"x_{{{place}}}" for place in range(40)), "x_1+x_2", ("x_1",)),
    (r"\begin{pmatrix}1&0\\0&1\end{pmatrix}\mathbf{v}=\lambda\mathbf{v}", None, ()),
    (r"\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{1+x}}}", None, ("x",)),
    (r"D_T=k\,(D_F)^{\alpha}\,N^{\beta}", None, ("D_T", r"(D_F)^{\alpha}", r"N^{\beta}")),
    (r"\min_{w}\ \mu\left(\tilde{x},\ x^{(K)}(w)\right)", None, (r"\mu", r"\tilde{x}")),
    (r"x", None, ("x",)),
)


@st.composite
def equations(draw: st.DrawFn) -> Equation:
    """A formula of the list, some of its parts named."""
    latex, short, parts = draw(st.sampled_from(_LATEX))
    named = tuple(Term(part, draw(sentences(6, 1))) for part in parts if draw(st.booleans()))
    return Equation(latex, draw(sentences(25)), "eq. 3", short, named, draw(shorter(12)))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A chart as an editor may write it: gaps, negative, huge and tiny values, but no faults."""
    kind = draw(st.sampled_from(ChartKind))
    logarithmic = draw(st.booleans())
    count = draw(st.integers(1, 8))
    rows = tuple(draw(_series(kind, count, logarithmic)) for _ in range(draw(st.integers(1, 4))))
    if draw(st.booleans()):
        rows = (replace(rows[0], highlight=True), *rows[1:])
    categories = () if kind is ChartKind.SCATTER else tuple(f"{draw(WORDS)} {place}" for place in range(count))
    values = _POSITIVE if logarithmic else VALUES
    return Chart(
        kind=kind,
        title=draw(sentences(12, 1)),
        caption=draw(sentences(25)),
        source="Table 2",
        series=rows,
        categories=categories,
        x_label=draw(sentences(5)),
        y_label=draw(sentences(5)),
        unit=draw(st.sampled_from(_MARKS)),
        log_x=kind is ChartKind.SCATTER and logarithmic,
        log_y=logarithmic,
        lower_is_better=draw(st.booleans()),
        emphasis=categories[:1] if draw(st.booleans()) else (),
        baseline=draw(st.none() | st.builds(Baseline, values, sentences(6, 1))),
        annotations=draw(_pointing(_marks(rows, categories))),
        caption_shorter=draw(shorter(12)),
    )


@st.composite
def _series(draw: st.DrawFn, kind: ChartKind, count: int, logarithmic: bool) -> ChartSeries:
    values = _POSITIVE if logarithmic else VALUES
    triples = st.tuples(values, values, values).map(sorted)
    name = draw(sentences(4, 1))
    if kind is ChartKind.RANGE:
        low, middle, high = zip(*draw(st.lists(triples, min_size=count, max_size=count)), strict=True)
        return ChartSeries(name, middle, low=low, high=high)
    filled = draw(st.lists(values, min_size=1, max_size=1))
    rest = draw(st.lists(values | values | st.none(), min_size=count - 1, max_size=count - 1))
    if kind is ChartKind.SCATTER:
        x = draw(st.lists(values, min_size=count, max_size=count))
        labels = draw(st.just(()) | st.lists(WORDS, min_size=count, max_size=count).map(tuple))
        return ChartSeries(name, (*filled, *rest), x=tuple(x), labels=labels)
    return ChartSeries(name, (*filled, *rest))


def _marks(rows: Sequence[ChartSeries], categories: Sequence[str]) -> list[str]:
    return (
        [f"{rows[0].name} @ {categories[0]}"] if categories else [name for name in rows[0].labels if name.strip()][:1]
    )


def _pointing(targets: Sequence[str]) -> st.SearchStrategy[tuple[Annotation, ...]]:
    if not targets:
        return st.just(())
    one = st.builds(Annotation, sentences(12, 1), st.sampled_from(targets), shorter(6))
    return st.lists(one, max_size=3, unique_by=lambda each: each.to).map(tuple)


CONTENT = Path(__file__).parents[2] / "content"
_SHOWING = (
    "box", "pill", "circle", "diamond", "encoder", "decoder", "database", "image", "stack", "net 3 4 2", "gauge 0.8",
    "cloud", "text", "dot", "document", "scatter", "terrain bowl", "grid 0159/2480", "vector 4", "dice",
    "curve 0,1 1,3 2,2", "words the cat sat lit 2",
)  # fmt: skip
_NAMES = ("Gate", "Gated self-attention", "x", "注意力机制", "a rather long label that breaks", "Σ", "مرحبا", "loss")


_NODES = st.builds(
    '{} "{}" {}'.format,
    st.sampled_from(_SHOWING),
    st.sampled_from(_NAMES),
    st.sampled_from(["", "", "accent", "ghost"]),
) | st.just('formula "\\frac{a}{b}"')


@cache
def real_drawings() -> tuple[str, ...]:
    """The drawings of the entries in this repository."""
    files = sorted(CONTENT.glob("*/*/collage.yaml"))
    panels = [panel for file in files for panel in yaml.safe_load(file.read_text("utf-8")).get("panels", ())]
    return tuple(panel["drawing"] for panel in panels if panel.get("kind") == "diagram")


@st.composite
def drawings(draw: st.DrawFn) -> str:
    """Up to eight nodes of any kind with arrows between them."""
    count = draw(st.integers(1, 8))
    lines = [f"n{i}: {draw(_NODES)}" for i in range(count)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    for start, end in draw(st.lists(ends, max_size=9, unique=True)):
        words = draw(st.sampled_from(("", "", "yes", "is subtracted from", "损失")))
        lines.append(f'n{start} {draw(st.sampled_from(("->", "->", "..>", "--", "<->")))} n{end} "{words}"')
    lines += draw(st.sampled_from(([], [], ["right"], ["down"])))
    if count > 1 and draw(st.booleans()):
        lines.append('group "Together": n0 n1')
    return "\n".join(lines)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """A drawing, made up or real."""
    drawing = draw(drawings() | st.sampled_from(real_drawings()))
    named = ["n0"] if drawing.startswith("n0:") else []
    return Diagram(
        drawing, draw(sentences(12, 1)), draw(sentences(25)), "sec. 3", draw(_pointing(named)), draw(shorter(12))
    )


@cache
def files() -> dict[str, bytes]:
    """The bytes of figures of every shape, by their kind."""
    return {
        "ordinary": saved(bars(1600, 1000)),
        "tall": saved(bars(500, 2200)),
        "flat": saved(bars(2500, 500)),
        "tiny": saved(bars(120, 90)),
        "small": saved(bars(320, 240)),
        "square": saved(bars(900, 900, border=60)),
        "on black": saved(bars(1400, 900, ground="black", border=80)),
        "subfigures": saved(sheet(4, 3)),
        "cmyk": saved(bars(1200, 800).convert("CMYK"), "JPEG"),
        "palette": saved(bars(1000, 700).convert("P")),
        "sixteen bits": saved(sixteen_bits()),
        "pdf": pdf("1 1 198 98 re S BT /F 10 Tf 20 40 Td (Labels) Tj ET"),
        "svg": svg('<rect x="2" y="2" width="150" height="80" fill="#27a"/>'),
    }


def sheet(across: int, down: int) -> Image.Image:
    """A figure of many subfigures."""
    found = Image.new("RGB", (across * 400, down * 300), "white")
    for place in range(across * down):
        found.paste(bars(360, 260), (place % across * 400 + 20, place // across * 300 + 20))
    return found


def sixteen_bits() -> Image.Image:
    """Bars in eight of the greys of 16 bits."""
    deep = Image.new("I;16", (1200, 800), 65535)
    for place in range(8):
        left = 60 + 140 * place
        deep.paste(Image.new("I;16", (90, 640), 8000 * place), (left, 80))
    return deep


_CROPS = (None, Crop(0, 0, 1, 0.5), Crop(0.1, 0, 0.55, 1))
_CROPPED = ("ordinary", "subfigures")


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """One of the files, whole or in part, with words."""
    name = draw(st.sampled_from(sorted(files())))
    content = files()[name]
    words: dict[str, Any] = {
        "title": draw(st.just("") | sentences(8, 1)),
        "caption": draw(sentences(25)),
        "caption_shorter": draw(shorter(12)),
        "annotations": draw(_pointing(["0.2 0.3", "0.7 0.6", "0 1"])),
    }
    return figure(content, crop=draw(st.sampled_from(_CROPS)) if name in _CROPPED else None, **words)


def rasters_for(panels: Sequence[Panel]) -> dict[Figure, Raster]:
    """The pixels of the figures among *panels*, each file read once."""
    return {panel: _raster(panel.sha256, panel.crop) for panel in panels if isinstance(panel, Figure)}


@cache
def _raster(digest: str, crop: Crop | None) -> Raster:
    content = next(content for content in files().values() if figure(content).sha256 == digest)
    return read_figure(figure(content, crop=crop), content)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table within the bounds of an editor."""
    across, down = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    cell = st.sampled_from(["81.3", "–", "1.2 ± 0.3", "", "10⁷"]) | WORDS.map(lambda word: word[:24])
    rows = draw(st.lists(st.lists(cell, min_size=across, max_size=across).map(tuple), min_size=down, max_size=down))
    columns = tuple(draw(WORDS)[:24] for _ in range(across))
    return Table(
        draw(sentences(12, 1)),
        columns,
        tuple(rows),
        draw(sentences(25)),
        "Table 4",
        draw(st.sampled_from(["", columns[-1]])),
        draw(shorter(12)),
    )


_STEPS = st.lists(st.builds(Step, sentences(12, 1), shorter(6)), min_size=2, max_size=5).map(tuple)
PANELS: st.SearchStrategy[Panel] = st.one_of(
    charts(),
    diagrams(),
    figures(),
    equations(),
    tables(),
    NUMBERS.map(BigNumber),
    st.builds(Note, sentences(6, 1), sentences(30, 1), shorter=shorter(12)),
    st.builds(Quote, sentences(30, 1), st.just("p. 4"), shorter(12)),
    st.builds(Steps, sentences(12, 1), _STEPS, st.just("sec. 2")),
)
_SHORTER = st.fixed_dictionaries(
    {}, optional={"question": shorter(16), "key_idea": shorter(16), "take_away": shorter(10)}
)
TEXTS = st.builds(
    EntryText,
    headline=sentences(12, 1),
    question=sentences(40),
    key_idea=sentences(30, 1),
    summary=st.just("A summary."),
    take_away=sentences(20),
    shorter=_SHORTER,
)
_CHINESE = EntryText(
    headline="从卷积开始的注意力，再慢慢忘掉它。",
    question="卷积用很少的数据就能学习，注意力看得更远。一个网络能否先像前者，再变成后者？",
    key_idea="让注意力头从卷积开始，并给每个头一个可学习的门，在看位置与看内容之间选择。",
    summary="摘要。",
    take_away="把先验当作起点，保留多少由训练决定。",
)
TITLES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=22).map(" ".join),
    st.text(min_size=1, max_size=60),
    st.text("深度学习的注意力机制与卷积网络：", min_size=1, max_size=60),
).map(lambda title: title[:200])
_AUTHORS = st.sampled_from(
    [
        "Stéphane d'Ascoli",
        "李明",
        "Хаддо ван Хассельт",
        "Wolfeschlegelsteinhausenbergerdorff Hubert",
        "محمد",
        "X",
        "Ana B.",
    ]
)
PAPERS = st.builds(
    replace,
    st.just(PAPER),
    title=TITLES,
    authors=st.lists(_AUTHORS, max_size=6).map(tuple)
    | st.integers(7, 60).map(lambda count: tuple(f"Given{i} Family{i}" for i in range(count))),
    venue=st.none() | st.sampled_from(["ICML 2021", "Transactions of the Association for Linguistics " * 3]),
)
ACCENTS = st.none() | st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def _written_in(panel: Panel) -> Iterator[Number]:
    """The numbers in a drawing, which its entry must list."""
    if isinstance(panel, Diagram):
        quoted = re.findall(r'"([^"]*)"', panel.drawing)
        yield from (Number(words, "stands in the drawing", "sec. 3") for words in quoted if re.search(r"\d", words))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry with up to four panels of any kind."""
    panels = draw(st.lists(PANELS, max_size=4))
    found = entry(*panels, paper=draw(PAPERS), text=draw(TEXTS))
    spare = [*draw(st.lists(NUMBERS, max_size=2)), *(number for panel in panels for number in _written_in(panel))]
    return replace(
        found,
        accent=draw(ACCENTS),
        numbers=(*(panel.number for panel in panels if isinstance(panel, BigNumber)), *spare),
        texts={**found.texts, "zh": draw(st.just(_CHINESE) | TEXTS)},
    )
