"""Laws of a whole composition."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.arranging.arrange import arrange
from bot.collage.frame import Code, Frame, Role
from bot.collage.spec import spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.errors import CollageError
from bot.model.canvas import Canvas
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Chart, ChartKind, ChartSeries, Number, Panel
from tests.collage.frames import overlaps, spilled, strays, texts, torn
from tests.collage.samples import AWKWARD, BARS, CONVIT, CURVES, DOTS, EQUATION, NUMBER, PAPER, TEXT, entry

EVERY_CANVAS = pytest.mark.parametrize("canvas", list(Canvas))
EVERY_ENTRY = pytest.mark.parametrize("name", AWKWARD)


def arranged(shown: Entry, canvas: Canvas) -> Frame:
    return arrange(spec_of(shown), tokens_of(canvas), palette_of(shown))


@EVERY_CANVAS
@EVERY_ENTRY
def test_nothing_overlaps_and_nothing_is_cut(name: str, canvas: Canvas) -> None:
    frame = arranged(AWKWARD[name], canvas)
    assert not overlaps(frame)
    assert not strays(frame)
    assert not torn(frame)
    assert not spilled(frame)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=14)
SENTENCES = st.lists(WORDS, min_size=1, max_size=24).map(" ".join)
VALUES = st.floats(-1e6, 1e9) | st.integers(0, 100).map(float)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(ChartKind))
    count = draw(st.integers(1, 7))
    rows = [
        ChartSeries(
            name=draw(WORDS),
            values=tuple(draw(st.lists(VALUES | st.none(), min_size=count, max_size=count))),
            highlight=number == 0,
            x=tuple(draw(st.lists(VALUES, min_size=count, max_size=count))) if kind is ChartKind.SCATTER else (),
            labels=tuple(draw(st.lists(WORDS, min_size=count, max_size=count))) if kind is ChartKind.SCATTER else (),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    return replace(
        CURVES,
        kind=kind,
        title=draw(SENTENCES),
        series=tuple(rows),
        categories=tuple(draw(WORDS) for _ in range(0 if kind is ChartKind.SCATTER else count)),
        x_label=draw(WORDS),
        y_label=draw(WORDS),
        log_y=draw(st.booleans()),
    )


NUMBERS = st.builds(Number, value=WORDS.map(lambda word: word + "7"), meaning=SENTENCES, source=st.just("Table 1"))
VISUALS: st.SearchStrategy[Panel] = st.one_of(charts(), st.sampled_from([EQUATION, BARS, DOTS]), NUMBERS.map(BigNumber))
ENTRIES = st.builds(
    lambda visuals, title, idea, question, take_away: entry(
        *visuals,
        paper=replace(PAPER, title=title),
        text=replace(TEXT, key_idea=idea, question=question, take_away=take_away),
    ),
    st.lists(VISUALS, max_size=3),
    SENTENCES,
    SENTENCES,
    SENTENCES,
    SENTENCES,
)


@settings(max_examples=25)
@given(shown=ENTRIES, canvas=st.sampled_from(Canvas))
def test_whatever_an_entry_says_its_parts_stay_apart_and_inside(shown: Entry, canvas: Canvas) -> None:
    frame = arranged(shown, canvas)
    assert not overlaps(frame)
    assert not strays(frame)
    assert not torn(frame)


@EVERY_CANVAS
def test_the_title_is_shown_word_for_word(canvas: Canvas) -> None:
    assert texts(arranged(CONVIT, canvas), Role.TITLE) == CONVIT.paper.title


@EVERY_CANVAS
def test_at_most_six_authors_are_named(canvas: Canvas) -> None:
    said = texts(arranged(AWKWARD["sixty authors"], canvas), Role.AUTHORS).replace("\u00a0", " ")
    named = said.removesuffix(" et al.").split(", ")
    assert said.endswith(" et al.")
    assert named == [f"Given{i} Family{i}" for i in range(len(named))]
    assert 3 <= len(named) <= 6


@EVERY_CANVAS
def test_the_hero_is_the_largest_visual(canvas: Canvas) -> None:
    panels = {panel.kind: panel.box.area for panel in arranged(CONVIT, canvas).panels}
    assert panels["chart"] == max(panels.values())


@pytest.mark.parametrize("canvas", [Canvas.SLIDE, Canvas.PORTRAIT])
def test_every_declared_visual_is_shown_when_there_is_room(canvas: Canvas) -> None:
    kinds = [panel.kind for panel in arranged(CONVIT, canvas).panels]
    assert sorted(kind for kind in kinds if kind != "text") == ["chart", "equation", "number"]


@EVERY_CANVAS
def test_the_bottoms_of_the_last_panels_align(canvas: Canvas) -> None:
    boxes = [panel.box for panel in arranged(CONVIT, canvas).panels]
    lowest = max(box.bottom for box in boxes)
    last_in_each_column = [box for box in boxes if not any(_below(other.x, other.right, box.x, box.right) and
                           other.y > box.y for other in boxes)]  # fmt: skip
    assert all(abs(box.bottom - lowest) < 0.5 for box in last_in_each_column)


def _below(left: float, right: float, other_left: float, other_right: float) -> bool:
    return min(right, other_right) - max(left, other_left) > 1


@EVERY_CANVAS
def test_the_code_leads_to_the_abstract_and_keeps_its_quiet_zone(canvas: Canvas) -> None:
    frame = arranged(CONVIT, canvas)
    code = next(item for item in frame.items if isinstance(item, Code))
    assert code.url == "https://arxiv.org/abs/2103.10697"
    zone = code.box.inset(-code.quiet)
    assert [item for item in frame.items if item.box.overlap(zone)] == [code]


@EVERY_CANVAS
def test_the_credit_names_the_paper_and_only_the_sources_of_what_is_shown(canvas: Canvas) -> None:
    said = texts(arranged(entry(BigNumber(NUMBER)), canvas), Role.CREDIT).replace("\u00a0", " ")
    assert said == "Paper: d'Ascoli et al. (2021), arXiv:2103.10697 · Source: Table 1 · Drawn by Collagebot"


def test_a_long_formula_gives_way_to_its_short_form() -> None:
    frame = arranged(AWKWARD["a wide formula with a short form"], Canvas.PORTRAIT)
    assert [item.latex for item in frame.items if item.role is Role.EQUATION] == ["x_1+x_2"]  # type: ignore[union-attr]


@EVERY_CANVAS
def test_a_text_without_end_is_refused_by_name(canvas: Canvas) -> None:
    endless = entry(CURVES, text=replace(TEXT, key_idea="word " * 900))
    with pytest.raises(CollageError, match=r"ml-collage/27-convit: the key idea is too long for a .*; shorten it"):
        arranged(endless, canvas)


def test_a_title_without_end_is_refused_by_name() -> None:
    with pytest.raises(CollageError, match="ml-collage/27-convit: the title does not fit"):
        arranged(entry(CURVES, paper=replace(PAPER, title="word " * 200)), Canvas.SLIDE)
