"""Owns the steps from a paper's id to its draft; whoever waits is told which one it is."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.editorial.drafting.asking.language import spoken_words
from bot.editorial.drafting.saying.words import Words, plain_words
from bot.editorial.drafting.showing.assembly import Commission, assemble
from bot.errors import SourceRefused
from bot.model.arxiv_id import ArxivId
from bot.model.draft import Draft, FigurePolicy
from bot.model.entry import Series, Topic
from bot.model.manuscript import Manuscript
from bot.model.progress import Progress, Report, Stage
from bot.sources.apart import apart
from bot.sources.language_model import LanguageModel
from bot.sources.reading import read_paper
from bot.sources.sources import Sources

_WORDS_SECONDS = 60.0
_ASSEMBLY_SECONDS = 120.0


async def drafted(
    arxiv_id: ArxivId,
    series: Series,
    *,
    version: int | None,
    policy: FigurePolicy,
    sources: Sources,
    model: LanguageModel | None,
    topics: Sequence[Topic],
    report: Report,
) -> Draft:
    """Read a paper, find its words, choose what to show, and try it.

    Args:
        version: Of the paper; None for the newest.
        policy: Which figures may be shown.
        model: Drafts the words; None lets the paper speak for itself.
        topics: The closed list.

    Raises:
        SourceError: The paper cannot be read; the message says which step failed and what to do.
    """
    manuscript = await read_paper(sources, arxiv_id, version=version, report=report)
    count, insights = len(manuscript.reading.figures), series.insights
    report(Progress(Stage.CHOOSING, count))
    say = partial(plain_words, manuscript, topics=topics, insights=insights)
    words = await apart(say, seconds=_WORDS_SECONDS, what="the text")
    if model is not None:
        report(Progress(Stage.WRITING, count))
        words = await spoken_words(model, manuscript, words, insights=insights)
        report(Progress(Stage.CHOOSING, count))
    made = await _assembled(manuscript, words, Commission(series, policy))
    report(Progress(Stage.DRAWING, count))
    return made


async def _assembled(manuscript: Manuscript, words: Words, commission: Commission) -> Draft:
    """Assemble the draft; where the figures are too much, without them."""
    try:
        return await apart(
            assemble, manuscript, words, commission, seconds=_ASSEMBLY_SECONDS, what="looking at figures"
        )
    except SourceRefused as error:
        bare = _unpictured(manuscript, f"Done without the figures: {error}")
    return await apart(assemble, bare, words, commission, seconds=_ASSEMBLY_SECONDS, what="choosing what to show")


def _unpictured(manuscript: Manuscript, note: str) -> Manuscript:
    reading = manuscript.reading
    figures = tuple(replace(figure, images=()) for figure in reading.figures)
    return replace(manuscript, reading=replace(reading, figures=figures, notes=(*reading.notes, note)))
