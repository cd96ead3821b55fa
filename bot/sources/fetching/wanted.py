"""Owns what is asked of a server, and what may come back."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to fetch, with its bounds.

    Attributes:
        what: For messages: ``the source of 2103.10697v2``.
        kinds: How a content type that we can use begins; an answer without a type is taken.
        limit: The most bytes, before and after decompression.
        seconds: The longest that one answer may take, from connecting to its last byte.
        is_packed: A content encoding says what the file is (arXiv's ``x-gzip``), not how it travelled: it stays packed.
        body: Sent as JSON, by POST; None asks by GET.
    """

    what: str
    kinds: tuple[str, ...]
    limit: int
    seconds: float
    is_packed: bool = False
    body: object = None

    def takes(self, kind: str) -> bool:
        """Tell whether an answer of content type *kind* can be what is wanted."""
        return not kind or kind.lower().startswith(self.kinds)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try.

    Attributes:
        attempts: The first one included.
        first: The first pause; the next ones are longer, each with some chance in it.
        longest: Longer than this is left to a person: the request is given up.
    """

    attempts: int = 4
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(seconds=30)


AT_ONCE = Patience(attempts=1)
"""For what is nice to have: one try, then do without."""
