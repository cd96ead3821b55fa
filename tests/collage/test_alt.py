"""What a collage says to those who cannot see it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.alt import LONGEST, alt_text, cover_alt
from bot.collage.box import Box
from bot.collage.frame import Frame, PlacedPanel
from bot.collage.spec import spec_of
from bot.model.canvas import Canvas
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Diagram, Note, Quote, Step, Steps, Table
from tests.collage.samples import CURVES, DOTS, EQUATION, NUMBER, PAPER, TEXT, entry

DIAGRAM = Diagram('a: box "a"', "Two branches", "One is gated.", "Figure 1")
TABLE = Table("Accuracy by size", ("size", "value"), (("S", "1"),), "Larger is better.", "Table 1")
QUOTE = Quote("Simple methods fail.", "Section 1")
STEPS = Steps("Training", (Step("Start local"), Step("Open the gate")), "Section 3")


def said(shown: Entry, *kinds: str, language: str = "en") -> str:
    """The alternative text when the collage shows panels of *kinds*."""
    panels = tuple(PlacedPanel(kind, Box(0, 0, 1, 1)) for kind in kinds)
    frame = Frame(Canvas.SLIDE, 1, 1, 0, 1, "#ffffff", (), panels)
    return alt_text(spec_of(shown, language), frame)


def test_it_tells_title_authors_idea_panels_and_take_away_in_this_order() -> None:
    text = said(entry(CURVES, EQUATION, BigNumber(NUMBER)), "text", "text", "chart", "equation", "number")
    order = [
        PAPER.title,
        "By Stéphane d'Ascoli, Hugo Touvron",
        "Question: ",
        "Key idea: ",
        "Chart: Accuracy by share of ImageNet used. The less data there is, the larger the lead.",
        "ConViT-S (5 %: 47.8 %, 10 %: 59.6 %",
        "Equation: One learned gate per head",
        "Number: 82.2 %, ImageNet top-1 of ConViT-S+.",
        f"Take-away: {TEXT.take_away}",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_it_tells_only_what_is_shown() -> None:
    text = said(entry(CURVES, EQUATION), "text", "equation")
    assert "Chart" not in text
    assert "Question" not in text
    assert "Key idea" in text


def test_it_tells_every_kind_of_panel() -> None:
    shown = entry(DIAGRAM, TABLE, QUOTE, STEPS, Note("Why", "Because it helps."), DOTS)
    text = said(shown, "diagram", "table", "quote", "steps", "note", "chart")
    for part in (
        "Diagram: Two branches.", "Table: Accuracy by size.", "Quote: Simple methods fail.",
        "Steps: Training. 1. Start local. 2. Open the gate.", "Why: Because it helps.", "F0: 83.6",
    ):  # fmt: skip
        assert part in text


def test_it_speaks_the_language_of_the_collage() -> None:
    chinese = replace(TEXT, question="能否兼得？", key_idea="让注意力头从卷积开始", take_away="先验只是起点")
    bilingual = replace(entry(CURVES), texts={"en": TEXT, "zh": chinese})
    text = said(bilingual, "text", "text", "chart", language="zh")
    assert "要点：先验只是起点。" in text
    assert "作者：" in text
    assert "核心思路：让注意力头从卷积开始。" in text


SENTENCES = st.text(min_size=1, max_size=700)


@settings(max_examples=50)
@given(idea=SENTENCES, question=SENTENCES, take_away=st.text(min_size=1, max_size=200))
def test_it_is_never_too_long_and_ends_with_the_take_away(idea: str, question: str, take_away: str) -> None:
    text = said(
        entry(CURVES, EQUATION, text=replace(TEXT, key_idea=idea, question=question, take_away=take_away)),
        "text", "text", "chart", "equation",
    )  # fmt: skip
    assert len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST
    if words := take_away.split():
        assert " ".join(words) in text


def test_the_cover_names_the_month_and_every_paper_with_its_headline() -> None:
    text = cover_alt("May 2022", (entry(CURVES), entry(EQUATION)), "en")
    assert text.startswith("May 2022, ML-Collage, 2 papers. ")
    assert text.count(f"{PAPER.title} – {TEXT.headline}") == 2


def test_the_cover_of_many_papers_is_cut_between_them() -> None:
    text = cover_alt("May 2022", tuple(entry(CURVES) for _ in range(12)), "en")
    assert len(text) <= LONGEST
    assert text.endswith(TEXT.headline)
