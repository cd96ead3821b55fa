"""Owns what an arXiv identifier looks like, in every spelling people paste."""

import re
from dataclasses import dataclass
from typing import Self

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}"
_ID = re.compile(rf"(?P<id>{_NEW}|{_OLD})(?:v(?P<version>\d{{1,3}}))?(?:\.pdf)?")
_PREFIX = re.compile(
    r"^\s*(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|src|e-print|format)/"
    r"|(?:dx\.)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.|arxiv\s*:\s*)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[/?#].*$|\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """A paper on arXiv, any version.

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """

    value: str

    def __str__(self) -> str:
        return self.value

    @classmethod
    def find(cls, text: str) -> Self | None:
        """Read an id, a link or a DOI; None when *text* is something else."""
        rest = text[_PREFIX.match(text).end() :]  # type: ignore[union-attr]  # every part is optional: it always matches
        match = _ID.match(rest)
        if match is None or not _TAIL.fullmatch(rest, match.end()):
            return None
        return cls(match["id"])

    def url(self, version: int | None = None) -> str:
        """Link to the abstract page, which is where arXiv asks to be linked."""
        return f"https://arxiv.org/abs/{self.value}" + (f"v{version}" if version else "")
