"""Owns how a sentence becomes shorter without breaking: only what it can do without is taken away.

Dropped are asides, connectives, openings that say why or by what means, and what trails behind a whole clause. Never
dropped are conditions, limits and contrasts (*if*, *when*, *only*, *but*, *although* behind the clause, *on ImageNet*,
*than*): without them the sentence would claim more.
"""

import re
from collections.abc import Callable, Iterator

from bot.editorial.drafting.saying.amounts import without_amount
from bot.editorial.drafting.saying.conjuncts import one_of_several
from bot.editorial.drafting.saying.grammar import has_main_verb, is_finite_at_start, may_have_verb, words_of
from bot.editorial.drafting.saying.lexicon import ALSO_NOUNS, SINGULAR_VERBS, SUBORDINATORS, VERBS
from bot.editorial.drafting.saying.openings import (
    asked,
    capital,
    plainly_opened,
    reported,
    second_half,
    without_lead,
    without_opening,
)
from bot.editorial.drafting.saying.praise import DENIED, without_praise
from bot.editorial.drafting.saying.presenting import without_purpose
from bot.editorial.drafting.saying.soundness import is_sound, points_back

_MOST_FORMS = 60
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
    r"particularly|in particular|even|notably|without|rather than|instead of|so|in order to|in contrast to|unlike|"
    r"with|as|because|since|compared (?:to|with)|in which|from which|for which|of which|to which|for "
    r"example|for instance|namely|that is|"
    r"achieved|based|obtained|designed|called|trained|followed|named|termed|built|motivated|inspired|"
    r"driven|guided|supported|caused|posed|"
    r"coupled|combined|measured|together with|along with|alongside|despite|regardless of|and)\b(?![/-])|"
    r"\w+ing\b(?!-))|[;]\s+(?=\w)|:\s+(?=\w)|\s[–—]\s|—(?=\w[^—]*$)"
)
_TRAILING_BARE = re.compile(
    r",\s(?=but also\s)|\s(?=(?:while|whereas|thereby|so that|in order to|by (?:\w+ly )?\w+ing|through the use of|via|"
    r"despite|without \w+ing|compared (?:to|with)|"
    r"(?:across|on|in|over) (?:(?:a|an) (?:\w+ )?(?:range|variety|set) of|diverse|various|multiple|several|different|"
    r"many|numerous))"
    r"\s)|"
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
_LAST_WORD = re.compile(r"^.*?([\w-]*)\W*$")
_JOINED = re.compile(rf"(?:and|but|or|so|yet|{'|'.join(sorted(SUBORDINATORS))}|in which|with|as)\b")
_EVEN = re.compile(r"even\b[^,]*,")
_LAST_ITEM = re.compile(r"(?:and|or|as well as)\b")
_PAIRED = re.compile(r"\b(?:both|either|between|not only)\b(?!.*\b(?:and|or|but)\b)")
_HANGS_ON = re.compile(
    r"(?:otherwise|and|or|but|yet|so|namely|that is|for example|for instance|thus|hence|therefore)\b"
)
_LONE_WORD = re.compile(r",\s[\w-]+\.$")
_INSERTED = re.compile(
    r",\s(?:[A-Z][\w-]*|which|who|an?|the|such as|including|like|however|therefore|in turn|thus|for example|"
    r"for instance|i\.e\.|in particular|in contrast|also|moreover|too|as well|instead)\b[^,;:()]{0,110},\s"
)
# Behind these, means and circumstances belong to what is said: "cannot improve A while keeping B".
_LIMITED = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|fails?|failed|only|mainly|solely|merely|primarily|just|"
    r"difficult|hard|challenging|"
    r"impossible|struggles?|whether|trade-?offs?|balance|too|few|rarely|hardly|lacks?|prevents?|avoids?)\b|n't\b"
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
    is_half = _PAIRED.search(form) is not None and _PAIRED.search(said) is None
    return is_long and not is_half and (points_back(said) or not points_back(form))


def _without_tail(said: str) -> Iterator[str]:
    """``X works, which is new.`` as ``X works.``; a question keeps what it asks."""
    if said.endswith("?"):
        return
    for pattern in (_TRAILING, _TRAILING_BARE):
        for match in pattern.finditer(said):
            form = said[: match.start()].rstrip(" ,;:–—-") + "."
            is_limited = pattern is _TRAILING_BARE and _LIMITED.search(form) is not None
            rest = said[match.end() :]
            if not is_limited and _may_go(match[0], rest) and _ends_well(form, match[0]) and not _was_list(form, rest):
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
    if _LAST_WORD.sub(r"\1", form).lower() in SINGULAR_VERBS:
        return False
    head, comma, last = form.rpartition(", ")
    if not comma:
        return True
    goes_on = is_finite_at_start(last)
    return not goes_on and (bool(_JOINED.match(last)) or not (has_main_verb(head) and has_main_verb(last)))


def _was_list(form: str, rest: str) -> bool:
    """Tell whether *rest* was the last item of a list that *form* would leave without its *and*."""
    last = form.rpartition(", ")[2]
    is_clause = has_main_verb(last) and not SUBORDINATORS & set(last.split())
    return ", " in form and _LAST_ITEM.match(rest) is not None and not is_clause


def _may_go(mark: str, rest: str) -> bool:
    if _NEVER_CUT.match(rest) or re.match(
        r"(?:but(?! also)|or|if|when|unless|only|not|except|although|though|albeit)\b", rest
    ):
        return False
    if "," in mark and (_EVEN.match(rest) or any(is_finite_at_start(part) for part in rest.split(", ")[1:])):
        return False  # an insertion: the main clause goes on behind it
    if match := _AND_CLAUSE.match(rest):
        return _is_verb(match[1]) or match[1] in {"we", "it", "they", "this"}
    first = rest.split(" ")[0].rstrip(",.")
    if first.endswith("ing") and "," in mark:
        is_item = re.match(r"[\w\s-]{3,50},\s(?:and|or|as well as)\s|[\w-]+,\s", rest) or re.search(
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
            and not (match[0][2].isupper() and may_have_verb(match[0]))
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


def _behind_semicolon(said: str) -> Iterator[str]:
    """``X works; Y fails.`` as ``Y fails.``: both are claimed."""
    _, mark, last = said.rpartition("; ")
    if mark and not _HANGS_ON.match(last) and has_main_verb(last):
        yield capital(last)


def _without_pointer(said: str) -> Iterator[str]:
    """``a way which solves these problems, and`` as ``a way, and``: the rest claims no more."""
    if not DENIED.search(said):
        yield _POINTING_CLAUSE.sub("", _POINTING_PHRASE.sub("", said))


_Change = Callable[[str], Iterator[str]]
_SURE: tuple[_Change, ...] = (
    without_lead,
    reported,
    asked,
    second_half,
    _first_item,
    _behind_semicolon,
    _named,
    one_of_several,
    without_amount,
    without_purpose,
    _without_pointer,
    without_praise,
)
"""What is left has its verb, for it had it before."""
_DOUBTFUL: tuple[_Change, ...] = (without_opening, _without_insertion, _without_tail)
"""What is left may have lost it."""
