"""Owns what is said while a paper is read and drawn, and when that fails."""

from bot.chat.desk_presses import Anew, Ask, TakeUp
from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined
from bot.chat.messages.message import Button, Message
from bot.chat.messages.reasons import reason
from bot.chat.spelling import fits
from bot.errors import CollagebotError, NoSuchPaper, SourceRefused
from bot.model.progress import Progress, Stage
from bot.wording.translation import N_, _, ngettext

HEADING = "arXiv:{paper}"
STEPS = {
    Stage.WAITING: N_("Others are being drawn; this one is in line …"),
    Stage.ASKING: N_("Asking arXiv …"),
    Stage.READING: N_("Reading the source …"),
    Stage.CHOOSING: N_("Choosing the words and the figures …"),
    Stage.WRITING: N_("Writing the words …"),
    Stage.DRAWING: N_("Drawing …"),
}
CHOOSING = N_("{figures} found, choosing …")
NO_FIGURES = N_("No figures found, choosing the words …")
DOING = {
    Stage.WAITING: N_("waiting for its turn"),
    Stage.ASKING: N_("asking arXiv"),
    Stage.READING: N_("reading the source"),
    Stage.CHOOSING: N_("choosing the words and the figures"),
    Stage.WRITING: N_("writing the words"),
    Stage.DRAWING: N_("drawing"),
}
FAILED = N_("Stopped while {doing}: {reason}")
BROKEN = N_("something broke on our side, and is written down. Try again; if it happens twice, take another paper.")
STOPPED = N_("I was just told to stop, so this is not finished. Try again in a minute.")
TRY_AGAIN, OPEN_PAPER = N_("Try again"), N_("Open the paper")
UNDER_WAY = N_("I am at it already.")
FULL = N_("Many papers are being drawn just now. Please try again in a few minutes.")

_REASON = 600  # units of somebody else's words


def under_way(attempt: TakeUp | Ask, progress: Progress) -> Message:
    """Say how far an attempt is."""
    return Message(joined([_heading(attempt), _step(progress)], "\n"))


def failed(attempt: TakeUp | Ask, stage: Stage, error: CollagebotError) -> Message:
    """Say which step failed, why, and what to do; a second try is offered where it can help."""
    hopeless = isinstance(error, NoSuchPaper | SourceRefused)
    return Message(_ended(attempt, stage, reason(error)), (_ways_on(attempt, hopeless=hopeless),))


def broken(attempt: TakeUp | Ask, stage: Stage) -> Message:
    """Say that a step failed for no reason that we know."""
    return Message(_ended(attempt, stage, _(BROKEN)), (_ways_on(attempt),))


def stopped(attempt: TakeUp | Ask) -> Message:
    """Say that the program was told to stop meanwhile."""
    return Message(joined([_heading(attempt), _(STOPPED)], "\n"), (_ways_on(attempt),))


def _heading(attempt: TakeUp | Ask) -> Rich:
    version = f"v{attempt.version}" if attempt.version else ""
    return bold(filled(HEADING, paper=f"{attempt.arxiv_id}{version}"))


def _ended(attempt: TakeUp | Ask, stage: Stage, reason: str) -> Rich:
    said = filled(_(FAILED), doing=_(DOING[stage]), reason=isolated(clipped(reason, _REASON)))
    return joined([_heading(attempt), said], "\n")


def _step(progress: Progress) -> str:
    if progress.stage is Stage.CHOOSING and progress.figures is not None:
        found = ngettext("{number} figure", "{number} figures", progress.figures)
        return _(CHOOSING).format(figures=found) if progress.figures else _(NO_FIGURES)
    return _(STEPS[progress.stage])


def _ways_on(attempt: TakeUp | Ask, *, hopeless: bool = False) -> tuple[Button, ...]:
    again = [] if hopeless or not fits(Anew(attempt)) else [Button(_(TRY_AGAIN), Anew(attempt))]
    return (*again, Button(_(OPEN_PAPER), attempt.arxiv_id.url(attempt.version)))
