"""Owns taking praise and stress away: the rest claims the same, and never more."""

import re
from collections.abc import Iterator

DENIED = re.compile(r"\b(?:not|no|never|without|cannot|hardly|neither|nor|fails?|lacks?|than a)\b|n't\b|\?$")
"""Where it is denied, what is left would claim more."""
_PRAISED = re.compile(
    r"\b([Aa]n?)\s(?:novel|new|simple (?:yet|but|and) effective|principled|powerful|"
    r"innovative)\s(?!(?:and|yet|but|or|to|than|state|record|standard|benchmark|baseline|paradigm|perspective|best|high|low)\b)"
    r"(?=([a-z][\w-]*))"
)
_STRESSED = re.compile(
    r"(?<!and)(?<!but)(?<!,)\s(?:(an?)\s)?(?:significantly|consistently|substantially|effectively|successfully|"
    r"notably|dramatically|clearly|remarkably|greatly|markedly|"
    r"considerably|empirically|theoretically|further|also|seamlessly|surprisingly|interestingly|"
    r"systematically)\s(?!and\b|or\b|but\b|than\b)(?=([a-z][\w-]*))"
)


def without_praise(said: str) -> Iterator[str]:
    """``a novel way that clearly wins`` as ``a way that wins``: it claims less, unless it is denied."""
    if DENIED.search(said):
        return
    plain = _PRAISED.sub(lambda match: _article(match[1], match[2]), said)
    yield _STRESSED.sub(lambda match: f" {_article(match[1], match[2])}" if match[1] else " ", plain)


def _article(article: str, following: str) -> str:
    is_vowel = following[:1].lower() in "aeiou" and not re.match(r"uni|use|usa|one|eu|ut", following)
    return article[0] + ("n " if is_vowel else " ")
