"""Owns what an arXiv identifier looks like, in every spelling people paste."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

_LONGEST = 2000  # no address bar holds more
_NEW = r"[0-9]{4}\.[0-9]{4,5}"
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)  # those that gave ids before April 2007
_ID = re.compile(
    rf"(?P<new>{_NEW})|(?P<archive>{_ARCHIVES})(?:\.[a-z-]{{2,12}})?/(?P<old>[0-9]{{7}})",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?:v(?P<version>[1-9][0-9]{0,2}))?(?:\.pdf)?", re.IGNORECASE)
_PREFIX = re.compile(
    r"(?:https?://)?(?:"
    r"(?:[a-z0-9-]{1,20}\.){0,2}arxiv\.org/(?:abs|pdf|html|src|e-print|format|ps)/"  # www., export., ar5iv.labs.
    r"|(?:www\.)?ar5iv\.org/(?:(?:abs|html|pdf)/)?"
    r"|(?:www\.)?alphaxiv\.org/(?:[a-z]{2}/)?(?:abs|overview|pdf|html|resources)/"
    r"|(?:www\.)?(?:huggingface|hf)\.co/papers/"
    r"|(?:www\.|api\.)?semanticscholar\.org/(?=arxiv:)"
    r"|(?:www\.)?(?:scirate\.com/arxiv|arxiv-vanity\.com/papers|emergentmind\.com/papers|papers\.cool/arxiv)/"
    r"|(?:(?:dx\.|www\.)?doi\.org/|doi\s{0,3}:\s{0,3})?10\.48550/(?=arxiv\.)"
    r")?(?:arxiv(?:\.|\s{0,3}:\s{0,3}))?",
    re.IGNORECASE,
)
# What may follow: more of a link, or the rest of the stamp on the first page (`[cs.LG] 19 Mar 2021`).
_TAIL = re.compile(
    r"(?:[/?#].*)?|\s{0,3}\[[a-z.-]{2,20}\](?:\s{1,3}[0-9]{1,2} [a-z]{3,9} [0-9]{4})?", re.IGNORECASE | re.DOTALL
)
_AROUND = "<>()[]{}«»‹›《》〈〉「」『』【】（）\"'`“”‘’„‚,;:.!?…，。、；：！？*_|"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: ord("."), 0x3000: ord(" ")}


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
        found = cls.find_versioned(text)
        return found[0] if found else None

    @classmethod
    def find_versioned(cls, text: str) -> tuple[Self, int | None] | None:
        """Read what `find` reads, with the version it names; None for the version means the newest."""
        plain = _plain(text)
        start = prefix.end() if (prefix := _PREFIX.match(plain)) else 0
        found = _ID.match(plain, start)
        version = _VERSION.match(plain, found.end()) if found else None
        if found is None or version is None or not _TAIL.fullmatch(plain, version.end()):
            return None
        value = found["new"] or f"{found['archive'].lower()}/{found['old']}"
        return cls(value), int(version["version"]) if version["version"] else None

    def url(self, version: int | None = None) -> str:
        """Link to the abstract page, which is where arXiv asks to be linked."""
        return f"https://arxiv.org/abs/{self.value}" + (f"v{version}" if version else "")


def _plain(text: str) -> str:
    """*text* without what keyboards, chats and mail programs put around and into a link."""
    if len(text) > _LONGEST:
        return ""
    seen = "".join(char for char in text.translate(_FULL_WIDTH) if unicodedata.category(char) != "Cf")
    bare = seen.strip().strip(_AROUND).strip()
    opening, closing = bare.count("["), bare.count("]")
    bare = bare + "]" if opening > closing else bare  # the one that closes `[cs.LG]`
    return unquote(bare) if "%" in bare else bare
