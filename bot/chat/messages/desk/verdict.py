"""Owns how the checker's verdict is said: in one line, in words that need no specification beside them."""

from collections.abc import Sequence

from bot.chat.markup import Rich, bold, clipped, isolated, joined, sentences
from bot.chat.messages.reasons import reason
from bot.collage.check.bounds import LEAST_MEAN
from bot.collage.check.report import Finding, Report
from bot.errors import CollagebotError
from bot.model.canvas import Canvas
from bot.wording.lists import comma
from bot.wording.translation import N_, _, pgettext

SHIPS, WEAK, FAILS = N_("Ships"), N_("Ships, but could be better"), N_("Does not ship")
SCORE = N_(": {score:.2f}")
SCORE_WANTED = N_(": {score:.2f}, where {least:.2f} is wanted")
WEAKEST = N_("; weakest: {rule}, {score:.2f}.")
STOP = N_(".")
UNDRAWN = N_("It cannot be drawn.")
FAULT = N_("{fault} ({rule})")
BROKEN = {
    "H1": N_("something reaches into the margin"),
    "H2": N_("things overlap"),
    "H3": N_("words do not fit into their place"),
    "H4": N_("something is too pale to be read"),
    "H5": N_("the type is too small for a phone"),
    "H6": N_("a figure is stretched or enlarged"),
    "H7": N_("there is a character that no font has"),
    "H8": N_("title, authors or a number are not those of the entry"),
    "H9": N_("the credit or the way to the paper is missing"),
    "H10": N_("Telegram would not take the file"),
}
"""What is wrong when a hard rule fails."""
MEASURED = {
    "S1": N_("the number of words"),
    "S2": N_("the share of pictures"),
    "S3": N_("the share of text"),
    "S4": N_("empty space"),
    "S5": N_("the largest hole"),
    "S6": N_("how columns end"),
    "S7": N_("left edges"),
    "S8": N_("balance"),
    "S9": N_("the number of type sizes"),
    "S10": N_("the length of lines"),
    "S11": N_("the number of colours"),
    "S12": N_("how title, number and hero stand out"),
    "S13": N_("labels in pictures"),
    "S14": N_("lonely last words"),
    "S15": N_("the number and size of panels"),
    "S16": N_("gaps between panels"),
    "S17": N_("the sharpness of the hero"),
    "S18": N_("annotations"),
}
"""What a soft rule looks at."""
_FEWER_WORDS, _OTHER_FIGURE = N_("say it in fewer words"), N_("show another figure, or drop this one")
HELPS = {
    "H1": _OTHER_FIGURE,
    "H2": _FEWER_WORDS,
    "H3": _FEWER_WORDS,
    "H4": _OTHER_FIGURE,
    "H5": N_("say it in fewer words, or drop the figure"),
    "H6": _OTHER_FIGURE,
    "H7": N_("say it without that character"),
    "H8": N_("bring the words back as they were drafted"),
    "H9": _OTHER_FIGURE,
    "H10": _OTHER_FIGURE,
}
REFUSED_AS = {
    Canvas.PORTRAIT: N_("It cannot be approved: as a portrait {faults}."),
    Canvas.SLIDE: N_("It cannot be approved: as a slide {faults}."),
    Canvas.SQUARE: N_("It cannot be approved: as a square {faults}."),
}
_REASON = 300


def verdict(report: Report) -> Rich:
    """Say whether a collage ships, how good it is, and what is weakest about it."""
    if report.failures:
        return joined([bold(_(FAILS)), _(": {faults}.").format(faults=faults(report.failures))], "")
    says = SCORE_WANTED if report.mean < LEAST_MEAN else SCORE
    score = _(says).format(score=report.mean, least=LEAST_MEAN)
    return joined([bold(_(SHIPS if report.ships else WEAK)), score + _weakest(report.worst)], "")


def _weakest(worst: Finding | None) -> str:
    if worst is None or worst.score == 1:
        return _(STOP)
    return _(WEAKEST).format(rule=_(MEASURED[worst.rule]) if worst.rule in MEASURED else worst.says, score=worst.score)


def undrawn(error: CollagebotError) -> Rich:
    """Say that a draft cannot be drawn, and why."""
    return sentences([bold(_(UNDRAWN)), isolated(clipped(reason(error), _REASON))])


def refusal(canvas: Canvas, failures: Sequence[Finding]) -> str:
    """Say why a collage cannot be approved, and what helps."""
    return _(REFUSED_AS[canvas]).format(faults=faults(failures))


def faults(failures: Sequence[Finding]) -> str:
    """The hard rules that fail, each with its code and what helps: ``the type is too small (H5) – say it in …``."""
    said = [
        _(FAULT).format(fault=_(BROKEN[it.rule]) if it.rule in BROKEN else it.says, rule=it.rule) for it in failures
    ]
    helps = dict.fromkeys(_(HELPS[it.rule]) for it in failures if it.rule in HELPS)
    return pgettext("list", " – ").join(filter(None, [comma().join(said), pgettext("list", " or ").join(helps)]))
