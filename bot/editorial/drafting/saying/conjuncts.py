"""Owns how a sentence that says several things of one subject says one of them."""

import re
from collections.abc import Iterator

from bot.editorial.drafting.saying.lexicon import ALSO_NOUNS, SINGULAR_VERBS, SUBORDINATORS, VERBS

_ADVERB = r"(?:(?:\w+ly|also|then|thus|further)\s)?"
_SINGULAR = "|".join(sorted(SINGULAR_VERBS | {"is", "has"}))
_ALSO_ADJECTIVES = frozenset(
    """aggregate approximate associate clean complete correct direct lower moderate narrow perfect secure
    separate""".split()  # noqa: SIM905
)
_PLURAL = "|".join(sorted((VERBS - ALSO_NOUNS - _ALSO_ADJECTIVES) | {"are", "have"}))
_MOST_OF_A_SUBJECT = 9  # words
# What a second verb may hang on instead of the subject, or what binds both halves together.
_BINDING = re.compile(
    rf"\b(?:{'|'.join(sorted(SUBORDINATORS))}|to|both|either|between|not|cannot|never|no|only|let|lets|help|helps)\b|[:;(]",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b(?:it|its|itself|them|they|their|this|these|those|such|so|respectively|former|latter)\b")


def _verbs(of: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The first verb with its subject, and where a further one begins."""
    first = re.compile(rf"(?P<subject>[^,;:]+?)\s{_ADVERB}(?:{of})\b")
    further = re.compile(rf"(?P<joint>,\s(?:and\s)?|\sand\s)(?P<more>{_ADVERB}(?:{of})\s)")
    return first, further


_FORMS = (_verbs(_SINGULAR), _verbs(_PLURAL))


def one_of_several(said: str) -> Iterator[str]:
    """``X learns A, improves B, and saves C.`` as ``X learns A.`` and as ``X saves C.``: each is claimed."""
    for first, further in _FORMS:
        begun = first.match(said)
        if not begun or _BINDING.search(begun["subject"]) or len(begun["subject"].split()) > _MOST_OF_A_SUBJECT:
            continue
        joints = list(further.finditer(said, begun.end()))
        if not joints or "and" not in joints[-1]["joint"]:
            continue
        if not _BINDING.search(said[begun.end() : joints[0].start()]):
            yield said[: joints[0].start()].rstrip(" ,") + "."
        last = joints[-1].start("more")
        if not _BINDING.search(said[begun.end() : last]) and not _POINTER.search(said[last:]):
            yield f"{begun['subject']} {said[last:]}"
