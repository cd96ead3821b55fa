"""Owns what a collage says to those who cannot see it: its content in plain sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.collage.frame import Frame
from bot.collage.labels import labels_of
from bot.collage.spec import FigurePanel, Shown, Spec, Statement
from bot.model.entry import Entry
from bot.model.panel import (
    BigNumber,
    Chart,
    ChartSeries,
    Diagram,
    Equation,
    Note,
    Quote,
    Steps,
    Table,
)

LONGEST = 1000
"""In UTF-16 units; with a little room it is what a caption may hold on Telegram."""

_VALUES = 6  # of a series; more would be a table read aloud
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class _Words:
    """How things are named in one language.

    Attributes:
        stop: Ends a sentence.
        space: Between sentences.
        colon: After a name.
        comma: Between the parts of a list.
        listed: A name with what belongs to it.
        dash: Between a title and its headline.
    """

    by: str
    chart: str
    figure: str
    diagram: str
    equation: str
    number: str
    table: str
    quote: str
    steps: str
    take_away: str
    stop: str
    space: str
    colon: str
    comma: str
    listed: str
    dash: str


_ENGLISH = _Words(
    by="By ", chart="Chart", figure="Figure", diagram="Diagram", equation="Equation", number="Number", table="Table",
    quote="Quote", steps="Steps", take_away="Take-away", stop=".", space=" ", colon=": ", comma=", ",
    listed="{} ({})", dash=" – ",
)  # fmt: skip
_CHINESE = _Words(
    by="作者：", chart="图表", figure="插图", diagram="示意图", equation="公式", number="数字", table="表格",
    quote="引文", steps="步骤", take_away="要点", stop="。", space=" ", colon="：", comma="，",
    listed="{}（{}）", dash="——",
)  # fmt: skip

_KINDS: tuple[tuple[type[Shown], str], ...] = (
    (BigNumber, "number"), (Equation, "equation"), (Chart, "chart"), (FigurePanel, "figure"), (Diagram, "diagram"),
    (Table, "table"), (Note, "note"), (Quote, "quote"), (Steps, "steps"), (Statement, "statement"),
)  # fmt: skip


def alt_text(spec: Spec, frame: Frame) -> str:
    """Say in plain sentences what the collage of *spec* shows, of what is in *frame*, in its language.

    Returns:
        At most `LONGEST` UTF-16 units, cut between sentences; the title comes first and the take-away last.
    """
    words = _CHINESE if spec.labels == labels_of("zh") else _ENGLISH
    last = _sentence(words, words.take_away, spec.take_away[0])
    first = [_sentence(words, "", spec.title), _sentence(words, "", words.by + spec.authors[0])]
    texts = [note for note in (spec.question, spec.key_idea) if note.text.strip()]
    dropped = max(0, len(texts) - sum(panel.kind == "text" for panel in frame.panels))
    notes = [_sentence(words, note.label, note.text) for note in texts[dropped:]]
    shown = [_sentence(words, *said) for panel in _shown(spec, frame) for said in _said(panel, words)]
    return _joined([*first, *notes, *shown], last, words)


def cover_alt(title: str, entries: Sequence[Entry], language: str) -> str:
    """Say what a cover shows: the month, then every paper with its headline.

    Returns:
        At most `LONGEST` UTF-16 units, cut between papers.
    """
    labels = labels_of(language)
    words = _CHINESE if labels == labels_of("zh") else _ENGLISH
    series = words.comma.join(dict.fromkeys(entry.series.name for entry in entries))
    count = labels.papers(len(entries))
    first = words.comma.join((title, series, count)) + words.stop
    papers = ((entry.paper.title, entry.text(language).headline) for entry in entries)
    said = [_sentence(words, "", words.dash.join(filter(None, paper))) for paper in papers]
    return _joined([first, *said], "", words)


def _shown(spec: Spec, frame: Frame) -> Iterator[Shown]:
    """The panels of *spec* that are in *frame*, in the order of *spec*."""
    left = Counter(panel.kind for panel in frame.panels)
    for panel in (*spec.panels, *spec.spares, spec.headline):
        kind = next(name for kinds, name in _KINDS if isinstance(panel, kinds))
        if left[kind] > 0:
            left[kind] -= 1
            yield panel


def _said(panel: Shown, words: _Words) -> Iterator[tuple[str, str]]:
    """What a panel says, as labels with their sentences."""
    match panel:
        case BigNumber(number):
            yield words.number, _comma(words, panel.value, number.meaning)
        case Equation():
            yield words.equation, panel.caption
            yield "", panel.short or panel.latex
        case Chart():
            yield words.chart, panel.title
            yield "", panel.caption
            yield from (("", said) for series in panel.series if (said := _series(panel, series, words)))
        case FigurePanel(figure, _):
            yield words.figure, figure.title or figure.caption
            yield "", figure.caption if figure.title else ""
        case Diagram():
            yield words.diagram, panel.title
            yield "", panel.caption
        case Table():
            yield words.table, panel.title
            yield "", panel.caption
        case _:
            yield from _told(panel, words)


def _told(panel: Shown, words: _Words) -> Iterator[tuple[str, str]]:
    """The same of panels that are words already."""
    match panel:
        case Note():
            yield panel.label, panel.text
        case Quote():
            yield words.quote, panel.text
        case Steps():
            yield words.steps, panel.title
            yield from (("", f"{place}. {step.text}") for place, step in enumerate(panel.steps, start=1))
        case Statement():
            yield "", panel.text


def _series(chart: Chart, series: ChartSeries, words: _Words) -> str:
    """The first values of a series with what they belong to."""
    names: Sequence[str] = series.labels or chart.categories or [f"{x:,.12g}" for x in series.x]
    unit = f"{_NO_BREAK}{chart.unit}" if chart.unit else ""
    pairs = [
        f"{name}{words.colon}{value:,.12g}{unit}"
        for name, value in zip(names, series.values, strict=False)
        if value is not None
    ]
    said = words.comma.join(pairs[:_VALUES])
    return words.listed.format(series.name, said) if series.name and said else said


def _comma(words: _Words, *parts: str) -> str:
    return words.comma.join(part for part in parts if part)


def _sentence(words: _Words, label: str, text: str) -> str:
    clean = " ".join(text.replace(_NO_BREAK, " ").split())
    if not clean:
        return ""
    said = f"{label}{words.colon}{clean}" if label else clean
    return said if said[-1] in ".!?。！？…" else said + words.stop


def _joined(sentences: Iterable[str], last: str, words: _Words) -> str:
    """As many sentences as fit before the last one; the first is cut if it is too long by itself."""
    kept: list[str] = []
    room = LONGEST - _units(last) - len(words.space)
    for sentence in filter(None, sentences):
        if _units(words.space.join([*kept, sentence])) > room:
            break
        kept.append(sentence)
    return words.space.join(filter(None, (*kept, last)))[:LONGEST]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
