"""Owns how a sentence that presents something may stop before it says what for and by what means."""

import re
from collections.abc import Iterator

from bot.editorial.drafting.saying.lexicon import ALSO_NOUNS, SINGULAR_VERBS, SUBORDINATORS, VERBS

_PRESENTS = re.compile(
    r"(?:(?:We|I|This (?:paper|work|study|article|survey|review|thesis)|The (?:authors?|paper))\s"
    r"(?:\w+ly\s|also\s|then\s|first\s|further\s)?"
    r"(?:propos|present|introduc|develop|describ|stud|investigat|explor|examin|consider|design|devis|analy[sz]|review|"
    r"survey|construct|build|provid|offer|deriv|formulat|address|tackl|discuss|propound|creat|establish|evaluat|test|characteri[sz]|employ|adopt|leverag|utili[sz]|us|appl)"
    r"(?:e|es|y|ies|s|ed|ied)?|"
    r"(?!There\b|It\b)[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,4} (?:is|are) (?:an?|the))\s(?!not\b|no\b)"
)
_PURPOSE = "|".join(sorted(VERBS - ALSO_NOUNS))
_STOPS = re.compile(
    r"\s(?=(?:for|using|via|with|through|based on|aimed at|tailored (?:to|for)|designed (?:to|for)|grounded in|"
    r"inspired by|by (?:\w+ly )?\w+ing|in such a way|subject to|under|when|whose|"
    r"that (?:\w+ly )?\w+s|which|in which|where|"
    rf"(?:in order )?to (?:\w+ly )?(?:{_PURPOSE}))\s)"
)
# A list, a pair or a clause that would end in its middle.
_HELD = re.compile(
    rf"[,;:]|\b(?:between|both|(?!(?:that|which) (?:\w+ly )?(?:{'|'.join(sorted(SINGULAR_VERBS))})\b)"
    rf"(?:{'|'.join(sorted(SUBORDINATORS))}))\b"
)
# Behind these, *to do* is what is said and no purpose: "enables users to see".
_NEEDS_VERB = re.compile(
    r"\b(?:(?:enabl|allow|permit|help|encourag|requir|forc|caus|prompt|lead|instruct|invit|driv|aim|attempt|seek|need|tend|"
    r"abilit|capab|fail|struggl|expect|adapt|guid|incentiv|equip|motivat|empower)\w*|able|likely|way|how|potential|"
    r"learns?|learned|teach(?:es)?|tr(?:y|ies)|us(?:e|es|ed|ing)|asks?)\b"
)
_INCOMPLETE = re.compile(
    r"\b(?:in (?:combination|conjunction|addition|line|comparison|accordance|contrast)|along|together|\w+ed|"
    rf"{'|'.join(sorted(SINGULAR_VERBS))})$"
)
_PAIRS = re.compile(
    r"\b(?:combin|integrat|compar|associat|replac|equip|provid|align|interact|connect|deal)\w*\b"
)  # A with B


def without_purpose(said: str) -> Iterator[str]:
    """``We propose X for Y using Z.`` as ``We propose X for Y.`` and as ``We propose X.``"""
    if not (begun := _PRESENTS.match(said)):
        return
    for stop in _STOPS.finditer(said, begun.end()):
        if _HELD.search(said, begun.end(), stop.start()):
            return
        if said[stop.end() :].startswith(("to ", "in order")) and _NEEDS_VERB.search(said, begun.end(), stop.start()):
            continue
        form = said[: stop.start()]
        if not _INCOMPLETE.search(form) and not (
            _PAIRS.search(form, begun.end()) and said.startswith("with ", stop.end())
        ):
            yield form + "."
