import math
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from bot.collage.box import Box
from bot.collage.charts.bars import Bars
from bot.collage.charts.curves import Curves
from bot.collage.charts.dots import Dots
from bot.collage.charts.labels import crosses
from bot.collage.charts.scatter import Scatter
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Curve, Item, Point, Role, Surface, Text
from bot.collage.labels import labels_of
from bot.collage.panels.block import Look
from bot.collage.panels.chart import ChartBlock
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from bot.model.panel import Annotation, Baseline, Chart, ChartKind, ChartSeries
from tests.collage.samples import BARS, CONVIT, CURVES, DOTS

TOKENS = tokens_of(Canvas.SLIDE)
PALETTE = palette_of(CONVIT)
STYLE = ChartLook(Look(TOKENS, PALETTE, TOKENS.body_start))
BOX = Box(100, 100, 800, 500)


def said(items: tuple[Item, ...], role: Role) -> list[str]:
    return [item.text for item in items if isinstance(item, Text) and item.role is role]


def bars(items: tuple[Item, ...]) -> list[Surface]:
    return [item for item in items if isinstance(item, Surface) and item.role is Role.BAR]


def simple(*values: float, kind: ChartKind = ChartKind.BAR) -> Chart:
    names = tuple("abcdefgh"[: len(values)])
    return replace(BARS, kind=kind, series=(ChartSeries("only", values),), categories=names)


def test_bars_are_as_long_as_their_values_from_zero() -> None:
    one, two, three = bars(Bars(simple(10, 20, 40), STYLE).drawn(BOX).items)
    assert one.box.x == two.box.x == three.box.x
    assert (two.box.width, three.box.width) == pytest.approx((2 * one.box.width, 4 * one.box.width))


def test_negative_bars_lie_on_the_other_side_of_zero() -> None:
    up, down = bars(Bars(simple(30, -10), STYLE).drawn(BOX).items)
    assert down.box.right == pytest.approx(up.box.x)
    assert up.box.width == pytest.approx(3 * down.box.width)


def test_the_bars_a_chart_is_about_stand_out() -> None:
    first, second = bars(Bars(replace(simple(10, 20), emphasis=("b",)), STYLE).drawn(BOX).items)
    assert (first.fill, second.fill) == (PALETTE.grey, PALETTE.accent)


def test_missing_bars_leave_no_gap() -> None:
    assert len(bars(Bars(BARS, STYLE).drawn(BOX).items)) == 13


def test_the_highlight_wears_the_accent_and_the_others_are_grey() -> None:
    colours = [bar.fill for bar in bars(Bars(BARS, STYLE).drawn(BOX).items)]
    assert colours[:2] == [PALETTE.accent, PALETTE.grey]
    assert set(colours) == {PALETTE.accent, PALETTE.grey}


def test_every_bar_says_its_value_and_each_series_is_named_once() -> None:
    items = Bars(BARS, STYLE).drawn(Box(100, 100, 1100, 700)).items
    assert said(items, Role.VALUE)[:3] == ["81.4\u202f%", "53.3\u202f%", "64.0\u202f%"]
    names = said(items, Role.SERIES_NAME)
    assert [name for name in names if name in {"the method of the paper", "baseline"}] == [
        "the method of the paper",
        "baseline",
    ]


def test_curves_are_named_at_their_ends_in_their_colours() -> None:
    items = Curves(CURVES, STYLE).drawn(BOX).items
    names = [item for item in items if isinstance(item, Text) and item.role is Role.SERIES_NAME]
    assert [(name.text, name.colour) for name in names] == [
        ("ConViT-S 81.4\u202f%", PALETTE.accent),
        ("DeiT-S 79.9\u202f%", PALETTE.muted),
    ]
    assert names[0].box.overlap(names[1].box) == 0


def test_points_lie_where_the_axes_say() -> None:
    items = Curves(simple(10, 20, 30, kind=ChartKind.LINE), STYLE).drawn(BOX).items
    low, middle, high = (item for item in items if isinstance(item, Point))
    assert low.y > middle.y > high.y
    assert middle.y == pytest.approx((low.y + high.y) / 2)
    assert middle.x == pytest.approx((low.x + high.x) / 2)


def test_a_gap_cuts_a_curve() -> None:
    cut = replace(simple(1, 2, 3, kind=ChartKind.LINE), series=(ChartSeries("s", (1.0, 2.0, None, 3.0, 4.0)),))
    items = Curves(replace(cut, categories=tuple("abcde")), STYLE).drawn(BOX).items
    assert [len(item.points) for item in items if isinstance(item, Curve)] == [2, 2]


def test_labels_of_a_chart_touch_no_curve() -> None:
    items = Curves(CURVES, STYLE).drawn(BOX).items
    points = [item for item in items if isinstance(item, Point)]
    values = [item for item in items if isinstance(item, Text) and item.role is Role.VALUE]
    assert len(values) >= 6
    assert not [(value.text, point) for value in values for point in points if value.box.overlap(point.box)]


def test_each_series_of_named_points_is_named_at_one_of_them() -> None:
    names = said(Scatter(DOTS, STYLE).drawn(BOX).items, Role.SERIES_NAME)
    assert sorted(name.split()[-1] for name in names) == ["B3", "B4", "B5", "F0", "F1", "F2"]
    assert sorted(name.split()[0] for name in names if " " in name) == ["EfficientNet", "NFNet"]


def test_a_name_stands_nearer_to_its_own_point_than_to_any_other() -> None:
    drawn = Scatter(DOTS, STYLE).drawn(Box(0, 0, 480, 400))
    for name in (item for item in drawn.items if isinstance(item, Text) and item.role is Role.SERIES_NAME):
        gaps = {
            mark: math.dist((box.centre_x, box.centre_y), _nearest(name.box, box)) for mark, box in drawn.marks.items()
        }
        series, place = min(gaps, key=lambda mark: gaps[mark])
        assert name.text.endswith(DOTS.series[series].labels[place])


def _nearest(box: Box, point: Box) -> tuple[float, float]:
    return min(max(point.centre_x, box.x), box.right), min(max(point.centre_y, box.y), box.bottom)


def test_series_that_cannot_be_named_at_a_point_are_named_above_the_plane() -> None:
    crowd = tuple(100.0 + i for i in range(40))
    series = tuple(
        ChartSeries(name, tuple(80 + i % 7 + shift for i in range(40)), x=crowd, labels=("",) * 39 + ("last",))
        for shift, name in ((0.0, "one with a long name indeed"), (0.3, "another with a long name"))
    )
    crowded = replace(DOTS, series=series, log_x=False)
    names = said(Scatter(crowded, STYLE).drawn(Box(0, 0, 420, 260)).items, Role.SERIES_NAME)
    assert names[:2] == ["one with a long name indeed", "another with a long name"]


def test_a_higher_value_is_a_higher_point_on_a_logarithmic_axis_too() -> None:
    items = Scatter(replace(DOTS, log_y=True), STYLE).drawn(BOX).items
    lit = [item for item in items if isinstance(item, Point) and item.colour == PALETTE.accent and item.y > 150]
    assert [point.y for point in lit] == sorted((point.y for point in lit), reverse=True)
    assert [point.x for point in lit] == sorted(point.x for point in lit)


RANGES = Chart(
    kind=ChartKind.RANGE,
    title="Five seeds",
    caption="Their ranges do not overlap.",
    source="Table 5",
    series=(ChartSeries("top-1", (76.0, 79.0, 81.0), low=(75.0, 78.5, None), high=(78.0, 80.0, None)),),
    categories=("fixed", "none", "learned"),
    unit="%",
)


def test_a_range_reaches_from_its_low_to_its_high_with_the_value_between() -> None:
    chart = Dots(RANGES, STYLE).drawn(BOX)
    wide, narrow = bars(chart.items)
    assert wide.box.width == pytest.approx(2 * narrow.box.width)
    assert wide.box.x < chart.marks[0, 0].centre_x < wide.box.right
    assert chart.marks[0, 0].centre_x - wide.box.x == pytest.approx(wide.box.width / 3)


def test_a_range_says_its_value_with_the_unit_and_its_ends_without() -> None:
    items = Dots(RANGES, STYLE).drawn(BOX).items
    assert said(items, Role.VALUE) == ["76.0\u202f%", "79.0\u202f%", "81.0\u202f%"]
    assert [text for text in said(items, Role.TICK) if "." in text] == ["75.0", "78.0", "78.5", "80.0"]


def test_bars_on_a_logarithmic_scale_become_dots_because_such_a_scale_has_no_zero() -> None:
    logarithmic = replace(simple(1e2, 1e4, 1e8), log_y=True)
    placed = ChartBlock(logarithmic, STYLE.look).place(Box(0, 0, 800, 400))
    assert not bars(placed.items)
    low, middle, high = (item.x for item in placed.items if isinstance(item, Point))
    assert high - middle == pytest.approx(2 * (middle - low))


@pytest.mark.parametrize("plot", [Bars, Dots])
def test_an_upright_baseline_stands_at_its_value_and_runs_through_no_letters(plot: type[Bars | Dots]) -> None:
    chart = replace(simple(10, 20, 40), baseline=Baseline(21, "what was best before"))
    drawn = plot(chart, STYLE).drawn(BOX)
    lines = [item for item in drawn.items if isinstance(item, Curve) and item.dash]
    texts = [item for item in drawn.items if isinstance(item, Text)]
    assert "what was best before" in " ".join(text.text for text in texts)
    assert len({line.points[0][0] for line in lines}) == 1
    assert not [text.text for text in texts for line in lines if crosses((line.points[0], line.points[1]), text.box)]
    if plot is Bars:
        x, zero = lines[0].points[0][0], bars(drawn.items)[0].box.x
        assert x - zero == pytest.approx(2.1 * bars(drawn.items)[0].box.width)


@pytest.mark.parametrize(("plot", "chart"), [(Curves, CURVES), (Scatter, DOTS)])
def test_a_level_baseline_lies_at_its_value_with_its_name(plot: type[Curves | Scatter], chart: Chart) -> None:
    value = next(value for value in chart.series[1].values if value is not None)
    drawn = plot(replace(chart, baseline=Baseline(value, "before")), STYLE).drawn(BOX)
    (line,) = [item for item in drawn.items if isinstance(item, Curve) and item.dash]
    assert line.points[0][1] == line.points[1][1] == pytest.approx(drawn.marks[1, 0].centre_y)
    assert "before" in said(drawn.items, Role.SERIES_NAME)


def test_a_baseline_beyond_all_values_widens_the_axis() -> None:
    chart = replace(simple(1, 2, 3, kind=ChartKind.LINE), baseline=Baseline(9, "people"))
    (line,) = [item for item in Curves(chart, STYLE).drawn(BOX).items if isinstance(item, Curve) and item.dash]
    assert BOX.y <= line.points[0][1] <= BOX.bottom


@pytest.mark.parametrize("width", [400, 480, 560, 700, 900])
@pytest.mark.parametrize("height", [260, 340, 420, 560])
def test_a_line_shows_all_its_values_or_those_of_its_ends_and_the_grey_one_no_more_than_the_highlight(
    width: float, height: float
) -> None:
    items = Curves(CURVES, STYLE).drawn(Box(0, 0, width, height)).items
    counts = [
        sum(isinstance(item, Text) and item.role is Role.VALUE and item.colour == colour for item in items)
        for colour in (PALETTE.accent, PALETTE.muted)
    ]
    assert counts in ([4, 4], [4, 1], [4, 0], [1, 1], [1, 0], [0, 0], [0, 1])


ANNOTATED = [
    replace(CURVES, annotations=(Annotation("the largest lead", "DeiT-S @ 10 %"),)),
    replace(DOTS, annotations=(Annotation("as good, six times faster", "F0"), Annotation("the largest", "B5"))),
    replace(RANGES, annotations=(Annotation("seeds agree", "learned"),)),
    replace(BARS, categories=tuple("abcdefg"), annotations=(Annotation("the smallest gain", "baseline @ c"),)),
]


@pytest.mark.parametrize("values", [(0.0, 4e13), (1.0, 4e13)])
def test_the_name_of_a_line_that_ends_at_the_top_stays_below_what_stands_above_the_chart(
    values: tuple[float, float],
) -> None:
    """The name takes two lines, and is higher than the room above the plane."""
    lines = (ChartSeries("a representation the", values), ChartSeries("a", (0.0, 4e13)))
    chart = replace(CURVES, series=lines, categories=("a 0", "a 1"), unit="%", emphasis=(), baseline=None)
    curves = Curves(chart, STYLE)
    box = Box(0, 100, curves.narrowest, curves.least(curves.narrowest))
    names = [item for item in curves.drawn(box).items if isinstance(item, Text) and item.role is Role.SERIES_NAME]
    assert min(name.box.y for name in names) >= box.y


@pytest.mark.parametrize("chart", ANNOTATED, ids=lambda chart: chart.kind.value)
@pytest.mark.parametrize("canvas", [Canvas.SLIDE, Canvas.PORTRAIT])
@pytest.mark.parametrize("share", [1.0, 1.3, 1.7])
def test_annotations_find_room_wherever_the_chart_does(chart: Chart, canvas: Canvas, share: float) -> None:
    tokens = tokens_of(canvas)
    block = ChartBlock(chart, Look(tokens, PALETTE, tokens.body_start))
    width = 0.62 * tokens.content_width
    box = Box(0, 0, width, share * block.least(width))
    placed = block.place(box)
    arrows = [item for item in placed.items if isinstance(item, Curve) and item.role is Role.ANNOTATION]
    texts = [item for item in placed.items if isinstance(item, Text)]
    assert len(arrows) == len(chart.annotations)
    assert all(box.holds(item.box, slack=0.5) for item in placed.items)
    assert not [(one.text, other.text) for one, other in combinations(texts, 2) if one.box.overlap(other.box) > 0.5]
    for arrow in arrows:
        assert not [text.text for text in texts for piece in pairwise(arrow.points) if crosses(piece, text.box)]


def test_an_arrow_ends_beside_the_value_it_means() -> None:
    block = ChartBlock(ANNOTATED[0], STYLE.look)
    placed = block.place(Box(0, 0, 900, 560))
    (arrow,) = [item for item in placed.items if isinstance(item, Curve) and item.role is Role.ANNOTATION]
    greys = [item for item in placed.items if isinstance(item, Point) and item.colour == PALETTE.grey]
    assert min(greys, key=lambda dot: math.dist((dot.x, dot.y), arrow.points[-1])) == greys[1]
    assert math.dist((greys[1].x, greys[1].y), arrow.points[-1]) < TOKENS.caption


def test_what_is_said_of_the_scale_is_in_the_language_of_the_collage() -> None:
    chart = replace(BARS, log_y=True, lower_is_better=True, y_label="错误率")
    look = replace(STYLE.look, labels=labels_of("zh"))
    ticks = said(ChartBlock(chart, look).place(BOX).items, Role.TICK)
    assert "错误率 · 对数刻度 · 越低越好" in ticks
