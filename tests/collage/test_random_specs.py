"""Random entries on every canvas: whatever an entry says, its collage breaks no hard rule, or a sentence says why not.

The full run looks at more than 2,000 entries: all of them by their frames, every tenth by its pixels, too.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.collage.arranging.arrange import arrange
from bot.collage.check.hard.rules import layout_rules, paper_rules
from bot.collage.check.reading import Reading
from bot.collage.check.report import Report
from bot.collage.draw import draw
from bot.collage.frame import Frame
from bot.collage.spec import spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.errors import CollageError
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.model.panel import Annotation, BigNumber, ChartKind, ChartSeries, Diagram, Note, Number, Quote
from tests.collage.samples import BARS, CURVES, DOTS, EQUATION, TEXT, entry
from tests.collage.strategies import entries, rasters_for

_REMEDY = re.compile(r"^ml-collage/27-convit: .* (too long|does not fit) .*; shorten it$")
_LOOKED_AT = 10  # every so many collages one is drawn
EVERY_CANVAS = pytest.mark.parametrize("canvas", list(Canvas))
THEMES, LANGUAGES = st.sampled_from(Theme), st.sampled_from([ENGLISH, "zh"])
THOROUGH = settings(
    max_examples=670,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def arranged(shown: Entry, canvas: Canvas, theme: Theme = Theme.LIGHT, language: str = ENGLISH) -> Frame | None:
    """The frame of *shown*; None where it is refused, with a sentence that names the entry and the remedy."""
    rasters = rasters_for(shown.panels_for(language))
    try:
        return arrange(spec_of(shown, language, rasters), tokens_of(canvas), palette_of(shown, theme))
    except CollageError as error:
        if not _REMEDY.match(str(error)):
            raise
        return None


def failures(shown: Entry, frame: Frame | None, *, is_drawn: bool) -> list[tuple[str, tuple[str, ...]]]:
    """The hard rules that fail, with their evidence; what is refused breaks none."""
    if frame is None:
        return []
    reading, picture = Reading(frame), draw(frame) if is_drawn else None
    report = Report((*layout_rules(reading, picture), *paper_rules(reading, shown, picture)))
    return [(finding.rule, finding.evidence or tuple(map(str, finding.measures))) for finding in report.failures]


UNBREAKABLE = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LINES = tuple(
    ChartSeries(f"{name} {UNBREAKABLE}", (1.0, None, place))
    for place, name in enumerate(("state-of-the-art", "representation", "self-supervised", "attention"))
)
DIALS = """a: dial 0.5 at 0,0
b: dial 0.5 "Several, default" at 1.2,0
c: dial 0.5 at 2.4,0
eq: formula "\\approx" at 3.4,0
d: dial 0.85 "One, tuned" accent at 4.5,0"""
FOUND = {
    "dials in a room that is rounded": entry(CURVES, EQUATION, Diagram(DIALS, "a", "", "sec. 3")),
    "a ghost in a group": entry(Diagram('n0: box "Gate" ghost\nn1: pill "x"\ngroup "Both": n0 n1', "a", "b", "sec. 3")),
    "a headline of pictographs alone": replace(entry(text=replace(TEXT, headline="🎉")), numbers=()),
    "nothing that can be drawn": replace(entry(text=replace(TEXT, headline="🎉", key_idea="🎉")), numbers=()),
    "a note under a label wider than its card": entry(CURVES, Note(f"{UNBREAKABLE} {UNBREAKABLE}", "What it says.")),
    "a quote of a page": entry(CURVES, Quote("Attention is all you need.", "p. 4")),
    "bars whose names leave no room": entry(
        replace(BARS, series=tuple(replace(row, name=f"{row.name} {UNBREAKABLE * 2}") for row in BARS.series)), EQUATION
    ),
    "dots whose names leave no room": entry(
        replace(CURVES, kind=ChartKind.BAR, log_y=True, series=(*CURVES.series, replace(LINES[0], values=(5e7,)))),
        EQUATION,
    ),
    "lines whose names are higher than the plane": entry(
        replace(CURVES, series=LINES, categories=("one", "two", "three")), EQUATION
    ),
    "a label wider than the chart": entry(replace(CURVES, x_label=f"{UNBREAKABLE} " * 2), EQUATION),
    "a key wider than the chart": entry(
        replace(DOTS, series=tuple(replace(row, x=(1.0, 2.0, 3.0), labels=()) for row in LINES), log_x=False), EQUATION
    ),
    "a key of several lines": entry(
        replace(
            DOTS,
            series=tuple(
                ChartSeries(f"{name} with a rather long name that fills a line", (1.0, 1.0, 1.0), x=(1.0, 2.0, 3.0))
                for name in ("one", "another", "the third", "the last")
            ),
            log_x=False,
        ),
        EQUATION,
    ),
    "words that are too high to stand beside their number": entry(
        replace(BARS, series=BARS.series[:1], categories=BARS.categories[:1]),
        EQUATION,
        BigNumber(Number("+11.6 points", f"a {UNBREAKABLE[:34]} {UNBREAKABLE[:34]} {UNBREAKABLE[:60]}", "Table 1")),
    ),
    "a range that begins at its value": entry(
        replace(
            CURVES,
            kind=ChartKind.RANGE,
            categories=("a",),
            series=(ChartSeries("x", (0.0,), low=(0.0,), high=(12.0,)),),
        )
    ),
    "a range of all sizes": entry(
        replace(CURVES, kind=ChartKind.BAR, categories=("a", "b"), series=(ChartSeries("x", (5e7, 181.0)),), log_y=True)
    ),
    "an annotation without a letter": entry(
        replace(CURVES, annotations=(Annotation("\x00 \u202e", "ConViT-S @ 10 %"),)), EQUATION
    ),
}


@EVERY_CANVAS
@pytest.mark.parametrize("name", FOUND)
def test_what_random_entries_once_broke_stays_whole(name: str, canvas: Canvas) -> None:
    assert failures(FOUND[name], arranged(FOUND[name], canvas), is_drawn=False) == []


_FRACTIONS = "\n".join(f'n{place}: formula "\\frac{{a}}{{b}}"' for place in (0, 1, 2, 4, 5))
GROUPED = f"""{_FRACTIONS}
n3: decoder "a rather long label that breaks" ghost
n2 -> n5
n2 ..> n4
n5 -> n4 "is subtracted from"
n2 -> n1 "is subtracted from"
n1 -> n2 "yes"
n1 -- n3 "损失"
group "Together": n0 n1"""


@EVERY_CANVAS
def test_the_title_of_a_narrow_group_stays_in_it_or_away(canvas: Canvas) -> None:
    drawn = entry(Diagram(GROUPED, "Six parts", "Two of them belong together.", "sec. 3"))
    assert failures(drawn, arranged(drawn, canvas), is_drawn=False) == []


@EVERY_CANVAS
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(shown=entries(), theme=THEMES, language=LANGUAGES)
def test_any_entry_makes_a_collage_that_may_be_sent(canvas: Canvas, shown: Entry, theme: Theme, language: str) -> None:
    frame = arranged(shown, canvas, theme, language)
    assert failures(shown, frame, is_drawn=False) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@EVERY_CANVAS
def test_thousands_of_entries_make_collages_that_may_be_sent(canvas: Canvas) -> None:
    turns: Iterator[int] = cycle(range(_LOOKED_AT))

    @THOROUGH
    @given(shown=entries(), theme=THEMES, language=LANGUAGES)
    def law(shown: Entry, theme: Theme, language: str) -> None:
        frame = arranged(shown, canvas, theme, language)
        assert failures(shown, frame, is_drawn=next(turns) == 0) == []

    law()
