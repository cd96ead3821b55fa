from dataclasses import replace

import pytest

from bot.collage.charts.bars import Bars
from bot.collage.charts.curves import Curves
from bot.collage.charts.scatter import Scatter
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Box, Curve, Item, Point, Role, Surface, Text
from bot.collage.panels.block import Look
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from bot.model.panel import Chart, ChartKind, ChartSeries
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
    one, two, three = bars(Bars(simple(10, 20, 40), STYLE).items(BOX))
    assert one.box.x == two.box.x == three.box.x
    assert (two.box.width, three.box.width) == pytest.approx((2 * one.box.width, 4 * one.box.width))


def test_negative_bars_lie_on_the_other_side_of_zero() -> None:
    up, down = bars(Bars(simple(30, -10), STYLE).items(BOX))
    assert down.box.right == pytest.approx(up.box.x)
    assert up.box.width == pytest.approx(3 * down.box.width)


def test_the_bars_a_chart_is_about_stand_out() -> None:
    first, second = bars(Bars(replace(simple(10, 20), emphasis=("b",)), STYLE).items(BOX))
    assert (first.fill, second.fill) == (PALETTE.grey, PALETTE.accent)


def test_missing_bars_leave_no_gap() -> None:
    assert len(bars(Bars(BARS, STYLE).items(BOX))) == 13


def test_the_highlight_wears_the_accent_and_the_others_are_grey() -> None:
    colours = [bar.fill for bar in bars(Bars(BARS, STYLE).items(BOX))]
    assert colours[:2] == [PALETTE.accent, PALETTE.grey]
    assert set(colours) == {PALETTE.accent, PALETTE.grey}


def test_every_bar_says_its_value_and_each_series_is_named_once() -> None:
    items = Bars(BARS, STYLE).items(Box(100, 100, 1100, 700))
    assert said(items, Role.VALUE)[:3] == ["81.4\u202f%", "53.3\u202f%", "64.0\u202f%"]
    names = said(items, Role.SERIES_NAME)
    assert [name for name in names if name in {"the method of the paper", "baseline"}] == [
        "the method of the paper",
        "baseline",
    ]


def test_curves_are_named_at_their_ends_in_their_colours() -> None:
    items = Curves(CURVES, STYLE).items(BOX)
    names = [item for item in items if isinstance(item, Text) and item.role is Role.SERIES_NAME]
    assert [(name.text, name.colour) for name in names] == [
        ("ConViT-S 81.4\u202f%", PALETTE.accent),
        ("DeiT-S 79.9\u202f%", PALETTE.muted),
    ]
    assert names[0].box.overlap(names[1].box) == 0


def test_points_lie_where_the_axes_say() -> None:
    items = Curves(simple(10, 20, 30, kind=ChartKind.LINE), STYLE).items(BOX)
    low, middle, high = (item for item in items if isinstance(item, Point))
    assert low.y > middle.y > high.y
    assert middle.y == pytest.approx((low.y + high.y) / 2)
    assert middle.x == pytest.approx((low.x + high.x) / 2)


def test_a_gap_cuts_a_curve() -> None:
    cut = replace(simple(1, 2, 3, kind=ChartKind.LINE), series=(ChartSeries("s", (1.0, 2.0, None, 3.0, 4.0)),))
    items = Curves(replace(cut, categories=tuple("abcde")), STYLE).items(BOX)
    assert [len(item.points) for item in items if isinstance(item, Curve)] == [2, 2]


def test_labels_of_a_chart_touch_no_curve() -> None:
    items = Curves(CURVES, STYLE).items(BOX)
    points = [item for item in items if isinstance(item, Point)]
    values = [item for item in items if isinstance(item, Text) and item.role is Role.VALUE]
    assert len(values) >= 6
    assert not [(value.text, point) for value in values for point in points if value.box.overlap(point.box)]


def test_named_points_keep_the_names_of_their_series_above_the_plane() -> None:
    names = said(Scatter(DOTS, STYLE).items(BOX), Role.SERIES_NAME)
    assert names[:2] == ["NFNet", "EfficientNet"]
    assert set(names[2:]) == {"F0", "F1", "F2", "B3", "B4", "B5"}


def test_a_higher_value_is_a_higher_point_on_a_logarithmic_axis_too() -> None:
    items = Scatter(replace(DOTS, log_y=True), STYLE).items(BOX)
    lit = [item for item in items if isinstance(item, Point) and item.colour == PALETTE.accent and item.y > 150]
    assert [point.y for point in lit] == sorted((point.y for point in lit), reverse=True)
    assert [point.x for point in lit] == sorted(point.x for point in lit)
