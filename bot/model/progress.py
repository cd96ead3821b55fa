"""Owns how far a draft is: what whoever waits for it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Stage(StrEnum):
    """What is being done, in the order in which it is done; some may be left out."""

    WAITING = "waiting"
    """For others who draft."""
    ASKING = "asking"
    """The index about the paper."""
    READING = "reading"
    """The source, the page, the PDF."""
    CHOOSING = "choosing"
    """Sentences, figures, a formula, a number."""
    WRITING = "writing"
    """A language model drafts the words."""
    DRAWING = "drawing"
    """The collage, and judging it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a draft is.

    Attributes:
        figures: How many were found; None as long as nobody has counted them.
    """

    stage: Stage
    figures: int | None = None


Report: TypeAlias = Callable[[Progress], None]
"""Told whenever the stage changes; must not take long."""


def in_silence(_: Progress) -> None:
    """Tell nobody."""
