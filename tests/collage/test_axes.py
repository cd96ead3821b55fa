import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.charts.axes import axis_for, written

FINITE = st.floats(-1e12, 1e12)


@given(st.lists(FINITE, min_size=1))
def test_every_value_lies_between_the_ends_of_a_linear_axis(values: list[float]) -> None:
    axis = axis_for(values)
    slack = 1e-9 * max(abs(axis.low), abs(axis.high))
    assert axis.low - slack <= min(values) <= max(values) <= axis.high + slack
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert 2 <= len(axis.ticks) <= 9


@given(st.lists(st.floats(1e-12, 1e15), min_size=1))
def test_every_value_lies_on_a_logarithmic_axis(values: list[float]) -> None:
    axis = axis_for(values, log=True).between(0, 100)
    assert all(-1e-6 <= axis.at(value) <= 100 + 1e-6 for value in values)
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([34.8, 81.4], (30, 40, 50, 60, 70, 80, 90)),
        ([12, 30], (0, 10, 20, 30)),
        ([5e-324], (-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6)),
        ([0.793, 0.805], (0.7925, 0.795, 0.7975, 0.8, 0.8025, 0.805)),
    ],
)
def test_ticks_are_round(values: list[float], ticks: tuple[float, ...]) -> None:
    assert axis_for(values).ticks == pytest.approx(ticks)


def test_logarithmic_ticks_are_powers_of_ten_or_one_two_five() -> None:
    assert axis_for([10, 1e6], log=True).ticks == (10, 100, 1000, 1e4, 1e5, 1e6)
    assert axis_for([73, 1400], log=True).ticks == (100, 200, 500, 1000)


def test_large_powers_are_written_as_powers() -> None:
    assert axis_for([1, 1e9], log=True).labels()[-1] == "10⁸"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([47.8, 60.0], ("47.8", "60.0")),
        ([4, 2], ("4", "2")),
        ([-3.5, 1200], ("−3.5", "1,200.0")),
        ([65e6, 4.8e6], ("65.0M", "4.8M")),
        ([51.2, 26214, 1.79e7], ("51", "26,200", "1.8×10⁷")),
    ],
)
def test_values_are_written_alike(values: list[float], texts: tuple[str, ...]) -> None:
    assert written(values) == texts
