"""Owns what is said below a figure: its own caption without what only makes sense on the page, in several lengths."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.collage.check.hard.numerals import numerals_in
from bot.editorial.drafting.saying.grammar import has_main_verb
from bot.editorial.drafting.saying.lexicon import DANGLING
from bot.editorial.drafting.saying.soundness import stands_alone
from bot.editorial.drafting.saying.trimming import forms
from bot.editorial.drafting.saying.voice import retold
from bot.editorial.panels.bounds import CAPTION
from bot.editorial.phrasing import Phrasing, count_words
from bot.wording.sentences import sentences

_LOOKED_AT = 2_000  # characters
_MOST_SENTENCES = 8
_MEDIUM, _SHORT = 16, 9  # words
_FEWEST_WORDS = 2

_PREFIX = re.compile(r"^\s*(?:Figure|Fig\.?|Table|Tab\.?)\s*[A-Z]?\.?\d+(?:\.\d+)?\s*[:.|–—-]\s*", re.IGNORECASE)
_PLACE = r"(?:top|bottom|upper|lower|left|right|middle|cent(?:er|re)|above|below|first|second|third|last)"
_ASIDE = re.compile(
    r"\s*[(\[](?:"
    r"[a-hivx]{1,3}|[A-H]|(?:[a-hA-H][-–,& ]*)+"  # (a), (iv), (a-c)
    rf"|(?:{_PLACE}(?:[ -](?:left|right|row|column|panel|half|most))?(?: and |/|, )?)+"
    r"|(?:see|cf\.?|e\.g\.?,? see|best viewed|colou?rs? online|in colou?r|zoom in)[^()\[\]]*"
    r"|[^()\[\]]*\bet al\b[^()\[\]]*"
    r"|[^()\[\]]*\b(?:Sec(?:tion)?|Eq(?:uation)?|Fig(?:ure)?|Tab(?:le)?|Appendix|App)s?\b\.?[^()\[\]]*"
    r")[)\]]|\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]",  # a citation: [12, 14]
    re.IGNORECASE,
)
# Sentences that only make sense beside the page, or beside panels that may not be shown.
_TIED = re.compile(
    r"best viewed|created (?:with|by|using)|made with|image (?:source|credit)|viewed in colou?r|zoom(?:ed)? in"
    r"|see (?:text|main|the|sec|fig|tab|app|also|supp)|details? (?:are|is"
    r"|can)|"
    r"\b(?:refer|referred) to|\bcf\.|\b(?:Fig(?:ure|s)?|Tab(?:le|s)?|Sec(?:tion|s|t)?|Appendix|App|Eqs?|Equation"
    r"|Algorithm|Theorem)"
    r"\.? ?[A-Z]?\d|\?\?|adapted from|reproduced|taken from|courtesy|permission|supplement|our code|https?://|www\.|"
    rf"^(?:on the )?{_PLACE}\b[^.]{{0,24}}:|\bpanels?\b|\bsub-?(?:figure|plot|panel)s?\b|\b(?:in|on|to"
    rf"|from) the {_PLACE}\b|"
    rf"\b{_PLACE}(?:most)? (?:row|column|panel|plot|figure|image|half|part|side|left|right)s?\b|^\(?[a-h]\)"
    rf"|\s\([a-h]\)|"
    r"\(\d{1,3}[a-z]?\)|\b(?:same|as) (?:as )?(?:above|before|in the previous)|ltx_|\\[a-zA-Z]",
    re.IGNORECASE,
)
_DETAIL = re.compile(  # what explains how a figure is to be read, or was made, and is nothing without it
    r"(?:We|The authors?) (?:report|use|plot|show the (?:mean|average))\b|(?:Error bars?|Shad\w+|Results are|Numbers"
    r"|Values|Bold|"
    r"Colou?rs?|Lines|Dashed|Dotted|Solid|Labels|Legend|Axes|Bars|Arrows|Circles|Points|Each (?:point|line|dot|bar"
    r"|row|column|curve|cell))\b"
    r"|\d+ (?:shows?|illustrates?|presents?|depicts?)\b"
)
_FOLLOWS = re.compile(
    r"(?:It|Its|They|Their|These|This|Those|That|Here|Both|Each|Such|The (?:latter|former)|However|Then|Also|Note"
    r"|Similarly"
    r"|In contrast|Again|Moreover|Furthermore|Additionally|Instead|Finally|Next|Second|Third|Otherwise|While|But|And)\b"
)
_LABELLED = re.compile(r"\s*[(\[]?(?:[a-h]|[ivx]{1,3}|\d)[)\]:]\s", re.IGNORECASE)  # (a) The encoder
_KEYED = re.compile(  # what explains the letters in it: "…: A - the table; B - its cells"
    r"\s*[:;,–—-]\s(?:\(?A\)?\s?[-–—:]|\([aA1i]\)|[aA]\))\s.{0,400}\b(?:B|b|2|ii)\)?\s?[-–—:)].*$"
)
_ADDED = re.compile(
    r"[;:]\s|,\s(?=(?:where|which|with|showing|using|when|while|and|as|in|on|for|from|including)\b)|\s[–—]\s|\s\("
)
_MATHS = re.compile(r"[=_^{}\\$∏∑∫√]|[\u20d0-\u20ff\U0001d400-\U0001d7ff]")
_SPEAKS = re.compile(r"\b(?:we|our|us|ours)\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"[,;:]\s*[,;:.]|\(\s*\)|\s's\b|\.\.|…|[\ufffd]|\b(\w+) \1\b|\b(?:of|on|in|from|with|for|to|by|and|the|a)[.,;]"
)
_INVISIBLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_MARKUP = re.compile(r"\*\*|__|`|<[a-z/][^>]*>")


def caption_of(told: Iterable[str], *, fallback: str, authors: int = 2) -> Phrasing:
    """Say what a figure shows.

    Args:
        told: Its own words first, then what else may stand in: the sentences that refer to it.
        fallback: What is said where nothing of this can stand alone; must be short.
        authors: How many the paper has; *we* becomes *the authors*.

    Returns:
        The longest form of at most as many words as a caption may have, and shorter ones; never a broken sentence.
    """
    for text in told:
        kept = standing_alone(text, authors=authors)
        if said := phrased(kept, most=CAPTION):
            return said
    return Phrasing(fallback)


def phrased(kept: Sequence[str], *, most: int) -> Phrasing | None:
    """Say the first of *kept* and as much of the rest as *most* words allow, then in fewer; None where nothing fits."""
    said = (_joined(kept, min(words, most)) for words in (most, _MEDIUM, _SHORT))
    forms: list[str] = []
    for each in said:
        if each and (not forms or len(each) < len(forms[-1])):
            forms.append(each)
    return Phrasing(forms[0], tuple(forms[1:])) if forms else None


def clean(text: str) -> str:
    """Take out what no line of text holds: control and bidirectional characters, markup, doubled blanks."""
    plain = _MARKUP.sub(" ", _INVISIBLE.sub(" ", text))
    return " ".join("".join(each if each.isprintable() else " " for each in plain).split())


def standing_alone(text: str, *, authors: int = 2) -> tuple[str, ...]:
    """Find the sentences of a caption that can be read without the page, and tidy them.

    Behind the first, those that print numbers are left out: a picture needs few, and each wants to be explained.
    """
    said = _PREFIX.sub("", clean(text[:_LOOKED_AT]))
    found: list[str] = []
    is_orphan = False
    for sentence in sentences(said)[:_MOST_SENTENCES]:
        kept = _told(_finished(_without_asides(sentence)), authors)
        is_lost = (is_orphan and _points_back(kept)) or (not found and _DETAIL.match(kept) is not None)
        is_fit = _can_stand(kept) and not is_lost and not (found and _counts(kept))
        is_orphan = not is_fit
        found += [kept] * is_fit
    return tuple(found)


def _told(sentence: str, authors: int) -> str:
    """About the authors, where it speaks as they do; empty where that cannot be."""
    return (retold(sentence, authors=authors) or "") if _SPEAKS.search(sentence) else sentence


def _points_back(sentence: str) -> bool:
    return _FOLLOWS.match(sentence) is not None or not stands_alone(sentence)


def _can_stand(sentence: str) -> bool:
    if not sentence or _TIED.search(sentence) or count_words(sentence) < _FEWEST_WORDS:
        return False
    is_clear = not _BROKEN.search(sentence) and not _MATHS.search(sentence)
    return is_clear and _is_even(sentence) and _last_word(sentence) not in DANGLING


def _counts(sentence: str) -> bool:
    return any(not numeral.is_name for numeral in numerals_in(sentence))


def _without_asides(sentence: str) -> str:
    if _LABELLED.match(sentence):
        return ""
    sentence = _KEYED.sub("", sentence)
    for _ in range(3):  # one may stand in another
        sentence = _ASIDE.sub("", sentence)
    return re.sub(r"\s+([.,;:])", r"\1", sentence).strip()


def _finished(sentence: str) -> str:
    """With a full stop; a caption often goes without."""
    bare = sentence.rstrip(" ,;:–—-")
    return bare if not bare or bare[-1] in ".!?。！？" else f"{bare}."


def _is_even(text: str) -> bool:
    """True when every bracket and quotation mark has its partner."""
    pairs = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"))
    return all(text.count(opening) == text.count(closing) for opening, closing in pairs) and text.count('"') % 2 == 0


def _last_word(sentence: str) -> str:
    words = re.findall(r"[\w'’-]+", sentence)
    return words[-1].lower() if words else ""


def _joined(kept: Sequence[str], most: int) -> str:
    """As many of the first sentences as fit; where the first is too long, what it can be trimmed to, or a later one."""
    fitting = ""
    for sentence in kept:
        longer = f"{fitting} {sentence}".strip()
        if count_words(longer) > most:
            break
        fitting = longer
    if fitting or not kept:
        return fitting
    return next(_shorter(kept[0], most), "") or next((each for each in kept[1:] if _fits_alone(each, most)), "")


def _fits_alone(sentence: str, most: int) -> bool:
    return count_words(sentence) <= most and not _points_back(sentence)


def _shorter(sentence: str, most: int) -> Iterator[str]:
    """Whole sentences by trimming; what has no verb is a heading, and ends before what it adds."""
    yield from (form for form in forms(sentence) if count_words(form) <= most)
    if not has_main_verb(sentence):
        for found in reversed(list(_ADDED.finditer(sentence))):
            head = _finished(sentence[: found.start()])
            if count_words(head) <= most and _can_stand(head):
                yield head
