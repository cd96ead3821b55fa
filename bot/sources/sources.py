"""Owns the one door to all sources: records, e-prints, pages and PDFs of arXiv, and what other indexes say."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from bot.errors import NoSuchPaper, SourceBusy, SourceError, SourceRefused
from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE, Licence
from bot.model.manuscript import Record
from bot.sources import bounds
from bot.sources.addresses import Addresses
from bot.sources.arxiv.withdrawn import is_withdrawn
from bot.sources.fetching.keep import Keep, Shelfmark
from bot.sources.fetching.pace import SEMANTIC_SCHOLAR_SECONDS, LocalPace, NoPace, Pace
from bot.sources.fetching.wanted import AT_ONCE, Patience, Wanted
from bot.sources.fetching.web import Web
from bot.sources.indexes import huggingface, semantic_scholar
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception

CHANGES_AFTER = timedelta(days=1)
"""arXiv's metadata change once a day; so does whether a page has been made."""

_PERIOD = re.compile(r"\d{4}-(?:W\d{2}|\d{2}(?:-\d{2})?)")
_MOST_LISTED = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """What other indexes say of a paper, as far as they answered."""

    mention: Mention | None = None
    reception: Reception | None = None


class Sources:
    """Fetches papers, politely and once.

    Args:
        addresses: Where the sources are.
        pace: Of arXiv, over all processes.
        folder: Where fetched files are kept; None keeps nothing.
        agent: The User-Agent, with an address where we can be reached.
        patience: With servers that are busy.
    """

    def __init__(
        self, addresses: Addresses, *, pace: Pace, folder: Path | None, agent: str, patience: Patience | None = None
    ) -> None:
        self._at = addresses
        self._pace = pace
        self._scholar_pace = LocalPace(SEMANTIC_SCHOLAR_SECONDS)
        self._keep = Keep(folder) if folder else None
        self._web = Web(agent, addresses.hosts, patience=patience)
        self._fetching: WeakValueDictionary[Shelfmark, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        """Nothing opens before it is used."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._web.aclose()

    async def record(self, arxiv_id: ArxivId, version: int | None = None) -> Record:
        """Fetch what arXiv's index says of a paper, with its licence.

        Args:
            version: None for the newest; the record tells which that is.

        Raises:
            NoSuchPaper: arXiv has none of that id.
            SourceRefused: It was withdrawn.
            SourceBusy: arXiv does not answer, or answers with nothing.
        """
        mark = Shelfmark(arxiv_id, version, "record")
        content = await self._once(mark, lambda: self._entry(arxiv_id, version), max_age=CHANGES_AFTER)
        record = await asyncio.to_thread(_read_record, content or b"", arxiv_id, version)
        if record is None:
            raise SourceBusy(f"arXiv's answer for {arxiv_id} cannot be read; try again later.")
        if is_withdrawn(record):
            raise SourceRefused(f"{arxiv_id} has been withdrawn; choose another paper, or an earlier version of it.")
        licence = await self._licence(record, is_newest=version is None)
        return replace(record, paper=replace(record.paper, licence=licence))

    async def eprint(self, record: Record) -> bytes | None:
        """Fetch the authors' files: an archive, a packed file or a PDF; None where arXiv has none."""
        return await self._file(record, "eprint", self._at.eprint, bounds.eprint_of)

    async def page(self, record: Record) -> bytes | None:
        """Fetch the LaTeXML page; None where none was made."""
        return await self._file(record, "page", self._at.page, bounds.page_of)

    async def pdf(self, record: Record) -> bytes | None:
        """Fetch the PDF; None where there is none."""
        return await self._file(record, "pdf", self._at.pdf, bounds.pdf_of)

    async def images(self, record: Record, names: Sequence[str]) -> dict[str, bytes]:
        """Fetch images of the page, each at the pace of arXiv: ask for those that are needed.

        Args:
            names: As the page calls them. Those that lead out of the page's folder are left out.

        Returns:
            By name, in the order of *names*; without those that did not come.
        """
        found: dict[str, bytes] = {}
        for name in dict.fromkeys(names[: bounds.MOST_IMAGES]):
            try:
                content = await self._image(record, name)
            except SourceRefused:
                continue
            except SourceBusy:
                break  # the others would not come either
            if content:
                found[name] = content
            if sum(map(len, found.values())) > bounds.MOST_IMAGE_BYTES:
                break
        return found

    async def standing(self, arxiv_id: ArxivId) -> Standing:
        """Ask the other indexes about one paper. Never raises, never takes long."""
        asked = bounds.opinion_of(f"what Hugging Face says of {arxiv_id}")
        mentioned, receptions = await asyncio.gather(
            self._opinion(self._at.mention(arxiv_id), asked, NoPace()), self.receptions([arxiv_id])
        )
        return Standing(huggingface.read_paper(mentioned or b""), receptions.get(arxiv_id))

    async def receptions(self, ids: Sequence[ArxivId]) -> dict[ArxivId, Reception]:
        """Ask Semantic Scholar about papers, all in one request; those that it does not know are left out."""
        if len(ids) == 1:
            content = await self._scholar(ids[0], None)
            reception = semantic_scholar.read_paper(content or b"")
            return {ids[0]: reception} if reception else {}
        asked = ids[: semantic_scholar.MOST_IDS]
        body = {"ids": [f"ARXIV:{arxiv_id}" for arxiv_id in asked]}
        content = await self._scholar(None, body) if asked else None
        return semantic_scholar.read_batch(content or b"", asked)

    async def daily(self, period: str) -> tuple[Mention, ...] | None:
        """Fetch the papers that Hugging Face listed; None where it does not answer.

        Args:
            period: A day (``2026-06-12``), a week (``2026-W24``) or a month (``2026-06``).
        """
        if not _PERIOD.fullmatch(period):
            raise ValueError(f"{period!r} is no day, week or month")
        asked = bounds.opinion_of("the list of Hugging Face", seconds=15)
        content = await self._opinion(self._at.daily(period, limit=_MOST_LISTED), asked, NoPace())
        return None if content is None else await asyncio.to_thread(huggingface.read_listing, content)

    async def _entry(self, arxiv_id: ArxivId, version: int | None) -> bytes:
        for _ in range(2):  # a list that is empty at first has been seen full a moment later
            content = await self._get(self._at.metadata(arxiv_id, version), bounds.metadata_of(arxiv_id))
            if content and (await asyncio.to_thread(_read_record, content, arxiv_id, version)) is not None:
                return content
        await self._oai_licence(arxiv_id)  # knows better whether there is such a paper
        which = f"{arxiv_id}v{version}; check the version, or" if version else f"{arxiv_id};"
        raise SourceBusy(f"arXiv answered with an empty list for {which} try again later.")

    async def _licence(self, record: Record, *, is_newest: bool) -> Licence:
        """The licence of the version that was read; unknown, and so not open, where nobody says."""
        paper = record.paper
        newest = {"licence-oai": self._oai_licence_of} if is_newest else {}
        for kind, way in {**newest, "licence-abs": self._abs_licence}.items():
            try:
                said = await self._once(Shelfmark(paper.arxiv_id, paper.version, kind), partial(way, record))
            except SourceError as error:
                _log.warning("The licence of %s was not found there: %s", paper.arxiv_id, error)
                continue
            if said:
                return Licence.read(said.decode())
        return UNKNOWN_LICENCE

    async def _oai_licence_of(self, record: Record) -> bytes | None:
        return (await self._oai_licence(record.paper.arxiv_id)).url.encode() or None

    async def _oai_licence(self, arxiv_id: ArxivId) -> Licence:
        content = await self._get(self._at.licence(arxiv_id), bounds.metadata_of(arxiv_id))
        if content is None:
            raise NoSuchPaper(f"arXiv has no paper {arxiv_id}; check the link.")
        return await asyncio.to_thread(_read_oai, content, arxiv_id)

    async def _abs_licence(self, record: Record) -> bytes | None:
        paper = record.paper
        address = self._at.abstract_page(paper.arxiv_id, paper.version or 1)
        content = await self._get(address, bounds.abstract_page_of(paper.arxiv_id))
        return (await asyncio.to_thread(_read_abs, content)).url.encode() or None if content else None

    async def _file(
        self,
        record: Record,
        kind: str,
        address: Callable[[ArxivId, int], str],
        wanted: Callable[[ArxivId], Wanted],
    ) -> bytes | None:
        arxiv_id, version = record.paper.arxiv_id, record.paper.version or 1
        mark = Shelfmark(arxiv_id, version, kind)
        return await self._once(mark, lambda: self._get(address(arxiv_id, version), wanted(arxiv_id)))

    async def _image(self, record: Record, name: str) -> bytes | None:
        arxiv_id, version = record.paper.arxiv_id, record.paper.version or 1
        address = self._at.image(arxiv_id, version, name)
        if address is None:
            return None
        mark = Shelfmark(arxiv_id, version, "image", name)
        return await self._once(mark, lambda: self._get(address, bounds.image_of(arxiv_id)))

    async def _scholar(self, arxiv_id: ArxivId | None, body: object) -> bytes | None:
        address = self._at.reception(arxiv_id, fields=semantic_scholar.FIELDS)
        asked = bounds.opinion_of("what Semantic Scholar says", body=body)
        return await self._opinion(address, asked, self._scholar_pace)

    async def _opinion(self, address: str, wanted: Wanted, pace: Pace) -> bytes | None:
        try:
            return await self._web.get(address, wanted, pace=pace, patience=AT_ONCE)
        except SourceError as error:
            _log.info("Done without: %s", error)
            return None

    async def _get(self, address: str, wanted: Wanted) -> bytes | None:
        return await self._web.get(address, wanted, pace=self._pace)

    async def _once(
        self, mark: Shelfmark, fetch: Callable[[], Awaitable[bytes | None]], *, max_age: timedelta | None = None
    ) -> bytes | None:
        """What is kept under *mark*, else what *fetch* brings. Two who want the same thing wait for one request.

        That there is nothing is kept, too, as an empty file, for a day.
        """
        async with self._fetching.setdefault(mark, asyncio.Lock()):
            kept = await self._kept(mark, max_age)
            if kept is not None:
                return kept or None
            try:
                content = await fetch()
            except SourceBusy:
                if stale := await self._kept(mark, None):
                    return stale  # what was said the day before yesterday is better than nothing
                raise
            if self._keep is not None:
                await asyncio.to_thread(self._keep.put, mark, content or b"")
            return content

    async def _kept(self, mark: Shelfmark, max_age: timedelta | None) -> bytes | None:
        if self._keep is None:
            return None
        kept = await asyncio.to_thread(self._keep.get, mark, max_age=max_age)
        return kept if kept != b"" else await asyncio.to_thread(self._keep.get, mark, max_age=CHANGES_AFTER)


# What reads XML and TeX is loaded with arXiv's first answer. That takes a third of a second: call these in threads.


def _read_record(feed: bytes, arxiv_id: ArxivId, version: int | None) -> Record | None:
    from bot.sources.arxiv.atom import only, read_feed

    return only(read_feed(feed), arxiv_id, version)


def _read_oai(answer: bytes, arxiv_id: ArxivId) -> Licence:
    from bot.sources.arxiv.licence import read_oai

    return read_oai(answer, arxiv_id)


def _read_abs(page: bytes) -> Licence:
    from bot.sources.arxiv.licence import read_abs

    return read_abs(page)
