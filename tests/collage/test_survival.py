"""The list of what must survive: each awkward entry is composed in every shape, and the checker finds no hard fault."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from bot.collage.check.judge import check
from bot.collage.check.report import Report
from bot.collage.compose import compose
from bot.collage.draw import draw
from bot.collage.frame import Frame, Picture, Role, Text
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Diagram, Panel
from tests.collage.drawings import bars, figure, noise, saved
from tests.collage.samples import CURVES, EQUATION, NUMBER, PAPER, TEXT, entry
from tests.collage.strategies import sheet, sixteen_bits

DIAGRAM = Diagram(
    'image: image "Patches"\ngate: gauge 0.8 "Gate" accent\nhead: box "One head"\nimage -> gate -> head',
    "One gate per head",
    "Every head learns how much of each to mix.",
    "sec. 3",
)
LONG_FORMULA = r"\mathcal{L}=" + "+".join(
    rf"\lambda_{{{i}}}\,\mathrm{{softmax}}(Q_{{{i}}}K_{{{i}}}^{{\top}})" for i in "abcdefgh"
)
SILENT = replace(TEXT, headline="Attention that starts as a convolution and unlearns it.")


@dataclass(frozen=True)
class Case:
    """An awkward entry with the bytes of its figures.

    Attributes:
        pictures: How many figures must be seen, at least.
    """

    entry: Entry
    files: dict[str, bytes]
    pictures: int = 0


def plain(*panels: Panel, **said: object) -> Case:
    return Case(replace(entry(*panels), **said), {})  # type: ignore[arg-type]


def shown(*contents: bytes, beside: tuple[Panel, ...] = (), pictures: int = 1) -> Case:
    """Figures of *contents*, and other panels after them."""
    panels = tuple(figure(content, caption_shorter=("What it shows.",)) for content in contents)
    files = {panel.sha256: content for panel, content in zip(panels, contents, strict=True)}
    return Case(entry(*panels, *beside), files, pictures)


def animation() -> bytes:
    first, second = bars(900, 600), bars(900, 600, ink="#a02020")
    return saved(first, "GIF", save_all=True, append_images=[second])


THREE_LINES = "A Rather Long Title That Goes On and On About What It Does " * 2 + "Until It Finally Comes to Its End"
CHINESE = "面向卷积归纳偏置的视觉自注意力网络：从局部感受野到全局上下文的可学习门控机制研究"
ARABIC = replace(
    TEXT,
    question="ما هو الانتباه؟ Can attention 🎉 begin as a \u202econvolution\u202c?",
    key_idea="A gate \x00\x07 in every head 👩‍🔬 مرحبا بالعالم with ∇f ∈ ℝ and Ḁ, שלום, \ufffd \U0001f1e9\U0001f1ea.",
    take_away="خذ البداية \u200b as a starting point\n\tand let training decide 🚀.",
)
CASES: dict[str, Callable[[], Case]] = {
    "a title of three lines": lambda: plain(CURVES, EQUATION, paper=replace(PAPER, title=THREE_LINES)),
    "sixty authors": lambda: plain(
        CURVES, EQUATION, paper=replace(PAPER, authors=tuple(f"Given{i} Family{i}" for i in range(60)))
    ),
    "a Chinese title": lambda: plain(CURVES, paper=replace(PAPER, title=CHINESE, authors=("李明", "王芳"))),
    "no figures": lambda: plain(DIAGRAM, EQUATION, CURVES, BigNumber(NUMBER)),
    "no panels": lambda: plain(),
    "only tall figures": lambda: shown(*(saved(bars(500 + 20 * place, 2200)) for place in range(3))),
    "only figures of five to one": lambda: shown(*(saved(bars(2500 - 10 * place, 500)) for place in range(3))),
    "one tiny raster": lambda: shown(saved(bars(120, 90)), pictures=0),
    "a figure on black": lambda: shown(saved(bars(1600, 1000, ground="black", border=80)), beside=(CURVES,)),
    "twelve subfigures": lambda: shown(saved(sheet(4, 3))),
    "a formula two lines wide": lambda: plain(replace(EQUATION, latex=LONG_FORMULA, short=None), BigNumber(NUMBER)),
    "an abstract without numbers": lambda: plain(DIAGRAM, numbers=(), texts={"en": SILENT}),
    "nothing but words": lambda: plain(numbers=(), texts={"en": SILENT}),
    "Arabic, emoji, control characters": lambda: plain(CURVES, texts={"en": ARABIC}),
    "an animated GIF": lambda: shown(animation(), beside=(EQUATION,)),
    "CMYK": lambda: shown(saved(bars(1200, 800).convert("CMYK"), "JPEG")),
    "sixteen bits": lambda: shown(saved(sixteen_bits())),
    "a palette": lambda: shown(saved(bars(1200, 800).convert("P"))),
}


def judged(case: Case, canvas: Canvas, theme: Theme) -> tuple[Frame, Report]:
    collage = compose(case.entry, canvas, theme=theme, files=case.files)
    report = check(case.entry, collage.frame, picture=draw(collage.frame), encoded=collage.jpeg)
    print(f"{canvas} {theme}: soft mean {report.mean:.2f}")
    return collage.frame, report


@pytest.mark.slow
@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("name", CASES)
def test_it_survives(name: str, canvas: Canvas) -> None:
    case = CASES[name]()
    frame, report = judged(case, canvas, Theme.LIGHT)
    assert [(finding.rule, finding.evidence) for finding in report.failures] == []
    assert sum(isinstance(item, Picture) for item in frame.items) >= case.pictures


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a figure on black", "no figures", "no panels", "CMYK", "twelve subfigures"])
def test_it_survives_in_the_dark(name: str) -> None:
    _, report = judged(CASES[name](), Canvas.PORTRAIT, Theme.DARK)
    assert [(finding.rule, finding.evidence) for finding in report.failures] == []


@pytest.mark.slow
@pytest.mark.parametrize("canvas", list(Canvas))
def test_without_figures_a_collage_is_still_a_picture(canvas: Canvas) -> None:
    _, report = judged(CASES["no figures"](), canvas, Theme.LIGHT)
    (visual,) = report.finding("S2").measures
    assert visual.value >= (
        0.26 if canvas is Canvas.SQUARE else 0.28
    )  # a square has less room beside its head and foot


@pytest.mark.parametrize("content", [
    pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n", id="EPS only"),
    pytest.param(saved(noise(120, 90))[:4000], id="a truncated PNG"),
])  # fmt: skip
def test_a_figure_nobody_can_show_is_refused_with_a_remedy_and_the_rest_survives(content: bytes) -> None:
    case = shown(content, beside=(CURVES,))
    with pytest.raises(CollageError, match=r"^drawing\.png: it .+; .+"):
        compose(case.entry, Canvas.SLIDE, files=case.files)
    without = replace(case.entry, panels=case.entry.panels[1:])
    collage = compose(without, Canvas.SLIDE)
    assert not check(without, collage.frame, picture=draw(collage.frame), encoded=collage.jpeg).failures


@pytest.mark.slow
def test_a_figure_of_a_hundred_megapixels_is_shown() -> None:
    large = saved(bars(11_000, 9_100), "JPEG", quality=60)
    frame, report = judged(shown(large), Canvas.PORTRAIT, Theme.LIGHT)
    assert not report.failures
    assert any(isinstance(item, Picture) for item in frame.items)


@pytest.mark.slow
@pytest.mark.parametrize("canvas", list(Canvas))
def test_letters_no_font_has_leave_no_trace_but_an_ellipsis(canvas: Canvas) -> None:
    frame, _ = judged(CASES["Arabic, emoji, control characters"](), canvas, Theme.LIGHT)
    said = "".join(item.text for item in frame.items if isinstance(item, Text) and item.role is Role.BODY)
    assert "gate" in said
    assert not set("مرحبا🎉\x00\u202e") & set(said)
