"""Owns why something failed, in the reader's language."""

from bot.errors import (
    CollagebotError,
    CollageError,
    DraftError,
    NoSuchPaper,
    SourceBusy,
    SourceError,
    SourceRefused,
    StoreError,
)
from bot.model.language import ENGLISH
from bot.wording.translation import N_, _, language

KINDS: dict[type[CollagebotError], str] = {
    NoSuchPaper: N_("there is no such paper on arXiv. Look at the number once more."),
    SourceBusy: N_("the server does not answer just now. Try again in a few minutes."),
    SourceRefused: N_("what came is too large, or not what a paper looks like. Take another paper."),
    SourceError: N_("the paper cannot be read. Take another paper."),
    CollageError: N_("it cannot be drawn as a collage. Change its words or its figures."),
    StoreError: N_("the notes are out of reach just now. Try again in a minute."),
}
"""The most telling kind first."""


def reason(error: CollagebotError) -> str:
    """Say why: in English in the error's own words, else by its kind, for errors of a worker come in English.

    What is raised where somebody is answered speaks their language already.
    """
    if language() == ENGLISH or isinstance(error, DraftError):
        return str(error)
    return next((_(says) for kind, says in KINDS.items() if isinstance(error, kind)), str(error))
