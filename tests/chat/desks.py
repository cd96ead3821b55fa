"""A studio and a judge that do at once what they are told, for tests of what people see at the desk."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.chat import Services
from bot.collage.check.bounds import Range
from bot.collage.check.report import Finding, Measure, Report
from bot.collage.judged import Judged
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas, Theme
from bot.model.draft import Draft
from bot.model.entry import Entry, Series
from bot.model.paper import Paper
from bot.model.progress import Progress, Stage
from bot.model.progress import Report as Tell
from bot.sandbox import ADA, Message
from tests.editorial.desks import draft_of, entry_about

LINK = "https://arxiv.org/abs/2401.00001"
STAGES = (Stage.READING, Stage.CHOOSING, Stage.DRAWING)


def made(arxiv_id: ArxivId, series: Series) -> Draft:
    """A draft that shows figure 1 and may show two others."""
    return draft_of(entry_about(arxiv_id, series))


@dataclass
class Studio:
    """Reads, chooses and draws, as told; stands in for the network and the workers.

    Attributes:
        wrong: What is raised when a stage is reached.
        gates: Where it waits until somebody lets it on.
    """

    make: Callable[[ArxivId, Series], Draft] = made
    wrong: dict[Stage, Exception] = field(default_factory=dict)
    gates: dict[Stage, asyncio.Event] = field(default_factory=dict)
    asked: list[ArxivId] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    async def look_up(self, arxiv_id: ArxivId, version: int | None = None) -> Paper:
        if error := self.wrong.get(Stage.ASKING):
            raise error
        return replace(entry_about(arxiv_id).paper, version=version or 2)

    async def sketch(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Tell) -> Draft:
        made = await self.draft(arxiv_id, series, version=version, report=report)
        paper = replace(made.entry.paper, version=version or 2)
        return replace(made, entry=replace(made.entry, paper=paper))

    async def draft(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Tell) -> Draft:
        self.asked.append(arxiv_id)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for stage in STAGES:
                report(Progress(stage, None if stage is Stage.READING else 9))
                if gate := self.gates.get(stage):
                    await gate.wait()
                if error := self.wrong.get(stage):
                    raise error
        finally:
            self.under_way -= 1
        return self.make(arxiv_id, series)


class _Picture(Protocol):
    @property
    def jpeg(self) -> bytes: ...


class Painter(Protocol):
    """Paints without composing."""

    def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> _Picture: ...


def finding(rule: str, *, value: float = 1.0) -> Finding:
    """What a rule found: 1 is well, less is worse."""
    return Finding(rule, (Measure("measure", value, Range(low=1.0)),))


GOOD = Report(hard=(finding("H5"),), soft=(finding("S2"), finding("S3", value=0.855)))
UNREADABLE = Report(hard=(finding("H5", value=0.4), finding("H3", value=0.4)), soft=(finding("S2"),))


@dataclass
class Judge:
    """Judges as told.

    Attributes:
        reports: What it says of a canvas, where that is not `GOOD`.
    """

    paint: Painter
    reports: dict[Canvas, Report] = field(default_factory=dict)
    wrong: Exception | None = None
    calls: int = 0

    async def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Judged:
        self.calls += 1
        if self.wrong:
            raise self.wrong
        picture = self.paint(entry, canvas, language=language, theme=theme, files=files)
        return Judged(picture.jpeg, 80, 100, f"{entry.paper.title}", self.reports.get(canvas, GOOD))


def with_editors(services: Services, *editors: int) -> Services:
    """The same services with a desk that these people may use."""
    return replace(services, editors=frozenset(editors or (ADA,)))


def studio_of(services: Services) -> Studio:
    """The studio that drafts here."""
    studio = services.commissions.studio
    assert isinstance(studio, Studio)
    return studio


def judge_of(services: Services) -> Judge:
    """The judge that judges here."""
    assert isinstance(services.judge, Judge)
    return services.judge


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]
