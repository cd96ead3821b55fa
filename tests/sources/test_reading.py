"""Reading a paper from everywhere it lies, over a server of this machine."""

import gzip
import io
import tarfile
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from PIL import Image as Pixels

from bot.errors import NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.licence import Licence
from bot.model.manuscript import FoundFigure, Manuscript, Origin, Record
from bot.model.paper import Link, LinkKind, Paper
from bot.model.progress import Progress, Stage
from bot.sources.fetching.pace import NoPace
from bot.sources.fetching.wanted import Patience
from bot.sources.matching import Pairs, matches
from bot.sources.reading import read_paper
from bot.sources.sources import Sources
from tests.sources.faults import Fault
from tests.sources.page.pages import figure, img, p, page, para, ref, section
from tests.sources.server import PaperServer, Served, serving

ID = ArxivId("2103.10697")
RECORD = Record(
    Paper(ID, 2, "On cats", ("A. Smith",), 2021, licence=Licence.read("CC BY 4.0")),
    "We study cats.",
    ("cs.LG",),
    date(2021, 3, 19),
    date(2021, 6, 10),
)


def png() -> bytes:
    said = io.BytesIO()
    Pixels.new("RGB", (600, 300), "teal").save(said, "PNG")
    return said.getvalue()


def pdf() -> bytes:
    said = io.BytesIO()
    Pixels.new("RGB", (600, 300), "teal").save(said, "PDF")
    return said.getvalue()


TEX = r"""
\documentclass{article}
\usepackage{graphicx}
\title{On cats}
\begin{document}
\maketitle
\begin{abstract}We study cats.\end{abstract}
\section{Introduction}
Cats purr, as Figure~\ref{fig:cat} shows. Dogs are drawn in Figure~\ref{fig:dog}.
\begin{figure}\includegraphics{cat.png}\caption{A cat that purrs at night.}\label{fig:cat}\end{figure}
%s
\end{document}
"""
DRAWN = r"""
\begin{figure}
\begin{tikzpicture}\draw (0,0);\end{tikzpicture}
\caption{A dog that barks.}\label{fig:dog}
\end{figure}
"""


def eprint(tex: str, files: Mapping[str, bytes]) -> bytes:
    said = io.BytesIO()
    with tarfile.open(fileobj=said, mode="w:gz") as archive:
        for name, content in {"main.tex": tex.encode(), **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return said.getvalue()


WHOLE = eprint(TEX % "", {"cat.png": png()})
PARTLY_DRAWN = eprint(TEX % DRAWN, {"cat.png": png()})
CAT = figure(img("x1.png"), "A cat that purrs at night.")
DOG = figure(img("x2.png"), "A dog that barks.", tag="Figure 2: ", name="S1.F2")
SAID = p(f"Cats purr, as Figure {ref('S1.F1', '1')} shows. Dogs bark, see Figure {ref('S1.F2', '2')}.")
PAGE = page(section("Introduction", para(SAID) + CAT + DOG)).decode()
PAGE_OF_CATS = page(section("Introduction", para(SAID) + CAT)).decode()
IMAGES = {"x1.png": png(), "x2.png": png()}
QUICKLY = Patience(attempts=2, first=timedelta(milliseconds=1), longest=timedelta(seconds=1))


@asynccontextmanager
async def arxiv(**said: object) -> AsyncIterator[tuple[PaperServer, Sources]]:
    async with serving({str(ID): Served(RECORD, **said)}) as server:  # type: ignore[arg-type]
        sources = Sources(server.addresses, pace=NoPace(), folder=None, agent="tests", patience=QUICKLY)
        async with sources:
            yield server, sources


def origins(manuscript: Manuscript) -> list[list[Origin]]:
    return [[image.origin for image in one.images] for one in manuscript.reading.figures]


async def test_a_paper_with_all_its_files_is_read_without_its_pdf_and_without_pictures_of_the_page() -> None:
    async with arxiv(eprint=WHOLE, page=(PAGE_OF_CATS, IMAGES), pdf=pdf()) as (server, sources):
        found = await read_paper(sources, ID)
    assert [one.caption for one in found.reading.figures] == ["A cat that purrs at night."]
    assert origins(found) == [[Origin.EPRINT]]
    assert found.reading.figures[0].citing == ("Cats purr, as Figure 1 shows.",)
    assert found.reading.notes == ()
    assert (server.times("pdf"), server.times("image")) == (0, 0)
    assert found.record.paper.version == 2
    assert found.record.paper.licence.name == "CC BY 4.0"


async def test_a_figure_without_a_file_is_asked_of_the_pdf_and_then_of_the_page() -> None:
    async with arxiv(eprint=PARTLY_DRAWN, page=(PAGE, IMAGES)) as (server, sources):
        found = await read_paper(sources, ID)
    assert origins(found) == [[Origin.EPRINT], [Origin.HTML]]
    assert server.times("pdf") == 1
    assert [asked.target for asked in server.asked if asked.endpoint == "image"] == ["/html/2103.10697v2/x2.png"]
    assert found.reading.notes == ()


async def test_without_a_source_the_page_does() -> None:
    async with arxiv(page=(PAGE, IMAGES)) as (_, sources):
        found = await read_paper(sources, ID)
    assert origins(found) == [[Origin.HTML], [Origin.HTML]]
    assert [part.title for part in found.reading.sections] == ["Introduction"]


async def test_a_pdf_sent_as_the_source_is_read_as_the_pdf_and_not_asked_for_again() -> None:
    async with arxiv(eprint=gzip.compress(pdf()), pdf=pdf()) as (server, sources):
        found = await read_paper(sources, ID)
    assert server.times("pdf") == 0
    assert any("PDF without its source" in note for note in found.reading.notes)


async def test_hostile_files_become_notes() -> None:
    hostile = eprint(TEX % "", {"../../evil.png": png()})
    async with arxiv(eprint=hostile, page=("<html><body>nothing</body></html>", {}), pdf=b"%PDF-1.4 no") as (
        _,
        sources,
    ):
        found = await read_paper(sources, ID)
    said = " ".join(found.reading.notes)
    assert "Done without the source: the source holds a file that would land outside its folder" in said
    assert "Done without the web page" in said
    assert "Done without the PDF" in said
    assert found.record.abstract == "We study cats."


async def test_a_paper_of_which_only_the_record_is_there_has_nothing_but_its_record() -> None:
    async with arxiv() as (_, sources):
        found = await read_paper(sources, ID)
    assert found.reading.sections == ()
    assert found.record.abstract == "We study cats."


@pytest.mark.parametrize("endpoint", ["src", "html"])
async def test_one_busy_source_is_done_without(endpoint: str) -> None:
    async with arxiv(eprint=WHOLE, page=(PAGE, IMAGES), pdf=pdf()) as (server, sources):
        server.always[endpoint] = Fault.UNAVAILABLE
        found = await read_paper(sources, ID)
    assert found.reading.figures
    assert any(note.startswith("Done without") for note in found.reading.notes)


async def test_a_paper_is_not_drafted_from_its_record_because_arxiv_is_busy() -> None:
    async with arxiv(eprint=WHOLE, page=(PAGE, IMAGES), pdf=pdf()) as (server, sources):
        server.always |= dict.fromkeys(("src", "html", "pdf"), Fault.UNAVAILABLE)
        with pytest.raises(SourceBusy, match="try again later"):
            await read_paper(sources, ID)


async def test_figures_are_joined_once_for_each_set_of_readings_and_never_on_the_event_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[int] = []

    def paired(ours: Sequence[FoundFigure], theirs: Sequence[FoundFigure]) -> Pairs:
        threads.append(threading.get_ident())
        return matches(ours, theirs)

    monkeypatch.setattr("bot.sources.joining.matches", paired)
    monkeypatch.setattr("bot.sources.reading.matches", paired)
    async with arxiv(eprint=PARTLY_DRAWN, page=(PAGE, IMAGES)) as (_, sources):
        await read_paper(sources, ID)
    assert len(threads) == 2 + 1 + 2  # source and page, what the page is asked for, source and page with its pictures
    assert threading.get_ident() not in threads


async def test_a_paper_that_nobody_has_is_said_so() -> None:
    async with arxiv() as (_, sources):
        with pytest.raises(NoSuchPaper):
            await read_paper(sources, ArxivId("2103.99999"))


async def test_what_other_indexes_say_is_taken_along() -> None:
    mention = {"upvotes": 42, "githubRepo": "https://github.com/cats/purr", "ai_summary": "Cats are studied."}
    reception = {"citationCount": 7, "influentialCitationCount": 2, "tldr": {"text": "They purr."}}
    async with arxiv(eprint=WHOLE, mention=mention, reception=reception) as (_, sources):
        found = await read_paper(sources, ID)
    assert (found.upvotes, found.citations, found.influential_citations, found.tldr) == (42, 7, 2, "They purr.")
    assert found.record.links == (Link(LinkKind.CODE, "https://github.com/cats/purr"),)


async def test_whoever_waits_is_told_what_is_done() -> None:
    told: list[Progress] = []
    async with arxiv(eprint=WHOLE) as (_, sources):
        await read_paper(sources, ID, report=told.append)
    assert told == [Progress(Stage.ASKING), Progress(Stage.READING), Progress(Stage.READING, figures=1)]


async def test_a_fault_of_ours_in_one_reader_does_not_cost_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.reading.read_page", len)  # is given one argument too many
    async with arxiv(eprint=WHOLE, page=(PAGE, IMAGES)) as (_, sources):
        found = await read_paper(sources, ID)
    assert origins(found) == [[Origin.EPRINT]]
    assert found.reading.notes == ("Done without the web page: it could not be read.",)
