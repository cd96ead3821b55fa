"""Owns papers as BibTeX."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from bot.model.paper import Paper, surname

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

_MOST_AUTHORS = 30
"""Longer lists end with BibTeX's own ``and others``."""
_LITTLE_WORDS = frozenset(
    {"a", "an", "the", "on", "in", "of", "for", "to", "is", "are", "do", "does", "can", "we", "how"}
)


def bibliography(papers: Iterable[Paper]) -> str:
    """Render *papers* as one BibTeX file, each under a key of its own; a paper that comes twice stands there once."""
    given: Counter[str] = Counter()
    records = []
    for paper in {paper.arxiv_id: paper for paper in papers}.values():
        key = citation_key(paper)
        given[key] += 1
        records.append(bibtex(paper, key=key + _distinction(given[key])))
    return "\n\n".join(records) + "\n" if records else ""


def bibtex(paper: Paper, *, key: str = "") -> str:
    """Render one paper as arXiv does: a ``@misc`` with its e-print, for where it was printed is not known in detail.

    Args:
        key: What it is cited by; made of author, year and title where none is given.
    """
    venue = paper.venue if paper.venue and not paper.venue.startswith("arXiv") else ""
    fields = {
        "title": f"{{{_latex(paper.title)}}}",  # a second pair of braces keeps the capitals
        "author": _authors(paper.authors),
        "year": str(paper.year),
        "eprint": str(paper.arxiv_id),
        "archiveprefix": "arXiv",
        "url": paper.url,
        "note": _latex(venue),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key or citation_key(paper)},\n{lines}\n}}"


def citation_key(paper: Paper) -> str:
    """What a paper is cited by: ``dascoli2021convit``."""
    words = [_letters(word) for word in paper.title.split()]
    telling = next((word for word in words if word and word not in _LITTLE_WORDS), "")
    return f"{_letters(surname(paper.authors[0])) if paper.authors else ''}{paper.year}{telling}"


def _distinction(times: int) -> str:
    """Nothing for the first of a key, then ``b``, ``c`` …, and after ``z`` a number."""
    if times == 1:
        return ""
    return chr(ord("a") + times - 1) if times <= 26 else f"-{times}"


def _authors(names: tuple[str, ...]) -> str:
    others = ["others"] if len(names) > _MOST_AUTHORS else []
    return " and ".join([*(_latex(name) for name in names[:_MOST_AUTHORS]), *others])


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).casefold())


def _latex(text: str) -> str:
    return str(_encoder().unicode_to_latex(text))


@cache
def _encoder() -> "UnicodeToLatexEncoder":
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # its tables are loaded when the first paper is cited

    # What LaTeX has no name for, Chinese above all, stays as it is: biber and XeTeX read it.
    return UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="braces-all"
    )
