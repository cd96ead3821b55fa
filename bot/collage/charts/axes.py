"""Owns axes: round ticks, linear and logarithmic scales, and how a value is written."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FROM_ZERO = 0.4  # data that reaches below this share of its maximum is shown from zero
_NOTHING = 1e-300  # below it a fifth of a number may be zero
_WIDEST = 1e-18  # of the maximum: the smallest value a logarithmic axis still reaches
_MINUS = "\u2212"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_WILD, _WILD_RATIO = 1e5, 1e3  # values that large and that far apart share no notation
_LARGE = ((1e12, "T"), (1e9, "B"), (1e6, "M"))


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from values to positions, with its ticks.

    Attributes:
        start, end: Positions of `low` and `high`, in design units.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False
    start: float = 0.0
    end: float = 1.0

    def at(self, value: float) -> float:
        """The position of *value*."""
        low, high, place = (self._measure(v) for v in (self.low, self.high, value))
        return self.start + (self.end - self.start) * (place - low) / (high - low)

    def between(self, start: float, end: float) -> "Axis":
        """The same axis, laid from *start* to *end*."""
        return Axis(self.low, self.high, self.ticks, self.log, start, end)

    def labels(self) -> tuple[str, ...]:
        """How the ticks are written, all in one way."""
        if not self.log:
            return written(self.ticks)
        if self.ticks[0] >= 1e-3 and self.ticks[-1] <= 1e4:
            return tuple(f"{tick:,.10g}" for tick in self.ticks)
        return tuple("10" + str(round(math.log10(tick))).translate(_SUPERSCRIPTS) for tick in self.ticks)

    def _measure(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.log else value


def axis_for(values: Iterable[float], *, log: bool = False, count: int = 5) -> Axis:
    """The axis that shows all *values* with about *count* round ticks."""
    found = [value for value in values if math.isfinite(value)]
    low, high = min(found), max(found)
    return _log_axis(low, high) if log and low > 0 else _linear_axis(low, high, count)


def _linear_axis(low: float, high: float, count: int) -> Axis:
    if low >= 0 and low <= _FROM_ZERO * high:
        low = 0.0
    if high - low < _NOTHING:
        air = (abs(low) if abs(low) > _NOTHING else 1.0) / 2
        low, high = low - air, high + air
    step = _round_step((high - low) / count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{index * step:.12g}") for index in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _log_axis(low: float, high: float) -> Axis:
    """A little more than the data, with ticks at powers of ten, or at 1, 2 and 5 where those are too few."""
    low = max(low, high * _WIDEST)
    air = (high / low) ** 0.06 if high > low else 2.0
    low, high = low / air, high * air
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    decades = [10.0**power for power in powers if low <= 10.0**power <= high]
    if len(decades) >= 3:
        return Axis(low, high, tuple(decades[:: math.ceil(len(decades) / 6)]), log=True)
    fine = [step * 10.0**power for power in powers for step in (1, 2, 5) if low <= step * 10.0**power <= high]
    return Axis(low, high, tuple(fine or decades or [low]), log=True)


def written(values: Iterable[float]) -> tuple[str, ...]:
    """Write *values* with the same number of decimals, or each with two or three digits where they differ wildly."""
    found = list(values)
    largest = max((abs(value) for value in found), default=0.0)
    smallest = min((abs(value) for value in found if value), default=0.0)
    if largest >= _WILD and largest > _WILD_RATIO * smallest:
        return tuple(_rounded(value) for value in found)
    for size, letter in _LARGE:
        if largest >= size:
            return tuple(_write(value / size, _decimals(v / size for v in found)) + letter for value in found)
    places = _decimals(found)
    return tuple(_write(value, places) for value in found)


def _rounded(value: float) -> str:
    """A value of any size in a few characters: ``51``, ``1,080``, ``1.8×10⁷``."""
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        digits = 2 if abs(value) < 100 else 3
        return _write(float(f"{value:.{digits}g}"), _decimals([float(f"{value:.{digits}g}")]))
    mantissa, _, power = f"{value:.1e}".partition("e")
    return f"{mantissa}×10{str(int(power)).translate(_SUPERSCRIPTS)}".replace("-", _MINUS)


def _decimals(values: Iterable[float]) -> int:
    texts = [f"{value:.6g}" for value in values]
    return max((len(text.partition(".")[2]) for text in texts if "e" not in text), default=0)


def _write(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", _MINUS)
