"""Owns the numbers in a text: which there are, what they are worth, and which belong to a name."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SCALES = {
    "thousand": 1e3, "k": 1e3, "K": 1e3, "million": 1e6, "M": 1e6, "billion": 1e9, "B": 1e9,
    "trillion": 1e12, "T": 1e12, "万": 1e4, "亿": 1e8,
}  # fmt: skip
_NUMERAL = re.compile(
    r"(?P<figures>\d{1,3}(?:[,\u2009\u202f]\d{3})+(?!\d)|\d+)(?P<decimals>\.\d+)?"
    r"(?:\s?[×·]\s?10(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<exponent>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"(?:[ \u00a0\u202f]?(?P<scale>thousand|million|billion|trillion|万|亿)|(?P<letter>[kKMBT])(?![A-Za-z]))?"
)
_UNIT = re.compile(r"(?:ms|s|h|px|x|[kKMGT]?B|pts?|dB|Hz|nm|mm|cm|m|km|°)(?![A-Za-z])")  # may stand close behind
_INDEX = re.compile(
    r"(?:layer|head|step|block|stage|task|class|level|token|node|unit|neuron|phase|group|fig|figure|table|tab|eq|eqs|equation|"
    r"section|sec|sect|chapter|page|p|pp|appendix|algorithm|theorem|lemma|version|epoch|iteration|frame|point|case|part|no|top)s?\.?\s$",
    re.IGNORECASE,
)
_LARGEST_INDEX = 99
_LARGEST = sys.float_info.max
_EXACT_FIGURES = 3  # a chart writes numbers of so many figures in full
_JOINERS = frozenset("-\u2010\u2011_/.")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is printed.

    Attributes:
        text: As it stands there.
        value: With its scale: 65 million is 6.5e7. What is too large for a float is worth the largest one.
        plain: Without it: 65.
        unit: Of its last digit: 0.1 for 47.8.
        is_name: It belongs to a name (GPT-3, CIFAR-10, top-1) or counts through (layer 4): it claims nothing.
    """

    text: str
    value: float
    plain: float
    unit: float
    is_name: bool


def numerals_in(text: str) -> Iterator[Numeral]:
    """Find the numbers of *text* in order."""
    for match in _NUMERAL.finditer(text):
        plain = min(float(re.sub(r"\D", "", match["figures"]) + (match["decimals"] or "")), _LARGEST)
        factor = _factor(match)
        value = _power(plain, match["exponent"]) if match["exponent"] else min(plain * factor, _LARGEST)
        yield Numeral(match[0].strip(), value, plain, min(_unit(match) * factor, _LARGEST), _is_name(match, text))


def written_fault(value: str, written: str) -> str | None:
    """Say how *written* differs from *value*, which it writes in another language; None where it does not."""
    listed, said = (sorted(numeral.value for numeral in numerals_in(text)) for text in (value, written))
    return None if listed == said else f"{written!r} is not worth {value!r}"


def _unit(match: re.Match[str]) -> float:
    """What the last digit counts; of a large number with noughts at its end, the last digit before them."""
    if match["decimals"]:
        return _power(10.0, str(1 - len(match["decimals"])))
    figures = re.sub(r"\D", "", match["figures"])
    noughts = len(figures) - len(figures.rstrip("0")) if len(figures) > _EXACT_FIGURES else 0
    return _power(10.0, str(noughts))


def _factor(match: re.Match[str]) -> float:
    factor = _SCALES.get(match["scale"] or match["letter"] or "", 1.0)
    return min(factor * _power(10.0, match["power"]), _LARGEST) if match["power"] else factor


def _power(base: float, exponent: str) -> float:
    """*base* to a written exponent, raised or not."""
    try:
        return min(float(base ** float(exponent.translate(_SUPERSCRIPTS))), _LARGEST)
    except (OverflowError, ZeroDivisionError):
        return _LARGEST


def _is_name(match: re.Match[str], text: str) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if before[-1:].isalpha() or (before[-1:] in _JOINERS and before[-2:-1].isalnum() and _is_lettered(before)):
        return True
    if after[:1].isalpha() and after[:1].isascii() and not _UNIT.match(after):
        return True
    is_index = _INDEX.search(before) is not None and match["decimals"] is None
    return is_index and float(re.sub(r"\D", "", match["figures"])) <= _LARGEST_INDEX


def _is_lettered(before: str) -> bool:
    """True when the word that ends in *before* holds a letter: ``top-``, ``ResNet-50-``."""
    word = before.split()[-1] if before.split() else ""
    return any(character.isalpha() for character in word)
