"""Owns how much of a PDF is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds within which a PDF is read; what lies beyond is left out, with a note.

    Attributes:
        file_bytes: A larger file is refused.
        pages: Forty for the paper and as many for its appendix; later ones are not looked at.
        letters, objects: On one page; a page with more is read so far.
        figures: That are drawn.
        seconds: After which no further page is begun. A page that hangs must be stopped from outside.
        resolution: In dots per inch, of a drawn figure that is not larger than *longest_side*; twice that of print,
            because a collage shows a figure larger than its page does, and lines have no resolution of their own.
        longest_side: In pixels.
    """

    file_bytes: int = 100_000_000
    pages: int = 80
    letters: int = 30_000
    objects: int = 30_000
    figures: int = 80
    seconds: float = 40.0
    resolution: float = 600.0
    longest_side: int = 2400
