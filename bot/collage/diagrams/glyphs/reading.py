"""Owns how the parameters of a picture are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_MOST_CELLS = 400
_COUNT = re.compile(r"(\d{1,2})(?:x(\d{1,2}))?\Z")
_LEVELS = re.compile(r"[0-9.]+(?:/[0-9.]+)*\Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)\Z")


@dataclass(frozen=True, slots=True)
class Cells:
    """A matrix of levels from 0 to 9, row by row; None for a plain cell."""

    rows: int
    columns: int
    levels: tuple[int | None, ...]


@lru_cache(maxsize=256)
def cells_of(words: tuple[str, ...]) -> Cells:
    """Read ``8``, ``4x6 lit 3 5`` or ``0159/2480``."""
    cut = words.index("lit") if "lit" in words else len(words)
    first = words[0]
    lit = {int(word) for word in words[cut + 1 :]}
    if found := _COUNT.match(first):
        rows, columns = (int(found[1]), int(found[2])) if found[2] else (1, int(found[1]))
        return Cells(rows, columns, tuple(9 if i + 1 in lit else None for i in range(rows * columns)))
    rows_of_levels = first.split("/")
    levels = tuple(None if digit == "." else int(digit) for row in rows_of_levels for digit in row)
    return Cells(len(rows_of_levels), len(rows_of_levels[0]), levels)


def said_and_lit(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Read ``the cat sat lit 2``."""
    cut = words.index("lit") if "lit" in words else len(words)
    return tuple(words[:cut]), frozenset(int(word) for word in words[cut + 1 :])


def words_fault(words: Sequence[str]) -> str | None:
    """Say what is wrong with tokens one can read."""
    cut = words.index("lit") if "lit" in words else len(words)
    if not 1 <= cut <= 12:
        return f"it wants 1 to 12 words and has {cut}; write them without quotes: words the cat sat"
    return numbers_fault(words[cut + 1 :], least=0, most=12, low=1, high=12)


def numbers_of(words: Sequence[str]) -> list[float]:
    """Read plain numbers."""
    return [float(word) for word in words]


def pairs_of(words: Sequence[str]) -> list[tuple[float, float]]:
    """Read ``0,0 1,2.5``."""
    return [(float(found[1]), float(found[2])) for word in words if (found := _PAIR.match(word))]


def cells_fault(words: Sequence[str]) -> str | None:
    """Say what cannot be read as cells."""
    if not words:
        return "it wants a size (8, or 4x6) or rows of digits (0159/2480)"
    first, *rest = words
    if not (_COUNT.match(first) or _LEVELS.match(first)):
        return f"{first!r} is neither a size (8, or 4x6) nor rows of digits (0159/2480)"
    if not _COUNT.match(first) and len({len(row) for row in first.split("/")}) > 1:
        return f"the rows of {first} are not equally long"
    cells = cells_of(tuple(words[:1]))
    if not 0 < cells.rows * cells.columns <= _MOST_CELLS:
        return f"it can have 1 to {_MOST_CELLS} cells"
    if rest and (rest[0] != "lit" or not all(word.isdigit() for word in rest[1:])):
        return f"after the size comes nothing, or `lit` and the numbers of cells; it says {' '.join(rest)!r}"
    return None


def numbers_fault(words: Sequence[str], *, least: int, most: int, low: float, high: float) -> str | None:
    """Say what keeps *words* from being *least* to *most* numbers between *low* and *high*."""
    if not least <= len(words) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        return f"it wants {wanted} numbers and has {len(words)}"
    for word in words:
        if not _NUMBER.match(word):
            return f"{word!r} is no number"
        if not low <= float(word) <= high:
            return f"{word} is not between {low:g} and {high:g}"
    return None


def pairs_fault(words: Sequence[str]) -> str | None:
    """Say what keeps *words* from being places such as ``0,1``."""
    for word in words:
        if not _PAIR.match(word):
            return f"{word!r} is no place; write two numbers with a comma, without a space: 1,2.5"
    return None if len(words) >= 2 else "it wants at least two places such as 0,0 1,2"
