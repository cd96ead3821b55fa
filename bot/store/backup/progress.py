"""Owns telling how far something long has come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

EVERY_S = 2.0
"""What is done sooner than this says nothing."""


@dataclass(slots=True)
class Progress:
    """Says now and then how much of something is done.

    Args:
        say: Takes the sentence.
    """

    say: Callable[[str], None]
    _next: float = field(default_factory=lambda: monotonic() + EVERY_S)

    def __call__(self, done: int, total: int, unit: str) -> None:
        """Take note that *done* of about *total* is done."""
        if monotonic() >= self._next:
            self.say(f"{min(done, total):,} of {total:,} {unit} …")
            self._next = monotonic() + EVERY_S
