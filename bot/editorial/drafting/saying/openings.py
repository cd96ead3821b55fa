"""Owns how a sentence of a paper may begin with less: without connective, lead, report or the first half of *we*."""

import re
from collections.abc import Iterator

from bot.editorial.drafting.saying.grammar import is_finite_at_start
from bot.editorial.drafting.saying.lexicon import RESEARCH

_RESEARCH = "|".join(sorted(RESEARCH))
_AUTHORS = rf"(?:we|I|our|this (?:{_RESEARCH})|the authors)\b"

_CONNECTIVE = re.compile(
    r"^(?:However|Moreover|Furthermore|Additionally|In addition|Therefore|Thus|Hence|Consequently|Finally|Lastly|"
    r"Specifically|More specifically|Concretely|In particular|Particularly|Notably|Importantly|More importantly|"
    r"Most importantly|Crucially|Critically|Interestingly|Surprisingly|Surprisingly enough|Unsurprisingly|Remarkably|"
    r"Unfortunately|Fortunately|Meanwhile|Nevertheless|Nonetheless|Recently|In recent years|First|"
    r"Firstly|Second|Secondly|"
    r"Third|Thirdly|Fourth|Next|Then|Subsequently|Further|Overall|Ultimately|In summary|To summarize|In conclusion|"
    r"In short|In sum|Taken together|Together|Altogether|As a result|As a consequence|To this end|To that end|To do so|"
    r"To achieve this|For this purpose|For that purpose|Here|Also|Besides|Indeed|In fact|Accordingly|"
    r"As such|In response|"
    r"In essence|Essentially|Equally important|Similarly|Likewise|Conversely|By contrast|In contrast|In stark contrast|"
    r"On the other hand|On the one hand|On the contrary|On balance|In any case|At the same time|In other words|Briefly|"
    r"First and foremost|Empirically|Experimentally|Methodologically|Practically|"
    r"Instead|More broadly|Broadly|More precisely|More generally|"
    r"That is|Namely|Yet|Still|Even so|To our knowledge|To the best of our knowledge|As far as we know|In this context|"
    r"In this regard|In light of this|Building on this|Based on this|Motivated by this|Inspired by this|Simply put|"
    r"Put simply|For this reason|For these reasons|With this in mind|Along the way|Last but not least|"
    r"(?:Our|The) key (?:insight|idea) is that)(?:,\s+|\s+(?=we\b)|(?<=that)\s+)|"
    r"^(?:And|But|Yet|So|Thus|Therefore|Hence|Furthermore|Moreover|However)\s+(?=\w)"
)
_IN_THIS_PAPER = re.compile(
    rf"^(?:In|Throughout|With|Through) (?:this|the present|our|the current) (?:\w+ )?"
    rf"(?:{_RESEARCH}|research|project|chapter|contribution),?\s+(?:therefore,?\s+)?(?={_AUTHORS}|\w)"
)
# Why and by what means; only before a clause about the authors, so that it is sure where the lead ends.
_LEAD = re.compile(
    r"^(?:In order to|To|Towards?|By|Through|Using|Leveraging|Inspired by|Motivated by|Based on|Building (?:on|upon)|"
    r"Drawing (?:on|from)|Guided by|Driven by|Recogni[sz]ing|Aiming (?:to|at)|Because|Since|Due to|As|"
    r"Following|Although|"
    r"Though|While|Whereas|Despite|Unlike|In contrast to|Rather than|Instead of|Beyond|Besides|In addition to)"
    rf"\s[^.;:?]*?,\s(?={_AUTHORS})"
)
# The same before any clause. Not *to*: "to see far, one needs light" is a condition.
_OPENING = re.compile(
    r"^(?:Although|Though|While|Whereas|Despite|In spite of|Besides|Apart from|In addition to|Rather "
    r"than|Instead of|By|"
    r"Through|Using|Leveraging|Unlike|Building (?:on|upon)|Inspired by|Motivated by|Drawing (?:on|from)|Combining|"
    r"Exploiting|(?:Evaluated|Tested|Validated) on|Compared (?:to|with))\s"
)
_STARTS_LIKE_A_CLAUSE = 8  # words without a comma: what follows is no further item of a list
_GOES_ON = re.compile(r"(?:and|or|but|which|where|such)\b")
_REPORTED = re.compile(
    rf"^(?:It|This(?! \w+ (?:shows|demonstrates|reveals|confirms))|[Ww]e|Our|The|These|This (?:{_RESEARCH}|research)|"
    r"Extensive|Comprehensive|Experimental|Empirical|Performance|Benchmarking|Tests|Comparisons|Experiments|Results|"
    r"Numerical|Theoretical|Evaluations?|Simulations?|Ablation|Analysis|Analyses|Findings|Both|Quantitative|"
    r"Qualitative|Through|"
    r"In (?:our |extensive |numerical |the |\w+ )?(?:experiments|simulations|evaluations|tests))\b[^.;:?]{0,110}?\s"
    r"(?:shows?|showed|shown|proven|demonstrates?|demonstrated|find|found|observed?|proved?|reveals?|revealed|confirms?|confirmed|"
    r"establish|verify)\s(?:\w+ly\s)?that\s(?=\w)"
)
_NOT_REPORTED = re.compile(
    r"\bthat\b.*\bthat\b|\b(?:not|no|never|cannot|fails?|hardly|neither|whether|if|to|may|might|could|"
    r"would|will|should)\s"
    r"(?:\w+ly\s)?\w+\s(?:\w+ly\s)?that\s$|n't\b|\bnot\b"
)
# What hangs on the report: a second *that*, and how it was shown.
_OF_THE_REPORT = re.compile(
    r",?\sand (?:\w+ly )?that\s.*|"
    r",?\sby (?:\w+ly )?(?:present|show|prov|giv|provid|construct|demonstrat|compar|analy[sz]|conduct|"
    r"perform|exhibit|deriv|establish)ing\b.*"
)
_FOUND = re.compile(
    r"^(?:These|Our|Such|Those)\s"
    r"(?=(?:\w+\s)?(?:results|findings|experiments|observations|analyses|evaluations|insights)\b)"
)
_ASKED = re.compile(
    r"^[^?]{3,160}:\s(?=(?:is|are|was|were|can|could|do|does|did|how|what|why|when|which|who|where|"
    r"should|will|would|to what)\b)"
)
_WE_AND = re.compile(
    r"^We\s[^.;:?]{3,200}?,?\sand\s(?:\w+ly\s|also\s)?"
    r"(?=(?:show|demonstrate|prove|find|propose|introduce|present|develop|derive|establish|provide|evaluate|analy[sz]e|"
    r"discover|observe|offer)\b)"
)


def plainly_opened(said: str) -> str:
    """*said* without its connective and without *in this paper*."""
    bare = _opened(_CONNECTIVE, _opened(_IN_THIS_PAPER, _opened(_CONNECTIVE, said)))
    return _FOUND.sub("The ", bare)


def without_lead(said: str) -> Iterator[str]:
    """``To see more, we look twice.`` as ``We look twice.``"""
    for pattern in (_CONNECTIVE, _IN_THIS_PAPER, _LEAD):
        if (opened := _opened(pattern, said)) != said:
            yield opened


def without_opening(said: str) -> Iterator[str]:
    """``Despite progress in A, B and C, methods fail.`` as ``Methods fail.``"""
    for comma in re.finditer(r",\s", said) if _OPENING.match(said) else ():
        rest = said[comma.end() :]
        is_clause = "," not in " ".join(rest.split()[:_STARTS_LIKE_A_CLAUSE]) and not _GOES_ON.match(rest)
        if is_clause and not is_finite_at_start(rest):
            yield capital(rest)


def reported(said: str) -> Iterator[str]:
    """``Extensive experiments show that X.`` as ``X.``: only behind verbs that claim it to be so, and not denied."""
    if (match := _REPORTED.match(said)) and not _NOT_REPORTED.search(match[0]):
        yield capital(_OF_THE_REPORT.sub("", said[match.end() : -1])) + "."


def second_half(said: str) -> Iterator[str]:
    """``We do X and show Y.`` as ``We show Y.``"""
    if match := _WE_AND.match(said):
        yield "We " + said[match.end() :]


def asked(said: str) -> Iterator[str]:
    """``We ask the following question: is X true?`` as ``Is X true?``"""
    if said.endswith("?") and (match := _ASKED.match(said)):
        yield capital(said[match.end() :])


def capital(text: str) -> str:
    """*text* with a capital at its start; a name that begins small (``mBERT``) stays."""
    first = text.split(" ")[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]


def _opened(pattern: re.Pattern[str], said: str) -> str:
    match = pattern.match(said)
    return capital(said[match.end() :]) if match and match.end() < len(said) else said
