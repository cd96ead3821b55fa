import pytest

from bot.collage.annotations.targets import share_of, target_fault
from bot.model.panel import Annotation, Chart, Diagram, Figure
from tests.collage.samples import BARS, CURVES, DOTS


@pytest.mark.parametrize(
    ("chart", "to"),
    [
        (CURVES, "DeiT-S @ 10 %"),
        (CURVES, "DeiT-S@10 %"),
        (CURVES, "10 %"),
        (DOTS, "NFNet @ F0"),
        (DOTS, "B4"),
    ],
)
def test_values_of_a_chart_are_found_by_series_and_category_or_by_their_label(chart: Chart, to: str) -> None:
    assert target_fault(chart, Annotation("here", to)) is None


@pytest.mark.parametrize(
    ("chart", "to"),
    [
        (CURVES, "DeiT-S @ 12 %"),
        (CURVES, "DeiT-B @ 10 %"),
        (CURVES, ""),
        (DOTS, "B9"),
        (BARS, f"baseline @ {BARS.categories[4]}"),
    ],
)
def test_a_value_that_is_not_there_is_a_fault(chart: Chart, to: str) -> None:
    assert target_fault(chart, Annotation("here", to))


def test_figures_are_pointed_at_by_two_shares() -> None:
    figure = Figure("a.png", "00", "caption", "credit", "licence")
    assert share_of("0.4 0.7") == (0.4, 0.7)
    assert target_fault(figure, Annotation("here", "0.4 0.7")) is None
    assert all(
        target_fault(figure, Annotation("here", to)) for to in ("0.4", "0.4 1.7", "left top", "0.1 0.2 0.3", "nan 0")
    )


def test_diagrams_are_pointed_at_by_the_names_of_their_nodes() -> None:
    diagram = Diagram('gate: box "the gate"\nmix: box "the mix"\ngate -> mix', "title", "caption", "source")
    assert target_fault(diagram, Annotation("here", "gate")) is None
    assert "mix" in (target_fault(diagram, Annotation("here", "door")) or "")


def test_nodes_are_pointed_at_whole_or_at_a_place_in_them() -> None:
    diagram = Diagram('a: box "A"\nb: grid 2x2\na -> b', "title", "caption", "sec. 1")
    assert target_fault(diagram, Annotation("here", "b")) is None
    assert target_fault(diagram, Annotation("here", "b 0.9 0.1")) is None
    assert "no node 'c'" in str(target_fault(diagram, Annotation("here", "c 0.9 0.1")))
    assert "b 0.8 0.2" in str(target_fault(diagram, Annotation("here", "b 0.9")))
