"""Owns the collage with its verdict: composed, drawn and judged in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.collage.check.report import Report
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Judged:
    """A composed picture and what all rules say of it. It can be handed from one process to another.

    Attributes:
        jpeg: The bytes to send.
        width, height: In pixels.
        alt: The same in plain sentences.
    """

    jpeg: bytes
    width: int
    height: int
    alt: str
    report: Report


def judged(
    entry: Entry,
    canvas: Canvas,
    *,
    language: str = ENGLISH,
    theme: Theme = Theme.LIGHT,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Judged:
    """Compose the collage of *entry* and judge it; takes CPU time.

    Args:
        files: The bytes of the entry's figures, by sha256.

    Raises:
        CollageError: It cannot be composed.
    """
    from bot.collage.check.judge import check  # where it is done, in a worker; who asks for it does without
    from bot.collage.compose import compose
    from bot.collage.draw import draw

    made = compose(entry, canvas, language=language, theme=theme, files=files)
    report = check(entry, made.frame, picture=draw(made.frame), encoded=made.jpeg)
    return Judged(made.jpeg, made.width, made.height, made.alt, report)
