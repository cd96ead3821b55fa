"""Owns the numbers of a text as the fact guard compares them: exact, with what they count in: %, ×, or nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.editorial.drafting.guard.counting import PARTS, WORDS_FOR, chinese_number, counts_in

Magnitude = tuple[str, int]
"""Figures without noughts at their ends, and the power of ten they are taken by: 47.8 is ``("478", -1)``.

A power of another base stays as it is written: 2^20 is ``("2^20", 0)``.
"""

_FIGURES = r"(?P<figures>\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?P<decimals>(?<=\d)\.\d+|(?<![\w.])\.\d+)?"
_POWER = r"(?:\s?[x×*·]\s?10\^?\s?(?P<times>-?\d{1,4})(?!\d)|[eE](?P<e>[+-]?\d{1,3})(?!\w)|\^(?P<power>-?\d{1,4}))?"
_SCALE = (
    r"(?:[\s-]?(?P<word>thousand|million|billion|trillion|万亿|千万|百万|万|亿|千)"
    r"|\s?(?P<letter>[kKMBT]|bn)(?![\w-])|(?P<close>[kKMBT])(?=-))?"
)
_NUMBER = re.compile(rf"(?<![\w.])(?<![A-Za-z][-_/])(?=[\d.]){_FIGURES}{_POWER}{_SCALE}")
_LONGEST_SPOKEN = 20  # characters of a number in words that are read
_COUNTED_FIGURES = 2  # of a number that words are used for
_SCALES = {
    "thousand": 3, "k": 3, "K": 3, "million": 6, "M": 6, "billion": 9, "B": 9, "bn": 9, "trillion": 12, "T": 12,
    "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12,
}  # fmt: skip
_PERCENT = (
    r"(?:\s?%|[\s-]?per\s?cent(?:age)?\b|\s?pp\b|[\s-](?:[A-Za-z@-]+\s){0,2}?(?:points?|pts?)\b|\s?个?(?:百分)?点)"
)
_FACTOR = r"(?:\s?[x×](?!\s?\d|\w)|[\s-]?fold\b|[\s-]times\b|\s?倍)"
_UNIT = re.compile(rf"(?P<percent>{_PERCENT})|(?P<factor>{_FACTOR})")
_OTHERS = r"(?:\s?[%x×]?\s?(?:-|~|/|,|,?\s?to|,?\s?and|,?\s?or|vs\.?|versus|至|到|和|、)\s?\d+(?:\.\d+)?){1,3}"
_SHARED_UNIT = re.compile(rf"{_OTHERS}(?:(?P<percent>{_PERCENT})|(?P<factor>{_FACTOR}))")
_LETTERS_OF_UNITS = re.compile(
    r"(?:ms|s|h|hr|min|px|x|[kKMGTP]?B|[kMGT]?Hz|nm|mm|cm|m|km|dB|[kMG]?W|fps|FPS|e?V|th|st|nd|rd|[kKMBT])(?![A-Za-z0-9])"
)
_DIMENSIONS = re.compile(r"(?<![\w.])(\d+)-?[dD]\b")
_CHINESE = re.compile(
    r"(?P<percent>百分之)?\s?(?<![第一二两三四五六七八九十百千万])(?P<number>[二两三四五六七八九十][零〇一二三四五六七八九十百千万亿]*"
    r"(?:点[零〇一二三四五六七八九]+)?)"
    r"\s?(?P<unit>倍|成(?![为功立本分员就果])|分之|个|种|类|项|层|步|阶段|维|次|张|条|篇|例|名|位|组|轮|块|头|级|路|套|款|份|段|家|"
    r"年|天|周|小时|分钟|秒)?"
)


class Kind(Enum):
    """What a number counts in."""

    PLAIN = auto()
    PERCENT = auto()
    """Or points."""
    FACTOR = auto()
    """So many times as much."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text.

    Attributes:
        text: With its unit, for messages.
        value: With its scale: 65 million is ``("65", 6)``.
        figures: Without it.
        kinds: What it may count in: in ``3 to 5 %`` the first may be read as 3 or as 3 %.
        start: Where it stands.
    """

    text: str
    value: Magnitude
    figures: Magnitude
    kinds: frozenset[Kind]
    start: int

    @property
    def is_scaled(self) -> bool:
        """True for a number that leaves its noughts to a word or a letter."""
        return self.value != self.figures


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a paper.

    Attributes:
        plain, percent, factor: What is stated, by what it counts in; *plain* has those of the others, too.
        bare: Without a unit, which may stand somewhere else: decimals, and what is in tables.
        cells: Of these what is in tables, whose heads may count in millions.
        words: The words of the paper in lower case; some of them count.
    """

    plain: frozenset[Magnitude]
    percent: frozenset[Magnitude]
    factor: frozenset[Magnitude]
    bare: frozenset[Magnitude]
    cells: frozenset[Magnitude]
    words: frozenset[str]

    def have(self, quantity: Quantity) -> bool:
        """Tell whether the paper states *quantity*; rounding is not stating."""
        if quantity.figures in (self.cells if quantity.is_scaled else self.bare):
            return True
        return any(self._state(quantity.value, kind) for kind in quantity.kinds)

    def count(self, value: int, kind: Kind) -> bool:
        """Tell whether the paper has what a word that counts says: ``seven``, ``twice``."""
        return self._state(magnitude(str(value)), kind)

    def part(self, denominator: int) -> bool:
        """Tell whether the paper speaks of such a part: half, a third, a tenth."""
        words, percent = PARTS.get(denominator, (frozenset(), ""))
        is_inverse = magnitude(str(denominator)) in self.factor
        return bool(self.words & words) or is_inverse or bool(percent and magnitude(percent) in self.percent)

    def _state(self, value: Magnitude, kind: Kind) -> bool:
        match kind:
            case Kind.PERCENT:
                return value in self.percent
            case Kind.FACTOR:
                return value in self.factor
            case Kind.PLAIN:
                return value in self.plain or bool(self.words & _words_for(value))


def magnitude(figures: str, power: int = 0) -> Magnitude:
    """Read figures: ``1,200.50`` gives ``("12005", -1)``."""
    whole, _, decimals = figures.replace(",", "").partition(".")
    digits = (whole + decimals).lstrip("0")
    kept = digits.rstrip("0")
    return (kept, power - len(decimals) + len(digits) - len(kept)) if kept else ("", 0)


def _words_for(value: Magnitude) -> frozenset[str]:
    digits, power = value
    is_small = 0 < len(digits) <= _COUNTED_FIGURES and 0 <= power <= 1
    return WORDS_FOR.get(int(digits) * 10**power, frozenset()) if is_small else frozenset()


def quantities(text: str) -> Iterator[Quantity]:
    """Find the numbers in *text*, which is `spelled`; those that belong to a name (``GPT-4``) are left out."""
    for found in _NUMBER.finditer(text):
        if not (found["figures"] or found["decimals"]):
            continue
        has_scale = found["word"] or found["letter"] or found["close"]
        if not has_scale and text[found.end() : found.end() + 1].isalpha() and not _is_unit(text, found.end()):
            continue
        yield _quantity(found, text)
    yield from _chinese(text)


def numbers_of(prose: Iterable[str], cells: Iterable[str], words: frozenset[str]) -> Numbers:
    """Gather the numbers of a paper.

    Args:
        prose: Its sentences and captions, `spelled`.
        cells: Those of its tables, `spelled`.
        words: Its words in lower case.
    """
    by_kind: dict[Kind, set[Magnitude]] = {kind: set() for kind in Kind}
    bare: set[Magnitude] = set()
    for text in prose:
        for quantity in _readings(text):
            for kind in quantity.kinds | {Kind.PLAIN}:
                by_kind[kind].add(quantity.value)
            if quantity.figures[1] < 0 and Kind.PLAIN in quantity.kinds:
                bare.add(quantity.figures)
            by_kind[Kind.PLAIN].update(map(magnitude, quantity.text.split(",")) if "," in quantity.text else ())
        by_kind[Kind.PLAIN].update(magnitude(found[1]) for found in _DIMENSIONS.finditer(text))
        by_kind[Kind.FACTOR].update(magnitude(str(value)) for _, value, is_multiple in counts_in(text) if is_multiple)
    tabled = frozenset(quantity.figures for cell in cells for quantity in _readings(cell))
    sets = {kind: frozenset(values) for kind, values in by_kind.items()}
    return Numbers(
        plain=sets[Kind.PLAIN] | tabled,
        percent=sets[Kind.PERCENT],
        factor=sets[Kind.FACTOR],
        bare=frozenset(bare) | tabled,
        cells=tabled,
        words=words,
    )


def _readings(text: str) -> Iterator[Quantity]:
    """The numbers in a text of a paper; what looks like a power may be a number with a footnote."""
    for quantity in quantities(text):
        yield quantity
        base, sign, _ = quantity.value[0].partition("^")
        if sign:
            yield replace(quantity, value=magnitude(base), figures=magnitude(base))


def _is_unit(text: str, place: int) -> bool:
    return _LETTERS_OF_UNITS.match(text, place) is not None or not text[place].isascii()


def _quantity(found: re.Match[str], text: str) -> Quantity:
    written = (found["figures"] or "").replace(",", "") + (found["decimals"] or "")
    figures = magnitude(written)
    times = int(found["times"] or found["e"] or 0)
    if found["power"]:
        figures = ("1", int(found["power"])) if figures == ("1", 1) else (f"{written}^{found['power']}", 0)
    figures = (figures[0], figures[1] + times)
    scale = _SCALES.get(found["word"] or found["letter"] or found["close"] or "", 0)
    kinds, end = _kinds(text, found.end())
    value = (figures[0], figures[1] + scale)
    return Quantity(text[found.start() : end].strip(), value, figures, kinds, found.start())


def _kinds(text: str, place: int) -> tuple[frozenset[Kind], int]:
    """What a number that ends at *place* may count in, and where its unit ends."""
    if unit := _UNIT.match(text, place):
        return frozenset({Kind.PERCENT if unit["percent"] else Kind.FACTOR}), unit.end()
    if shared := _SHARED_UNIT.match(text, place):
        return frozenset({Kind.PLAIN, Kind.PERCENT if shared["percent"] else Kind.FACTOR}), place
    return frozenset({Kind.PLAIN}), place


def _chinese(text: str) -> Iterator[Quantity]:
    """Numbers in Chinese characters, where it is plain that they count."""
    for found in _CHINESE.finditer(text):
        unit = found["unit"] or ""
        if unit == "分之" or not (unit or found["percent"]):
            continue
        said = found["number"]
        value = magnitude(chinese_number(said)) if len(said) <= _LONGEST_SPOKEN else (said, 0)
        kind = Kind.PERCENT if found["percent"] or unit == "成" else Kind.FACTOR if unit == "倍" else Kind.PLAIN
        shifted = (value[0], value[1] + 1) if unit == "成" else value
        yield Quantity(found[0].strip(), shifted, shifted, frozenset({kind}), found.start())
