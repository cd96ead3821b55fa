"""Owns how much of an e-print is read, and for how long."""

from dataclasses import dataclass, field
from time import monotonic

from bot.errors import SourceRefused

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one e-print; what reaches beyond the first five is refused, what reaches beyond the rest is left out.

    Attributes:
        content: Bytes of the file as it came. arXiv takes submissions of up to 50 MB without asking.
        unpacked: Bytes of everything in it.
        ratio: Of *unpacked* bytes to bytes that came; looked at from *unsuspicious* bytes on. Text and EPS reach 30.
        members: Entries of the archive, folders included.
        seconds: For the archive and its TeX together.
        file: Bytes of one picture.
        kept: Bytes of all files that are of use to us.
        tex: Characters of the main file with all that it inputs.
        found: Figures, tables and formulas that are handed on, each.
    """

    content: int = 150 * _MEGABYTE
    unpacked: int = 600 * _MEGABYTE
    ratio: int = 200
    members: int = 10_000
    seconds: float = 30.0
    unsuspicious: int = 20 * _MEGABYTE
    file: int = 40 * _MEGABYTE
    kept: int = 200 * _MEGABYTE
    tex: int = 3 * _MEGABYTE
    found: int = 300


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which reading stops."""

    seconds: float
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_end", monotonic() + self.seconds)

    def check(self) -> None:
        """Go on, or stop.

        Raises:
            SourceRefused: The time is up.
        """
        if monotonic() > self._end:
            raise SourceRefused(f"the source takes more than {self.seconds:.0f} seconds to read; draft from the PDF")
