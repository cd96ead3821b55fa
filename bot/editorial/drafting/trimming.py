"""Owns how a sentence becomes shorter without breaking: only what it can do without is taken away.

Dropped are asides, connectives, openings that say why or by what means, and what trails behind a whole clause. Never
dropped are conditions, limits and contrasts (*if*, *when*, *only*, *but*, *although* behind the clause, *on ImageNet*,
*than*): without them the sentence would claim more.
"""

import re
from collections.abc import Callable, Iterator

from bot.editorial.drafting.grammar import has_main_verb, is_finite_at_start, words_of
from bot.editorial.drafting.lexicon import ALSO_NOUNS, SINGULAR_VERBS, VERBS
from bot.editorial.drafting.openings import (
    asked,
    capital,
    plainly_opened,
    reported,
    second_half,
    without_lead,
    without_opening,
)
from bot.editorial.drafting.soundness import is_sound, points_back

_MOST_FORMS = 40
_FEWEST_WORDS = 4
_NUMBERED = re.compile(r"^\((?:[ivx]{1,4}|\d|[a-h])\)\s+(?=[A-Z])")
_ASIDE = re.compile(r"\s+\([^()]*\)(?=[\s.,;:?!]|['’]s\b|$)")
_DASHED = re.compile(r"\s(?:—|–|--?)\s[^—–]{3,90}?\s(?:—|–|--?)\s|—[^—]{3,90}?—")
_ADDING = re.compile(
    r"\b((?:[Ww]e|[Tt]he authors?|[Pp]aper|[Ww]ork|[Ss]tudy|is|are|can|[Mm]ethod|[Aa]pproach|"
    r"[Ff]ramework))\s(?:also|then|further|additionally|therefore|thus|hence)(?=\s)"
)
_TRAILING = re.compile(
    r"(?:,|\s[–—]|;|:|\s-)\s+(?=(?:which|where|whose|who|thereby|thus|hence|therefore|while|whereas|"
    r"as well as|including|such as|especially|"
    r"particularly|in particular|even|notably|without|rather than|instead of|so that|in order to|in contrast to|unlike|"
    r"with|as|because|since|compared (?:to|with)|in which|from which|for which|of which|to which|for "
    r"example|for instance|namely|that is|"
    r"achieved|based|obtained|designed|called|trained|followed|named|termed|built|motivated|inspired|"
    r"driven|guided|supported|caused|posed|"
    r"coupled|combined|measured|together with|along with|alongside|despite|regardless of|and)\b|"
    r"\w+ing\b)|[;]\s+(?=\w)|:\s+(?=\w)|\s[–—]\s"
)
_TRAILING_BARE = re.compile(
    r"\s(?=(?:while|whereas|thereby|so that|in order to|by (?:\w+ly )?\w+ing|through the use of|via|"
    r"despite)\s)|"
    rf"\sand\s(?=(?:\w+ly\s|also\s)?(?:{'|'.join(sorted(SINGULAR_VERBS))})\b)|"
    r"\sand\s(?=(?:show|demonstrate|prove|find|propose|introduce|evaluate|develop|derive|establish|"
    r"provide|analy[sz]e|discuss)\s)|"
    r",?\sand\s(?=(?:we|it|they|this)\s)|"
    r"\s(?=to (?:address|tackle|overcome|mitigate|alleviate|solve|resolve|bridge|fill) (?:this|these|such|the above)\s)"
)
_NEVER_CUT = re.compile(
    r"(?:as long as|as far as|so long as|with (?:the )?exception|assuming|depending|excluding|"
    r"regarding|concerning|during|being|given|provided|nothing|something|everything)\b"
)
_AND_CLAUSE = re.compile(r"and\s+(?:\w+ly\s+|also\s+|then\s+|thus\s+|therefore\s+|hence\s+)?(\w+)")
_ANNOUNCES = re.compile(
    r"\b(?:(?:following|follows|questions?|contributions?|points|aspects|reasons|namely|is|are|be|ways)(?:\s\w+)?|"
    r"(?:the|these|following) (?:two|three|four|five|six|several)(?:\s\w+){0,2})\.$"
)
_LOOSE_PARTICIPLE = re.compile(r"(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)(?<!\bbeen)(?<!ly)\s\w+ed\.$")
_LONE_WORD = re.compile(r",\s[\w-]+\.$")
_INSERTED = re.compile(
    r",\s(?:which|who|an?|the|such as|including|like|however|therefore|in turn|thus|for example|for instance|i\.e\.|"
    r"in particular|in contrast|also|moreover|too|as well|instead)\b[^,;:()]{0,110},\s"
)
_DENIED = re.compile(r"\b(?:not|no|never|without|cannot|hardly|neither|nor|fails?|lacks?|than a)\b|n't\b|\?$")
# Behind these, means and circumstances belong to what is said: "cannot improve A while keeping B".
_LIMITED = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|fails?|failed|only|mainly|solely|merely|primarily|just|"
    r"difficult|hard|challenging|"
    r"impossible|struggles?|whether|trade-?offs?|balance|too|few|rarely|hardly|lacks?|prevents?|avoids?)\b|n't\b"
)
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
_OWN_NAME = re.compile(
    r"^(?:Our|The|This|The resulting|Our resulting|The proposed|Our "
    r"proposed)\s[\w\s-]{3,60},\s(?:called\s|named\s|dubbed\s|termed\s)?"
    r"([A-Z][\w+.*-]*(?:\s[A-Z\d][\w+.*-]*){0,3}),\s"
)
_ITEM = re.compile(r"^[^:]{5,200}:\s\((?:i|1|a)\)\s([A-Z].*)$")
_POINTED = r"(?:this|these|such|that)\s(?:\w+\s)?\w+"
_POINTING_PHRASE = re.compile(
    r"\s(?:for|to)\s(?:this|these|such)\s(?:task|problem|challenge|issue|purpose|goal|question)s?\b"
    r"(?=[,.]|\s(?:based|that|which|by|using|with|and)\b)"
)
_POINTING_CLAUSE = re.compile(rf"\s(?:that|which)\s(?:\w+ly\s)?\w+s\s{_POINTED}(?=,|\.)")
_PLURAL = re.compile(r"[a-rt-z]s$")
_NAMED = re.compile(
    r"^(?:We|This (?:paper|work|study)|I)\s(?:\w+ly\s|also\s|then\s)?"
    r"(?:propose|present|introduce|develop|describe|design|devise|offer|release)s?\s"
    r"((?:the\s)?[A-Z\d][\w+.*@/$-]*(?:\s(?:[A-Z\d][\w+.*@/$-]*|for|of|and|with|in|to|by|via)){0,9}?),\s"
    r"(an?|the first|the)\s(?=\w)"
)


def forms(sentence: str) -> tuple[str, ...]:
    """Say *sentence* in fewer and fewer words.

    Args:
        sentence: Plain text, from its first letter to its full stop.

    Returns:
        Whole, clean sentences, the longest first; the first is *sentence* without its asides and its connective. None
        where even that is not sound.
    """
    found = dict.fromkeys(_plain(sentence))
    queue = list(found)
    while queue and len(found) < _MOST_FORMS:
        said = queue.pop(0)
        for shorter in _shorter(said):
            if shorter not in found:
                found[shorter] = None
                queue.append(shorter)
    return tuple(sorted(filter(is_sound, found), key=len, reverse=True))


def _plain(sentence: str) -> Iterator[str]:
    """*sentence* without what no picture needs."""
    bare = _NUMBERED.sub("", sentence)
    while (without := _ASIDE.sub("", bare)) != bare:
        bare = without
    yield from _first_item(sentence)
    plain = " ".join(plainly_opened(_ADDING.sub(r"\1", plainly_opened(bare))).split())
    yield next(asked(plain), plain)


def _shorter(said: str) -> Iterator[str]:
    for change in _SURE:
        yield from (" ".join(form.split()) for form in change(said) if _may_stand(form, said))
    for change in _DOUBTFUL:
        yield from (" ".join(form.split()) for form in change(said) if _may_stand(form, said) and has_main_verb(form))


def _may_stand(form: str, said: str) -> bool:
    is_long = form != said and len(words_of(form)) >= _FEWEST_WORDS
    return is_long and (points_back(said) or not points_back(form))


def _without_tail(said: str) -> Iterator[str]:
    """``X works, which is new.`` as ``X works.``; a question keeps what it asks."""
    if said.endswith("?"):
        return
    for pattern in (_TRAILING, _TRAILING_BARE):
        for match in pattern.finditer(said):
            form = said[: match.start()].rstrip(" ,;:–—-") + "."
            is_limited = pattern is _TRAILING_BARE and _LIMITED.search(form) is not None
            if not is_limited and _may_go(match[0], said[match.end() :]) and _ends_well(form, match[0]):
                yield form


def _ends_well(form: str, mark: str) -> bool:
    """Tell whether what is left of a cut at *mark* does not stop in the middle of a list or of an announcement."""
    if (
        ": " in form
        or _LONE_WORD.search(form)
        or _LOOSE_PARTICIPLE.search(form)
        or (":" in mark and _ANNOUNCES.search(form))
    ):
        return False
    return not is_finite_at_start(form.rsplit(", ", 1)[-1]) if ", " in form else True


def _may_go(mark: str, rest: str) -> bool:
    if _NEVER_CUT.match(rest) or re.match(r"(?:but|or|if|when|unless|only|not|except|although|though|albeit)\b", rest):
        return False
    if match := _AND_CLAUSE.match(rest):
        return _is_verb(match[1]) or match[1] in {"we", "it", "they", "this"}
    first = rest.split(" ")[0].rstrip(",.")
    if first.endswith("ing") and "," in mark:
        is_item = re.match(r"[\w\s-]{3,50},\s(?:and|or)\s|[\w-]+,\s", rest) or re.search(
            r",\s(?:and|or)\s\w+ing\b", rest
        )
        return not is_item and _is_verb_stem(first)
    return True


def _is_verb(word: str) -> bool:
    base = word.lower()
    return (
        base in SINGULAR_VERBS
        or base in VERBS - ALSO_NOUNS
        or base in {"is", "are", "can", "has", "have", "does", "shows"}
    )


def _is_verb_stem(word: str) -> bool:
    base = word.lower().removesuffix("ing")
    return any(each in VERBS for each in (base, base + "e", base[:-1])) or base in {"us", "ow", "highlight", "result"}


def _without_insertion(said: str) -> Iterator[str]:
    """``X, which is new, improves Y.`` as ``X improves Y.``"""
    for match in _INSERTED.finditer(said):
        rest = said[match.end() :]
        is_remark = re.match(r",\s(?:however|therefore|in turn|thus|also|moreover|too|as well|instead)\b\s*,", match[0])
        if is_remark or (
            not has_main_verb(said[: match.start()])
            and is_finite_at_start(rest)
            and not re.search(r",\s(?:and|or)\s", match[0])
        ):
            yield said[: match.start()] + " " + rest
    for match in _DASHED.finditer(said):
        yield said[: match.start()] + " " + said[match.end() :]


def _named(said: str) -> Iterator[str]:
    """``We propose NAME, a method that ….`` as ``NAME is a method that ….``"""
    if (match := _NAMED.match(said)) and not _PLURAL.search(match[1]):
        yield f"{capital(match[1].strip())} is {match[2]} {said[match.end() :]}"
    if (match := _OWN_NAME.match(said)) and is_finite_at_start(said[match.end() :]):
        yield f"{match[1]} {said[match.end() :]}"


def _first_item(said: str) -> Iterator[str]:
    """``We make three points: (i) X is true.`` as ``X is true.``"""
    if match := _ITEM.match(said):
        yield capital(match[1])


def _without_pointer(said: str) -> Iterator[str]:
    """``a way which solves these problems, and`` as ``a way, and``: the rest claims no more."""
    if not _DENIED.search(said):
        yield _POINTING_CLAUSE.sub("", _POINTING_PHRASE.sub("", said))


def _without_praise(said: str) -> Iterator[str]:
    """``a novel way that clearly wins`` as ``a way that wins``: it claims less, unless it is denied."""
    if _DENIED.search(said):
        return
    plain = _PRAISED.sub(lambda match: _article(match[1], match[2]), said)
    yield _STRESSED.sub(lambda match: f" {_article(match[1], match[2])}" if match[1] else " ", plain)


def _article(article: str, following: str) -> str:
    is_vowel = following[:1].lower() in "aeiou" and not re.match(r"uni|use|usa|one|eu|ut", following)
    return article[0] + ("n " if is_vowel else " ")


_Change = Callable[[str], Iterator[str]]
_SURE: tuple[_Change, ...] = (
    without_lead,
    reported,
    asked,
    second_half,
    _first_item,
    _named,
    _without_pointer,
    _without_praise,
)
"""What is left has its verb, for it had it before."""
_DOUBTFUL: tuple[_Change, ...] = (without_opening, _without_insertion, _without_tail)
"""What is left may have lost it."""
