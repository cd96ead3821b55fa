"""Owns the forms of words in which a sentence claims a number, each with what the number then means.

Only forms that leave no doubt are read; every other number is left alone, for a wrong reading is worse than none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.collage.check.hard.numerals import numerals_in
from bot.editorial.drafting.saying.phrases import STOP, baseline, phrase_at, where, within
from bot.editorial.drafting.saying.quantities import NUM, VALUE, printed, unit_of
from bot.editorial.panels.bounds import MEANING
from bot.model.panel import Number

RESULT = 1.0
"""The least weight of a claim about a result."""
_AGAINST = 0.4  # what a baseline adds to the weight
_LEAST_COUNT = 10

_FACTOR = r"\s?×|\s?x\b|-?\s?fold\b|\stimes\b"
_SHARE = r"\s?%|\s?percent\b|[\s-](?:percentage |absolute |accuracy )?points?\b|\s?pp\b|\s?p\.p\.|\s?pts?\b"
_NAMES = (
    r"(?:(?:[A-Z][\w-]*\s|(?:[Tt]op-[15]|[Rr]elative|[Oo]verall|[Mm]ean|[Aa]verage|[Tt]est|[Vv]alidation|[Zz]ero-shot|"
    r"[Ff]ew-shot|[Bb]alanced|[Mm]acro|[Mm]icro|[Mm]acro-average|[Ww]eighted|[Cc]lassification|[Rr]ecognition|"
    r"[Dd]etection|[Ss]egmentation|[Pp]rediction|[Tt]racking|[Rr]etrieval|[Tt]ask|[Ee]xecution|[Dd]iagnostic|"
    r"[Ll]inear-probe|[Ss]entence|[Ww]ord|[Aa]nswer|[Ww]orst-case|[Pp]eak|[Cc]ross-validation|[Cc]ertified|[Rr]obust)"
    r"[\s-])){0,3}"
)
_METRICS = _NAMES + (
    r"(?:accurac(?:y|ies)|precision|recall|specificity|sensitivity|F1(?:[\s-]scores?)?|F-scores?|F-measure|"
    r"BLEU(?:-4)?(?: scores?)?|ROUGE(?:-[12L])?(?: scores?)?|mAP(?:@[\d.]+)?|mIoU|IoU|AUC(?:-ROC)?|AUROC|AUPRC|"
    r"ROC-AUC|AP|Dice(?: scores?| coefficients?| similarity coefficients?)?|DSC|PSNR|SSIM|"
    r"FID(?: scores?)?|RMSE|MAE|MSE|MAPE|WER|"
    r"CER|EER|perplexity|error(?: rates?)?|success rates?|win rates?|pass rates?|pass@1|hit rates?|detection rates?|"
    r"attack success rates?|ASR|exact match|EM|correlation|R2|R²|NDCG(?:@\d+)?|MRR|Recall@\d+|R@\d+|"
    r"Spearman correlation|Pearson correlation|kappa|agreement|throughput|latency|frame rates?|false positive rates?|"
    r"compression ratios?|sparsity|resolution rates?|completion rates?|solve rates?)"
)
_CHANGE = r"(?P<change>improv|increas|rais|boost|enhanc|reduc|decreas|lower|cut|shrink)(?:e|es|ed|ing|s|ting)?"
_CHANGED = {
    **dict.fromkeys(("reduc", "decreas", "lower", "cut", "shrink"), "reduction in"),
    **dict.fromkeys(("increas", "rais"), "increase in"),
    **dict.fromkeys(("boost", "enhanc"), "gain in"),
    "improv": "improvement in",
}
_GAIN = (
    r"(?P<gain>(?:(?:relative|absolute|average|performance|accuracy|further|overall|inference|"
    r"training|memory|cost|latency|"
    r"energy|BLEU|F1|AUC|mAP)\s)*(?:improvements?|reductions?|increases?|decreases?|gains?|boosts?|speed-?ups?|"
    r"acceleration|savings?|compression))"
)
_HOW = r"(?P<how>faster|fewer|smaller|less|more|higher|lower|cheaper|shorter|larger|longer|greater|better)"
_TELLS_ALONE = frozenset({"faster", "smaller", "cheaper"})
_TO_DO = re.compile(r"\sto [a-z]+(?=[,.;]|\s(?:than|and|on|with)\b)")
_COUNTED = (
    r"(?:images|samples|examples|tasks|languages|models|papers|videos|questions|participants|datasets|benchmarks|"
    r"documents|tokens|parameters|environments|pairs|sentences|annotations|scenes|instances|patients|subjects|users|"
    r"categories|classes|problems|prompts|queries|experiments|runs|trajectories|episodes|frames|articles|"
    r"conversations|dialogues|species|domains|games|labels|masks|scans|studies|recordings|clips|objects|robots|"
    r"agents|algorithms|optimizers|methods|LLMs|scenarios|demonstrations|interactions|molecules|proteins|cells|"
    r"reviews|posts|tweets|nodes|edges|records|utterances|words|entries|responses|submissions|instructions|cases|"
    r"variants)"
)
_BEHIND_A_COUNT = (
    r"(?=[,.;:)]|\s(?:from|with|of|in|across|and|to|on|for|that|using|by|under|over|per|at|collected|sourced|covering|"
    r"spanning|drawn|annotated|generated|is|are|was|were|show|shows|we)\b)"
)
_SIZES = re.compile(r"\b(?:models|LLMs|variants)$")  # a 7B model: its size, not how many
_NAME_BEFORE = re.compile(r"[A-Z][\w-]*\s$")  # RTX 4090
_NO_NAME = re.compile(r"(?:^|\s)(?:Over|Using|With|Across|On|From|Of|In|The)\s$")
_YEAR = re.compile(r"(?:19|20)\d\d")

_OF_OTHERS = re.compile(
    r"\b(?:existing|prior|previous|traditional|conventional|current|recent|earlier|humans?|baselines?|"
    r"state-of-the-art (?:models?|LLMs?|MLLMs?|VLMs?|methods?)|(?:even |the )+(?:best|strongest|most|leading|top)|"
    r"most (?:models|methods|LLMs)|frontier|leading|outperform\w*|surpass\w*|exceed\w*|beat\w*|which|whose|GPT-?\d\w*|"
    r"Claude|Gemini|drops?|degrad\w+|falls?|compared|versus|vs\.?|whereas|than|while)\b",
    re.IGNORECASE,
)
_ACHIEVED = re.compile(r"(?:achiev|reach|attain|obtain|yield|deliver|report|record|scor|, with)\w*\W+(?:\w+\W+){0,4}$")
_MORE_BEHIND = re.compile(r",?\s(?:and|or|to)\s(?:\w+\s){0,3}\d|,\s\d|\s(?:on|in|for)\s(?:the\s)?train")
_SPOILED = re.compile(
    r"\brespectively\b|\bconfidence interval\b|\bCI\b|±|\bp\s?[<=>]\s?0?\.\d|\bassum\w+|"
    r"\b(?:projected|expected|forecast|predicted) to\b|\bif\b|\bwould\b|\bcould\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with how much it tells.

    Attributes:
        weight: `RESULT` and more for a result, less for a count.
    """

    number: Number
    weight: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A form of words that was found in a sentence."""

    match: re.Match[str]
    source: str

    @property
    def text(self) -> str:
        return self.match.string

    @property
    def end(self) -> int:
        return self.match.end()

    def means(self, meaning: str, *, weight: float, against: str = "") -> Claim | None:
        """The claim; none where its meaning would not fit, or holds a number that nobody explains."""
        value, limit = printed(self.match)
        said = " ".join(f"{meaning}{limit}".split())
        if not said or len(said.split()) > MEANING or any(not each.is_name for each in numerals_in(said)):
            return None
        number = Number(value, said, self.source, against=against or None)
        return Claim(number, weight + (_AGAINST if against else 0.0))


def claims_in(sentence: str, *, source: str) -> tuple[Claim, ...]:
    """Read the numbers that *sentence* claims.

    Args:
        sentence: Plain text.
        source: Where it stands in the paper.

    Returns:
        The most telling first; nothing where no number is beyond doubt.
    """
    if _SPOILED.search(sentence):
        return ()
    found: dict[tuple[int, int], Claim] = {}
    for reader, pattern in _READERS:
        for match in pattern.finditer(sentence):
            start, end = match.span("value")
            is_taken = any(first < end and start < last for first, last in found)
            if not is_taken and (claim := reader(_Found(match, source))):
                found[start, end] = claim
    return tuple(sorted(found.values(), key=lambda claim: -claim.weight))


def _factor(found: _Found) -> Claim | None:
    """``2.3× faster inference than X``."""
    how = found.match["how"]
    phrase, end = phrase_at(found.text, found.end)
    if not phrase and how not in _TELLS_ALONE:
        return None
    if not phrase and (aim := _TO_DO.match(found.text, end)):
        phrase, end = aim[0].strip(), aim.end()
    return found.means(f"{how} {phrase}".strip(), weight=3.0, against=baseline(found.text, end))


def _gain(found: _Found) -> Claim | None:
    """``a 4.1-point improvement in accuracy over X``, ``an accuracy improvement of 5.6 %``."""
    gain, text = found.match["gain"].strip(), found.text
    inner = re.compile(r"\s(?:in|of)\s(?:the\s)?").match(text, found.end)
    phrase, end = phrase_at(text, inner.end()) if inner else ("", found.end)
    if phrase:
        place = where(text, end)
        against = baseline(text, end + len(place) if place else end)
        return found.means(f"{gain} in {phrase}{place}", weight=2.6, against=against)
    says_of_what = len(gain.split()) > 1 or gain.lower().startswith(("speed", "acceler"))
    return found.means(gain, weight=2.4, against=baseline(text, end)) if says_of_what and not inner else None


def _change(found: _Found) -> Claim | None:
    """``reduces memory by 40 %``."""
    what = within(found.match["what"])
    noun = _CHANGED[found.match["change"].lower()]
    return found.means(f"{noun} {what}", weight=2.5, against=baseline(found.text, found.end)) if what else None


def _lead(found: _Found) -> Claim | None:
    """``outperforms X by 4.1 points on Y``."""
    other = within(found.match["other"], article="the ")
    return found.means(f"lead over {other}{where(found.text, found.end)}", weight=2.6) if other else None


def _from_to(found: _Found) -> Claim | None:
    """``improves accuracy from 71.2 % to 75.4 %``."""
    what = within(found.match["what"])
    before = f"{found.match['first']}{unit_of(found.match['unit'] or '')} before"
    return found.means(f"{what}{where(found.text, found.end)}", weight=2.8, against=before) if what else None


def _metric(found: _Found) -> Claim | None:
    """``an accuracy of 85.4 % on ImageNet``, ``85.4 % accuracy on ImageNet``: only of the paper's own."""
    text = found.text
    is_own = not _OF_OTHERS.search(text[: found.match.start()])
    if not is_own or not _ACHIEVED.search(text[: found.match.start("value")]) or not _is_complete(text, found.end):
        return None
    place = where(text, found.end)
    weight = 2.2 if place else 1.6
    return found.means(f"{found.match['metric'].strip()}{place}", weight=weight, against=baseline(text, found.end))


def _is_complete(text: str, end: int) -> bool:
    """Tell whether a number and its metric are all there is: no unit, no training set and no list behind them."""
    if _MORE_BEHIND.match(text, end):
        return False
    following = re.compile(r"\s([\w-]+)").match(text, end)
    return following is None or following[1].lower() in STOP or following[1].endswith("ing")


def _count(found: _Found) -> Claim | None:
    """``50,000 individual runs``."""
    value, what = found.match["value"], found.match["what"]
    before = found.text[: found.match.start("value")]
    is_one = re.fullmatch(NUM, value) is not None and not _YEAR.fullmatch(value)
    is_name = _NAME_BEFORE.search(before) is not None and not _NO_NAME.search(before)
    is_size = bool(found.match["unit"]) and _SIZES.search(what) is not None
    if not is_one or is_name or is_size or any(word.lower() in STOP for word in what.split()):
        return None
    is_large = bool(found.match["unit"]) or float(value.replace(",", "")) >= _LEAST_COUNT
    return found.means(what, weight=0.5) if is_large else None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_READERS: tuple[tuple[Callable[[_Found], Claim | None], re.Pattern[str]], ...] = (
    (
        _from_to,
        _form(
            rf"\b{_CHANGE}\s(?P<what>[^,;:.()]{{3,60}}?)\sfrom\s(?P<first>{NUM})\s?%?\s(?:up |down )?to\s{VALUE}"
            r"(?P<unit>\s?%|\s?points|\s?dB|\s?ms)?(?![\w.]*\w)"
        ),
    ),
    (_factor, _form(rf"{VALUE}(?P<unit>{_FACTOR})\s{_HOW}\b")),
    (_gain, _form(rf"{VALUE}(?P<unit>{_FACTOR}|{_SHARE})\s{_GAIN}\b")),
    (
        _lead,
        _form(
            r"\b(?:outperform|surpass|exceed|beat)(?:s|es|ed|ing)?\s(?P<other>[^,;:.()]{2,60}?)\sby\s"
            rf"(?:a margin of\s|an? average of\s)?{VALUE}(?P<unit>{_SHARE})"
        ),
    ),
    (
        _change,
        _form(rf"\b{_CHANGE}\s(?P<what>[^,;:.()]{{3,60}}?)\sby\s(?:a factor of\s)?{VALUE}(?P<unit>{_FACTOR}|{_SHARE})"),
    ),
    (
        _metric,
        re.compile(
            rf"\b(?P<metric>{_METRICS})\s(?:score\s|value\s)?(?:of|=|:)\s?{VALUE}"
            r"(?P<unit>\s?%|\spercent\b|\s?dB|\s?ms|\s?FPS)?(?![\w.]*\d)"
        ),
    ),
    (_gain, _form(rf"(?<![\w-]){_GAIN}\sof\s{VALUE}(?P<unit>{_FACTOR}|{_SHARE})")),
    (_metric, re.compile(rf"{VALUE}(?P<unit>\s?%|\spercent)?\s(?P<metric>{_METRICS})\b")),
    (
        _count,
        re.compile(
            rf"{VALUE}(?P<unit>\s?(?:million|billion|trillion|thousand)\b|[kKMB]\b)?\+?\s"
            rf"(?P<what>(?:[a-zA-Z][\w-]+\s){{0,3}}?{_COUNTED}){_BEHIND_A_COUNT}"
        ),
    ),
)
