"""Owns the way from a paper's id to its draft, step by step; whoever waits is told where it is."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.editorial.drafting.asking.language import spoken_words
from bot.editorial.drafting.saying.words import Words, plain_words
from bot.editorial.drafting.showing.assembly import Commission, assemble
from bot.errors import SourceRefused
from bot.model.arxiv_id import ArxivId
from bot.model.draft import Draft, FigurePolicy
from bot.model.entry import Series, Topic
from bot.model.manuscript import Manuscript
from bot.model.paper import Paper
from bot.model.progress import Progress, Report, Stage, in_silence
from bot.sources.apart import apart
from bot.sources.language_model import LanguageModel
from bot.sources.reading import read_paper
from bot.sources.sources import Sources

_WORDS_SECONDS = 60.0
_ASSEMBLY_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Studio:
    """Drafts papers.

    Attributes:
        topics: Gives the closed list of topics.
        policy: Which figures editors may show; for readers it is always `FigurePolicy.OPEN`.
        model: Drafts the words; None lets the paper speak for itself.
    """

    sources: Sources
    topics: Callable[[], Awaitable[Sequence[Topic]]]
    policy: FigurePolicy = FigurePolicy.OPEN
    model: LanguageModel | None = None

    async def draft(
        self, arxiv_id: ArxivId, series: Series, *, version: int | None = None, report: Report = in_silence
    ) -> Draft:
        """Draft an entry about a paper for editors.

        Args:
            version: Of the paper; None for the newest.

        Raises:
            SourceError: The paper cannot be read; the message says which step failed and what to do.
        """
        return await self._draft(arxiv_id, Commission(series, self.policy), version, report)

    async def sketch(
        self, arxiv_id: ArxivId, series: Series, *, version: int | None = None, report: Report = in_silence
    ) -> Draft:
        """Draft for a reader: only figures whose licence is open; raises like `draft`."""
        return await self._draft(arxiv_id, Commission(series, FigurePolicy.OPEN), version, report)

    async def look_up(self, arxiv_id: ArxivId, version: int | None = None) -> Paper:
        """What the index says of a paper, its newest version unless one is named; raises like `draft`."""
        return (await self.sources.record(arxiv_id, version)).paper

    async def _draft(self, arxiv_id: ArxivId, commission: Commission, version: int | None, report: Report) -> Draft:
        manuscript = await read_paper(self.sources, arxiv_id, version=version, report=report)
        count, insights = len(manuscript.reading.figures), commission.series.insights
        report(Progress(Stage.CHOOSING, count))
        say = partial(plain_words, manuscript, topics=await self.topics(), insights=insights)
        words = await apart(say, seconds=_WORDS_SECONDS, what="the text")
        if self.model is not None:
            report(Progress(Stage.WRITING, count))
            words = await spoken_words(self.model, manuscript, words, insights=insights)
            report(Progress(Stage.CHOOSING, count))
        made = await _assembled(manuscript, words, commission)
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
