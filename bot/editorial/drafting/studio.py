"""Owns the studio: where papers are drafted, for editors and for readers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.model.arxiv_id import ArxivId
from bot.model.draft import Draft, FigurePolicy
from bot.model.entry import Series, Topic
from bot.model.paper import Paper
from bot.model.progress import Report, in_silence
from bot.sources.language_model import LanguageModel
from bot.sources.sources import Sources


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
        return await self._draft(arxiv_id, series, self.policy, version, report)

    async def sketch(
        self, arxiv_id: ArxivId, series: Series, *, version: int | None = None, report: Report = in_silence
    ) -> Draft:
        """Draft for a reader: only figures whose licence is open; raises like `draft`."""
        return await self._draft(arxiv_id, series, FigurePolicy.OPEN, version, report)

    async def look_up(self, arxiv_id: ArxivId, version: int | None = None) -> Paper:
        """What the index says of a paper, its newest version unless one is named; raises like `draft`."""
        return (await self.sources.record(arxiv_id, version)).paper

    async def _draft(
        self, arxiv_id: ArxivId, series: Series, policy: FigurePolicy, version: int | None, report: Report
    ) -> Draft:
        drafted = await asyncio.to_thread(_loaded)
        return await drafted(
            arxiv_id,
            series,
            version=version,
            policy=policy,
            sources=self.sources,
            model=self.model,
            topics=await self.topics(),
            report=report,
        )


def _loaded() -> Callable[..., Awaitable[Draft]]:
    """Load the steps of a draft, which takes half a second, so off the event loop; who never drafts does without."""
    from bot.editorial.drafting.steps import drafted

    return drafted
