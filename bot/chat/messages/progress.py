"""Owns what is said while a paper is read and drawn, and when that fails."""

from bot.chat.desk_presses import Anew, Ask, TakeUp
from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined
from bot.chat.messages.message import Button, Message
from bot.chat.spelling import fits
from bot.errors import CollagebotError, NoSuchPaper, SourceRefused
from bot.model.progress import Progress, Stage
from bot.wording.dates import count

HEADING = "arXiv:{paper}"
STEPS = {
    Stage.WAITING: "Others are being drawn; this one is in line …",
    Stage.ASKING: "Asking arXiv …",
    Stage.READING: "Reading the source …",
    Stage.CHOOSING: "Choosing the words and the figures …",
    Stage.WRITING: "Writing the words …",
    Stage.DRAWING: "Drawing …",
}
CHOOSING = "{figures} found, choosing …"
NO_FIGURES = "No figures found, choosing the words …"
DOING = {
    Stage.WAITING: "waiting for its turn",
    Stage.ASKING: "asking arXiv",
    Stage.READING: "reading the source",
    Stage.CHOOSING: "choosing the words and the figures",
    Stage.WRITING: "writing the words",
    Stage.DRAWING: "drawing",
}
FAILED = "Stopped while {doing}: {reason}"
BROKEN = "something broke on our side, and is written down. Try again; if it happens twice, take another paper."
STOPPED = "I was just told to stop, so this is not finished. Try again in a minute."
TRY_AGAIN, OPEN_PAPER = "Try again", "Open the paper"
UNDER_WAY = "I am at it already."
FULL = "Many papers are being drawn just now. Please try again in a few minutes."

_REASON = 600  # units of somebody else's words


def under_way(attempt: TakeUp | Ask, progress: Progress) -> Message:
    """Say how far an attempt is."""
    return Message(joined([_heading(attempt), _step(progress)], "\n"))


def failed(attempt: TakeUp | Ask, stage: Stage, error: CollagebotError) -> Message:
    """Say which step failed, why, and what to do; a second try is offered where it can help."""
    hopeless = isinstance(error, NoSuchPaper | SourceRefused)
    return Message(_ended(attempt, stage, str(error)), (_ways_on(attempt, hopeless=hopeless),))


def broken(attempt: TakeUp | Ask, stage: Stage) -> Message:
    """Say that a step failed for no reason that we know."""
    return Message(_ended(attempt, stage, BROKEN), (_ways_on(attempt),))


def stopped(attempt: TakeUp | Ask) -> Message:
    """Say that the program was told to stop meanwhile."""
    return Message(joined([_heading(attempt), STOPPED], "\n"), (_ways_on(attempt),))


def _heading(attempt: TakeUp | Ask) -> Rich:
    version = f"v{attempt.version}" if attempt.version else ""
    return bold(filled(HEADING, paper=f"{attempt.arxiv_id}{version}"))


def _ended(attempt: TakeUp | Ask, stage: Stage, reason: str) -> Rich:
    said = filled(FAILED, doing=DOING[stage], reason=isolated(clipped(reason, _REASON)))
    return joined([_heading(attempt), said], "\n")


def _step(progress: Progress) -> str:
    if progress.stage is Stage.CHOOSING and progress.figures is not None:
        found = count(progress.figures, "figure", "figures")
        return CHOOSING.format(figures=found) if progress.figures else NO_FIGURES
    return STEPS[progress.stage]


def _ways_on(attempt: TakeUp | Ask, *, hopeless: bool = False) -> tuple[Button, ...]:
    again = [] if hopeless or not fits(Anew(attempt)) else [Button(TRY_AGAIN, Anew(attempt))]
    return (*again, Button(OPEN_PAPER, attempt.arxiv_id.url(attempt.version)))
