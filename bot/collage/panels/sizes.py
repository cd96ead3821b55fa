"""Owns the type of cards that speak: the largest of a few sizes at which their words fit."""

from collections.abc import Callable, Sequence

from bot.collage.themes import Tokens


def running_sizes(tokens: Tokens) -> tuple[float, ...]:
    """The sizes words may have in a card, the largest first."""
    return tuple(sorted({*tokens.words, tokens.caption}, reverse=True))


def large_sizes(tokens: Tokens) -> tuple[float, ...]:
    """The sizes of a sentence that is itself the picture, the largest first."""
    return tuple(sorted({tokens.title[-2].size, *tokens.words}, reverse=True))


def largest(sizes: Sequence[float], fits: Callable[[float], bool]) -> float:
    """The largest of *sizes* that fits, or the smallest of all."""
    return next((size for size in sorted(sizes, reverse=True) if fits(size)), min(sizes))
