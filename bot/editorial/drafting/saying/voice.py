"""Owns how the authors' *we* becomes a sentence about them, by rewrites that keep what it says."""

import re

from bot.editorial.drafting.saying.grammar import is_adverb
from bot.editorial.drafting.saying.lexicon import ALSO_NOUNS, VERBS, third_person

_WE = re.compile(r"\b([Ww]e|I)\b")
_SPEAKS_OF_AUTHORS = re.compile(
    r"(?:^|[,;:–—] |\b(?:and|that|which|paper|work|study|article|[Hh]ere|[Tt]hen|[Tt]hus|[Ff]inally|[Ff]urther) )$"
)
_MEANS_EVERYBODY = re.compile(
    r"\b(?:[Ww]e (?:\w+ly |often |all )?(?:live|need|want|know|see|face|perceive|interact|humans?|think|encounter|"
    r"must|should|"
    r"cannot|can't|can (?:enjoy|hope|expect|see|think)|use (?:daily|every)|care|understand|"
    r"(?:are|were)\b(?! able| the first| interested| concerned)|"
    r"have (?:an?|the|no|to|access|seen|many|little)\b)|as we|than we|should \w+ us|"
    r"our (?:own|understanding|knowledge|daily|everyday|lives|life|society|societies|world|brains?|minds?|planet|"
    r"ability|abilities|time|physical|future|natural|best|interactions?|intuitions?|perception|digital|modern|"
    r"bod(?:y|ies)|senses|eyes|actions|decisions|opinions?|communication))\b"
)
_SAME_FOR_ONE = frozenset(
    {"can", "could", "will", "may", "might", "did", "had", "found", "built", "made", "ran", "took", "led"}
)
_CONTRACTED = {"we've": "we have", "we're": "we are", "we'll": "we will", "we'd": "we would"}
_CONTRACTION = re.compile(r"\b[Ww]e['’](?:ve|re|ll|d)\b")
_ASKED = re.compile(r"^(.*\b[Ww]e\b[^?]*?: )([^:]+\?)$")
_OTHERS_OF_US = re.compile(
    r"\b(?:us|ours|ourselves|my|me|mine|myself|let['’]s|I['’](?:ve|m|d|ll)|our,|(?:we|I), the authors?)\b",
    re.IGNORECASE,
)
_US = re.compile(r"\b((?:allow|enabl|help|permit|lead|led|requir)(?:e|s|es|ed|ing)?) us\b")
_OUR = re.compile(r"\b([Oo])ur\b")
_ABBREVIATES_STATES = re.compile(r"\bUS\b")
_SECOND_VERB = re.compile(r"(?:,|\band|\bor)\s+(?:(?:and|or|\w+ly)\s+)*([a-z]+)\b")


def retold(sentence: str, *, authors: int) -> str | None:
    """Tell *sentence* of the authors instead of as they do; None where that may change what it says.

    A question keeps its *we*: it asks for everybody. *The authors* goes with the same form of the verb as *we*, so
    nothing else changes; the verb of a single author gets its ending.

    Args:
        authors: How many the paper has.
    """
    sentence = _CONTRACTION.sub(
        lambda match: match[0][0] + _CONTRACTED[match[0].lower().replace("’", "'")][1:], sentence
    )
    if asked := _ASKED.match(sentence):
        told = retold(asked[1], authors=authors)
        return told + asked[2] if told else None
    if sentence.endswith("?"):
        return sentence
    if _MEANS_EVERYBODY.search(sentence):
        return None
    sentence = _US.sub(rf"\1 the {'author' if authors == 1 else 'authors'}", sentence)
    if _OTHERS_OF_US.search(_ABBREVIATES_STATES.sub("", sentence)):
        return None
    found = list(_WE.finditer(sentence))
    if not all(_SPEAKS_OF_AUTHORS.search(sentence[: each.start()]) for each in found):
        return None
    told = sentence if not found else _of_one(sentence) if authors == 1 else _of_many(sentence)
    return _OUR.sub(lambda match: "The" if match[1] == "O" else "the", told) if told else None


def _of_many(sentence: str) -> str | None:
    if re.search(r"\bI\b", sentence):
        return None
    return _WE.sub(lambda match: "The authors" if match[0] == "We" else "the authors", sentence)


def _of_one(sentence: str) -> str | None:
    """Of a single author: every verb behind *we* changes, so a second verb that hangs on the same *we* rules it out."""
    pieces = _WE.split(sentence)
    told = [pieces[0]]
    for subject, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        words = rest.split(" ")
        at = next((place for place, word in enumerate(words) if word and not is_adverb(word)), len(words))
        if at == len(words) or not words[at].isalpha() or _has_second_verb(rest):
            return None
        if words[at] in VERBS | ALSO_NOUNS | {"have", "are", "were", "do"}:
            words[at] = third_person(words[at])
        elif not words[at].endswith("ed") and words[at] not in _SAME_FOR_ONE:
            return None
        is_first = not told[0] and len(told) == 1
        told += ["The author" if subject == "We" or is_first else "the author", " ".join(words)]
    return "".join(told)


def _has_second_verb(text: str) -> bool:
    return any(match[1] in VERBS - ALSO_NOUNS for match in _SECOND_VERB.finditer(text))
