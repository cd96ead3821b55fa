"""Owns how the checker's verdict is said: in one line, in words that need no specification beside them."""

from collections.abc import Sequence

from bot.chat.markup import Rich, bold, clipped, isolated, joined
from bot.collage.check.bounds import LEAST_MEAN
from bot.collage.check.report import Finding, Report
from bot.errors import CollagebotError
from bot.model.canvas import Canvas

SHIPS, WEAK, FAILS = "Ships", "Ships, but could be better", "Does not ship"
WANTED = f", where {LEAST_MEAN:.2f} is wanted"
WEAKEST = "; weakest: {rule}, {score:.2f}."
UNDRAWN = "It cannot be drawn."
REFUSED = "It cannot be approved: {faults}."
BROKEN = {
    "H1": "something reaches into the margin",
    "H2": "things overlap",
    "H3": "words do not fit into their place",
    "H4": "something is too pale to be read",
    "H5": "the type is too small for a phone",
    "H6": "a figure is stretched or enlarged",
    "H7": "there is a character that no font has",
    "H8": "title, authors or a number are not those of the entry",
    "H9": "the credit or the way to the paper is missing",
    "H10": "Telegram would not take the file",
}
"""What is wrong when a hard rule fails."""
MEASURED = {
    "S1": "the number of words",
    "S2": "the share of pictures",
    "S3": "the share of text",
    "S4": "empty space",
    "S5": "the largest hole",
    "S6": "how columns end",
    "S7": "left edges",
    "S8": "balance",
    "S9": "the number of type sizes",
    "S10": "the length of lines",
    "S11": "the number of colours",
    "S12": "how title, number and hero stand out",
    "S13": "labels in pictures",
    "S14": "lonely last words",
    "S15": "the number and size of panels",
    "S16": "gaps between panels",
    "S17": "the sharpness of the hero",
    "S18": "annotations",
}
"""What a soft rule looks at."""
_FEWER_WORDS, _OTHER_FIGURE = "say it in fewer words", "show another figure, or drop this one"
HELPS = {
    "H1": _OTHER_FIGURE,
    "H2": _FEWER_WORDS,
    "H3": _FEWER_WORDS,
    "H4": _OTHER_FIGURE,
    "H5": f"{_FEWER_WORDS}, or drop the figure",
    "H6": _OTHER_FIGURE,
    "H7": "say it without that character",
    "H8": "bring the words back as they were drafted",
    "H9": _OTHER_FIGURE,
    "H10": _OTHER_FIGURE,
}
_SHAPES = {Canvas.PORTRAIT: "portrait", Canvas.SLIDE: "slide", Canvas.SQUARE: "square"}
_REASON = 300


def verdict(report: Report) -> Rich:
    """Say whether a collage ships, how good it is, and what is weakest about it."""
    if report.failures:
        return joined([bold(FAILS), f": {faults(report.failures)}."], "")
    score = f": {report.mean:.2f}"
    if report.mean < LEAST_MEAN:
        score += WANTED
    return joined([bold(SHIPS if report.ships else WEAK), score + _weakest(report.worst)], "")


def _weakest(worst: Finding | None) -> str:
    if worst is None or worst.score == 1:
        return "."
    return WEAKEST.format(rule=MEASURED.get(worst.rule) or worst.says, score=worst.score)


def undrawn(error: CollagebotError) -> Rich:
    """Say that a draft cannot be drawn, and why."""
    return joined([bold(UNDRAWN), isolated(clipped(str(error), _REASON))], " ")


def refusal(canvas: Canvas, failures: Sequence[Finding]) -> str:
    """Say why a collage cannot be approved, and what helps."""
    return REFUSED.format(faults=f"as a {_SHAPES[canvas]} {faults(failures)}")


def faults(failures: Sequence[Finding]) -> str:
    """The hard rules that fail, each with its code and what helps: ``the type is too small (H5) – say it in …``."""
    said = [f"{BROKEN.get(it.rule) or it.says} ({it.rule})" for it in failures]
    helps = dict.fromkeys(HELPS[it.rule] for it in failures if it.rule in HELPS)
    return " – ".join(filter(None, [", ".join(said), " or ".join(helps)]))
