"""Owns what little grammar trimming needs: whether a text still has the verb that makes it a sentence."""

import re

from bot.editorial.drafting.saying.lexicon import (
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    DOUBTFUL_VERBS,
    RESEARCH,
    SINGULAR_VERBS,
    SUBORDINATORS,
    VERBS,
)

_WORD = re.compile(r"[A-Za-z][\w'’]*(?:-\w+)*|\d[\d.,]*|[,;:]")
_PERSONS = frozenset({"we", "they", "i", "authors"})
_SUBJECTS = frozenset({"it", "which", "who", "method", "approach", "framework", "model", *RESEARCH})
_PASTS = frozenset(
    [
        "led",
        "found",
        "built",
        "made",
        "ran",
        "took",
        "gave",
        "won",
        "fell",
        "rose",
        "came",
        "became",
        "saw",
        "held",
        "kept",
        "set",
        "cut",
        "met",
        "got",
        "grew",
        "drew",
        "chose",
        "spent",
    ]
)
_DETERMINERS = frozenset({"a", "an", "the", "its", "their", "this", "no", "each", "several"})
_PRONOUN_THAT = frozenset({"of", "in", "for", "from"})  # "than that of": no clause follows


def words_of(text: str) -> list[str]:
    """The words of *text* in order, with the commas and colons that part them."""
    return _WORD.findall(text)


def has_main_verb(text: str) -> bool:
    """Tell whether *text* surely has a finite verb of its own, beside those of the clauses within it.

    Without a parser this is a count: every subordinate clause takes one finite verb, and one must be left over. Words
    that may be nouns or participles do not count, so a sound sentence may be doubted; a broken one hardly passes.
    """
    words = words_of(text)
    verbs = [at for at in range(len(words)) if _is_finite(words, at)]
    clauses = [at for at in range(len(words)) if _opens_clause(words, at)]
    if not verbs or len(verbs) <= len(clauses):
        return False
    return not clauses or clauses[0] > 0 or len(verbs) > 1


def may_have_verb(text: str) -> bool:
    """Tell whether any word of *text* could be a finite verb: without one it is a fragment for sure."""
    words = words_of(text)
    return any(_may_be_finite(words, at) for at in range(1, len(words)))


def _may_be_finite(words: list[str], at: int) -> bool:
    word = words[at].lower()
    if words[at - 1].lower() == "to":
        return False
    known = word in AUXILIARIES or word in SINGULAR_VERBS or word in DOUBTFUL_VERBS or word in VERBS
    return known or word.endswith(("ed", "'s", "’s", "'re")) or words[at - 1].lower() in _PERSONS or word in _PASTS


def is_finite_at_start(text: str) -> bool:
    """Tell whether *text* begins with a finite verb, adverbs aside: what may follow a subject."""
    words = words_of(text)
    at = 0
    while at < len(words) and is_adverb(words[at]):
        at += 1
    if at == len(words):
        return False
    word = words[at].lower()
    return word in AUXILIARIES or word in SINGULAR_VERBS or word in DOUBTFUL_VERBS or word in VERBS - ALSO_NOUNS


def is_adverb(word: str) -> bool:
    """Tell whether *word* may stand between a subject and its verb."""
    lower = word.lower()
    return lower in ADVERBS or (lower.endswith("ly") and len(lower) > 4)


def _is_finite(words: list[str], at: int) -> bool:
    word = words[at].lower()
    before = _before(words, at)
    if before == "to":
        return False
    if word in AUXILIARIES or word in SINGULAR_VERBS:
        return True
    if before in _PERSONS:
        return word.isalpha() and not is_adverb(word)
    if word in DOUBTFUL_VERBS:
        following = words[at + 1].lower() if at + 1 < len(words) else ""
        return before in _SUBJECTS or following in _DETERMINERS or following.endswith("ly")
    if before in AUXILIARIES:
        return False  # "can improve": counted already
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    is_verb = word in VERBS and (word not in ALSO_NOUNS or following in _DETERMINERS)
    return is_verb and _is_plural(before)


def _before(words: list[str], at: int) -> str:
    """The word before, adverbs aside."""
    at -= 1
    while at >= 0 and is_adverb(words[at]):
        at -= 1
    return words[at].lower() if at >= 0 else ""


def _is_plural(word: str) -> bool:
    if word in {"data", "people", "humans", "these", "those", "both", "which", "that"}:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in SINGULAR_VERBS


def _opens_clause(words: list[str], at: int) -> bool:
    word = words[at].lower()
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    if word not in SUBORDINATORS:
        return False
    if word == "that" and following in _PRONOUN_THAT:
        return False
    if word in {"how", "what", "where", "when", "whether"} and following == "to":
        return False
    if at and word in {"while", "when", "since", "although", "though"} and following.endswith(("ing", "ed")):
        return False
    return word != "what" or at > 0
