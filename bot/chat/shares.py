"""Owns how many things are divided into shares of nearly the same size: rows of buttons, albums."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def evenly(items: Sequence[T], most: int) -> tuple[tuple[T, ...], ...]:
    """Divide *items* in order into as few shares of at most *most* as possible; sizes differ by one at most."""
    shares = -(-len(items) // most)
    sizes = [len(items) // shares + (place < len(items) % shares) for place in range(shares)]
    starts = [sum(sizes[:place]) for place in range(shares)]
    return tuple(tuple(items[start : start + size]) for start, size in zip(starts, sizes, strict=True))
