"""Owns when a sentence may stand alone on a picture: whole, clean, and clear without the one before it."""

import re

from bot.catalogue.terms import stem
from bot.editorial.drafting.saying.grammar import may_have_verb
from bot.editorial.drafting.saying.lexicon import DANGLING, RESEARCH, SINGULAR_VERBS
from bot.editorial.sections import MARKUP

_START = re.compile(r"[“\"'‘(]?(?:[A-Z0-9À-ÞΑ-Ω]|[a-z]{1,3}[A-Z0-9])")
_END = re.compile(r"[^\s.,;:!?][.!?][”\"’')]?$")
_LABEL = re.compile(r"(?:Medium|Short|Long)\s?[:：]")  # how an entry file begins a shorter form
_WITHOUT_SUBJECT = re.compile(rf"^Not (?:only )?(?:{'|'.join(sorted(SINGULAR_VERBS))})\b|\w-(?:it|we|they) ")
_TEX = re.compile(r"[\\{}$^_|~]|``|''")
_CITATION = re.compile(
    r"\[\d+(?:\s*[,–-]\s*\d+)*\]|\(\?\)|\?\?|\[\?\]|\[CITATION\]|\[[A-Z][\w+]{1,12}\d{2}[a-z]?\]|\bet al\b"
)
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\b[\w-]+\.(?:com|org|io|net|edu|ai)\b|github", re.IGNORECASE)
_BROKEN = re.compile(
    r"[,;:]\s*[,;:.]|\(\s*\)|\s[.,;:?!](?!\d)|\.\.|…|--|\(\s|\s\)|\be\.g\.|\bi\.e\.|"
    r"[\ufffd\u2028\u2029]|(?<!\d)[∈∉∀∃∼≈≤≥=<>+×⊗⊂]\s*[.,;:]"
)
_LIST_MARK = re.compile(
    r"(?<!\w)\((?:[ivx]{1,4}|[a-h]|\d)\)|(?<![\w.(-])(?:[ivx]{1,4}|[a-h1-9])\)|\.\d+\.$|^\([^()]*\)$|^\s*[-•*#]|^\d{1,2}\.\s|[•▪►]"
)
_ANNOUNCING = re.compile(
    r":\s(?:first|firstly|1|one)\b|\bfollow(?:s|ing)\b[^.]{0,40}\.$|\bas follows\b|\b(?:above|below)-?mentioned\b",
    re.IGNORECASE,
)
# "It is known that" points at nothing.
_EXPLETIVE = (
    r"(?:is|was|has been|has long been|remains|can be|may be)(?: \w+ly| still| often| not| also| well| very| more)? "
    r"(?:known|shown|proved|proven|argued|believed|thought|assumed|hoped|expected|observed|found|established|unclear|"
    r"unknown|clear|important|essential|crucial|critical|necessary|possible|impossible|difficult|hard|easy|challenging|"
    r"common|desirable|natural|well-known|worth|rare|likely|true|vital|imperative|tempting|interesting)\b"
)
_POINTING = re.compile(
    r"^(?:(?:This|That|These|Those|Such|They|Them|Their|He|She|His|Her|Here|Doing so|So|Both|Another|Others?|"
    r"The (?:latter|former|resulting|above|same|other|others|second|third|next|rest))\b|It(?:s|"
    rf"self)?\b(?! {_EXPLETIVE}))"
)
_JOINING = re.compile(
    r"^(?:However|Moreover|Furthermore|Additionally|In addition|Therefore|Thus|Hence|Consequently|"
    r"Instead|Yet|But|And|So|Nevertheless|Nonetheless|"
    r"In contrast|Conversely|Similarly|Likewise|As a result|As such|Meanwhile|Then|Next|Second|"
    r"Secondly|Third|Thirdly|Also|Further|Besides|"
    r"For example|For instance|Specifically|In particular|In fact|Indeed|To (?:address|tackle|"
    r"overcome|solve|bridge|fill|mitigate|do|achieve) (?:this|these|so|such)|"
    r"To this end|To that end|Based on (?:this|these)|Building on (?:this|these)|Motivated by (?:this|"
    r"these)|Inspired by (?:this|these)|(?:\w+ly|Among),? (?:it|they|this|these|those)|"
    r"(?:In|On|For|At|With|By|Under|During|After|Before|Despite|To|From|Through|Unlike|Beyond|Given|Without|"
    r"\w+ing)\b[^,]{0,80}, (?:it|they)|In this (?:way|case|context|setting|regard)|On the other hand|At the "
    r"same time|By contrast|Accordingly|That is)\b"
)
_THIS_WORK = re.compile(rf"^(?:This|The present) (?:\w+ )?(?:{'|'.join(sorted(RESEARCH))})\b")
_DEMONSTRATIVE = re.compile(r"\b(this|these|those|such an?|such|said)\b(?=((?: [\w-]+){0,3}))", re.IGNORECASE)
_LONGEST_PARTICLE = 3  # letters: no noun that *this* could take up
_NO_POINTER = re.compile(r"^ (?:as|that)\b|^ (?:paper|work|study|article|survey|end|way|day)\b")
_PRONOUN = re.compile(
    rf"\b(?:they|them|their|it|its)\b(?! (?:{_EXPLETIVE}|possible|necessary|feasible|enough|better|really|always)\b)"
)
_NO_NAMES = frozenset(
    """author authors paper work study show shows find argue prove demonstrate discuss that whether what when where
    which with from also then thus further finally first empirically theoretically here moreover analyze examine
    explore investigate describe explain propose believe hope hypothesize suggest even despite although because given
    when while once unlike using based found shown seen""".split()  # noqa: SIM905
)
_FAR = re.compile(
    r"^In (?:both|all|either|each) (?:scenarios?|cases?|settings?|tasks?|parts?)\b|\b(?:the (?:latter|"
    r"former)|aforementioned|mentioned above|above,? we|doing so|these|do so|"
    r"the other(?! hand)|the opposite|(?:two|three|four|first|second|third) (?:stage|step|phase|component)s?)\b",
    re.IGNORECASE,
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_FIGURE = re.compile(
    r"\b(?:Fig(?:ure|s)?\.?|Tab(?:le)?\.?|[Ss]ec(?:tion)?s?\.?|"
    r"Eq(?:uation)?\.?|Appendix|Alg(?:orithm)?\.?) ?\(?[\dA-Z]\b"
)
_SHARING = re.compile(
    r"(?:\S+\s){0,5}(?:some|most|many|all|few|none|both|each|one|any|several|half) of (?:them|these|those)\b",
    re.IGNORECASE,
)


def is_sound(sentence: str) -> bool:
    """Tell whether *sentence* is whole and clean: a beginning, an end, nothing open, no remnants of a source."""
    if (
        not (_START.match(sentence) and _END.search(sentence))
        or _LABEL.match(sentence)
        or _WITHOUT_SUBJECT.search(sentence)
    ):
        return False
    faults = (_TEX, _CITATION, _ADDRESS, _BROKEN, MARKUP, _LIST_MARK, _FIGURE)
    if any(fault.search(sentence) for fault in faults):
        return False
    if not (sentence.endswith("?") or may_have_verb(sentence)):
        return False
    return _is_balanced(sentence) and _last_word(sentence) not in DANGLING and sentence.isprintable()


def points_back(sentence: str) -> bool:
    """Tell whether *sentence* begins by pointing at the one before it, or speaks of some of what that names."""
    points = _POINTING.match(sentence) is not None and not _THIS_WORK.match(sentence)
    return points or _JOINING.match(sentence) is not None or _SHARING.match(sentence) is not None


def stands_alone(sentence: str) -> bool:
    """Tell whether *sentence* is clear without the one before it: nothing in it points back."""
    if points_back(sentence) or _ANNOUNCING.search(sentence):
        return False
    if sentence.endswith("?"):
        return True  # what the paper asks is worth its pointers
    if (pronoun := _PRONOUN.search(sentence)) and not _names_something(sentence[: pronoun.start()]):
        return False
    pointers = list(_DEMONSTRATIVE.finditer(sentence))
    return all(_is_resolved(pointer, sentence) for pointer in pointers) and not _points_far(sentence)


def _names_something(beginning: str) -> bool:
    """Tell whether *beginning* has a noun that a pronoun behind it may stand for, the authors aside."""
    return any(
        len(word) > 3 and not _NO_NAMES & _uninflected(word.lower()) and not word.endswith("ly")
        for word in re.findall(r"[\w-]+", beginning)
    )


def _uninflected(word: str) -> set[str]:
    return {word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed")}


def _points_far(sentence: str) -> bool:
    found = _FAR.search(sentence)
    return found is not None and found[0].lower() != "these"


def _is_resolved(pointer: re.Match[str], sentence: str) -> bool:
    """True where the noun behind *this* or *these* was named before, in this very sentence."""
    if _NO_POINTER.match(pointer[2]):
        return True
    word = pointer[1].lower()
    if pointer.start() == 0:
        return _THIS_WORK.match(sentence) is not None
    nouns = pointer[2].split()
    if word.startswith("such") and (not nouns or nouns[0] in {"as", "that"}):
        return True
    if word == "those" and nouns[:1] in (["of"], ["in"], ["that"], ["who"], ["with"], ["from"], ["obtained"]):
        return True
    before = {stem(each) for each in re.findall(r"[a-z]+", sentence[: pointer.start()].lower())}
    return any(stem(each.lower()) in before for each in nouns if len(each) > _LONGEST_PARTICLE)


def _is_balanced(sentence: str) -> bool:
    if any(sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS):
        return False
    return sentence.count('"') % 2 == 0


def _last_word(sentence: str) -> str:
    words = re.findall(r"[\w'’.-]+", sentence.rstrip(".!?”\"’')"))
    return words[-1].lower() if words else ""
