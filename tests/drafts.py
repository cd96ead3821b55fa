"""Drafts a collage of every paper of the shared data, without a model and without a human: `python -m tests.drafts`.

Prints what became of each and writes its pictures and a contact sheet; `--closed` drafts as if no licence were open.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TypeVar

from PIL import Image

from bot.collage.check.judge import check
from bot.collage.check.report import Report
from bot.collage.compose import Collage, compose
from bot.collage.draw import draw
from bot.editorial.content import read_content
from bot.editorial.drafting.saying.words import plain_words
from bot.editorial.drafting.showing.assembly import Commission, assemble
from bot.editorial.entry_file import Vocabulary
from bot.editorial.export.folder import write_entry
from bot.errors import CollagebotError, ContentError
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas
from bot.model.draft import Draft, FigurePolicy
from bot.model.entry import Series, Topic
from bot.model.licence import Licence
from bot.model.manuscript import Manuscript, Reading, Record
from bot.model.panel import Figure
from bot.model.paper import Paper
from bot.sources.eprint import read_eprint
from bot.sources.page.reading import read_page
from bot.sources.pdf import read_pdf

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
_SERIES = Series("ml-collage", "ML-Collage", "", "UTC", "mon 09:00", "last 18:00")
_Made = TypeVar("_Made")
_CANVASES = (Canvas.SLIDE, Canvas.PORTRAIT)
_HEIGHT, _GAP, _ACROSS, _GROUND = 420, 12, 2, "#8d8f94"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record would say of a paper beside its title and its abstract.

    Attributes:
        arxiv: Its id; one of our own making where it is not on arXiv.
    """

    arxiv: str
    year: int
    authors: tuple[str, ...]
    venue: str | None = None
    licence: str = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the shared data."""

    path: str
    facts: Facts

    @property
    def name(self) -> str:
        parts = Path(self.path).parts
        return parts[-2] if parts[-1] == "index.html" else parts[-1].removesuffix(".tar.gz").removesuffix(".pdf")

    @property
    def kind(self) -> str:
        return {".gz": "e-print", ".html": "page", ".pdf": "PDF"}[Path(self.path).suffix]


_CONTEXT = Facts("1708.00137", 2018, ("Sally Shrapnel", "Fabio Costa"), "Quantum 2018")
_S2ORC = Facts(
    "1911.02782", 2020, ("Kyle Lo", "Lucy Lu Wang", "Mark Neumann", "Rodney Kinney", "Daniel S. Weld"), "ACL 2020"
)
_OTSL = Facts(
    "2305.03393", 2023, ("Maksym Lysak", "Ahmed Nassar", "Nikolaos Livathinos", "Christoph Auer", "Peter Staar")
)
_LATIN = Facts("2404.06150", 2024, ("Ben Nagy",))
_LEGO = Facts("2606.00001", 2026, ("Franci Penov",))
_SAMPLE = "CC BY-SA 4.0"
_FREE = "https://creativecommons.org/publicdomain/mark/1.0/"
_WORKSHOP = "TL4NLP 2023"
_OF = {
    "B-latex-and-html/eprint/{}.tar.gz": {
        "1708.00137": _CONTEXT,
        "1911.02782": _S2ORC,
        "2305.03393": _OTSL,
        "latin-poetic-style": _LATIN,
        "legolm": _LEGO,
    },
    "B-latex-and-html/html/{}/index.html": {
        "engrafo_1708.00137": _CONTEXT,
        "latexml_1708.00137": _CONTEXT,
        "latexml_1911.02782": _S2ORC,
        "latexml_2305.03393": _OTSL,
        "latexml_legolm": _LEGO,
    },
    "C-pdf/{}.pdf": {
        "10.21105.jose.00091": Facts("2105.00091", 2021, ("Robin K. S. Hankin",), "JOSE 2021"),
        "10.21105.jose.00144": Facts(
            "2112.00144", 2022, ("Zena Lapp", "Kelly L. Sovacool", "Nick Lesniak"), "JOSE 2022"
        ),
        "10.21105.jose.00149": Facts(
            "2205.00149", 2022, ("Bruna Pavlack", "Malú Grave", "Americo Cunha Jr"), "JOSE 2022"
        ),
        "10.21105.jose.00180": Facts(
            "2202.00180", 2022, ("Konrad Höffner", "Thomas Pause", "Alfred Winter"), "JOSE 2022"
        ),
        "10.21105.jose.00240": Facts(
            "2401.00240", 2024, ("Rui T. Hugman", "Jeremy T. White", "Michael N. Fienen"), "JOSE 2024"
        ),
        "2020.acl-main.207": Facts(
            "2004.07180", 2020, ("Arman Cohan", "Sergey Feldman", "Iz Beltagy", "Daniel S. Weld"), "ACL 2020"
        ),
        "2305.03393v1-pg9": _OTSL,
        "GeoTopo-komprimiert": Facts("1612.00001", 2016, ("Martin Thoma",), None, _SAMPLE),
        "bhat23a": Facts("2211.03742", 2023, ("Ashwani Bhat", "Ashutosh Modi"), _WORKSHOP),
        "diwan23a": Facts("2211.02178", 2023, ("Anuj Diwan", "Puyuan Peng", "Raymond J. Mooney"), _WORKSHOP),
        "habibi": Facts("2001.00015", 2020, ("Martin Thoma",), None, _SAMPLE),
        "jang23a": Facts("2209.12711", 2023, ("Joel Jang", "Seonghyeon Ye", "Minjoon Seo"), _WORKSHOP),
        "jo": Facts("2001.00016", 2020, ("Kenji Miyazawa",), None, _FREE),
        "legolm.paper": _LEGO,
        "li23a": Facts(
            "2210.13985", 2023, ("Junze Li", "Mengjie Zhao", "Yubo Xie", "Pearl Pu", "Hinrich Schütze"), _WORKSHOP
        ),
        "marvin_paper": Facts("1712.00001", 2017, ("Lucas B. Miguel", "Daniel Takabayashi", "Jose R. Pizani")),
        "muller23a": Facts(
            "2212.01757", 2023, ("Benjamin Muller", "Deepanshu Gupta", "Siddharth Patwardhan"), _WORKSHOP
        ),
        "multicolumn": Facts("2401.00001", 2024, ("Your Name",), None, _SAMPLE),
        "ocr_test": Facts("2401.00002", 2024, ("Nobody Known",)),
        "simple3": Facts("2001.00017", 2020, ("Nobody Known",)),
        "zen_of_python_corrupted": Facts("2001.00018", 2004, ("Tim Peters",), None, _FREE),
    },
}
SOURCES = tuple(Source(path.format(name), facts) for path, named in _OF.items() for name, facts in named.items())
"""Every e-print, page and PDF; titles and abstracts come from the files themselves."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        loads: What was exported can be loaded again.
        seconds: By step.
    """

    source: Source
    manuscript: Manuscript
    draft: Draft
    collages: Mapping[Canvas, tuple[Collage, Report]]
    loads: bool
    seconds: Mapping[str, float]

    @property
    def hero(self) -> str:
        panel = self.draft.entry.panels[0] if self.draft.entry.panels else None
        return panel.credit.split(" of ")[0] if isinstance(panel, Figure) else type(panel).__name__ if panel else "–"

    @property
    def ships(self) -> bool:
        return all(report.ships for _, report in self.collages.values())

    def row(self) -> str:
        reading = self.manuscript.reading
        kinds = ", ".join(type(panel).__name__ for panel in self.draft.entry.panels)
        judged = " ".join(_judged(report) for _, report in self.collages.values())
        steps = " ".join(f"{name} {spent:.1f}" for name, spent in self.seconds.items())
        found = f"{len(reading.figures):3}/{sum(bool(each.images) for each in reading.figures):<3}"
        loads = "" if self.loads else "does not load "
        return f"{self.source.kind:8}{self.source.name:24}{found} {self.hero:10}{kinds:42}{judged}{loads}  {steps}"


def main() -> None:
    """Draft all, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="of sources; all when left out")
    parser.add_argument("--to", type=Path, default=ROOT / "var" / "drafts", help="folder for the pictures")
    parser.add_argument("--closed", action="store_true", help="draft as if no licence were open")
    asked = parser.parse_args()
    if not DATA.exists():
        raise SystemExit("The shared data is not here; lay it beside the checkout as ../shared/data.")
    asked.to.mkdir(parents=True, exist_ok=True)
    chosen = [source for source in SOURCES if not asked.names or source.name in asked.names]
    policy = FigurePolicy.NONE if asked.closed else FigurePolicy.OPEN
    outcomes = list(_outcomes(chosen, policy, asked.to))
    if outcomes:
        _write_sheet(outcomes, asked.to / "sheet.png")
        _print_summary(outcomes)


def drafted(source: Source, *, policy: FigurePolicy = FigurePolicy.OPEN) -> Outcome:
    """Read a source, draft its collage, compose and check it.

    Raises:
        CollagebotError: It cannot be read, or not be composed.
    """
    seconds: dict[str, float] = {}
    reading = _timed(seconds, "read", lambda: read(source))
    manuscript = manuscript_of(source, reading)
    words = _timed(seconds, "words", lambda: plain_words(manuscript, topics=topics(), insights=False))
    draft = _timed(seconds, "choose", lambda: assemble(manuscript, words, Commission(_SERIES, policy)))
    collages: dict[Canvas, tuple[Collage, Report]] = {}
    for canvas in _CANVASES:
        made = _timed(seconds, canvas.value, lambda canvas=canvas: compose(draft.entry, canvas, files=draft.files))  # type: ignore[misc]
        collages[canvas] = (made, check(draft.entry, made.frame, picture=draw(made.frame), encoded=made.jpeg))
    return Outcome(source, manuscript, draft, collages, _loads(draft), seconds)


def _loads(draft: Draft) -> bool:
    known = Vocabulary({topic.slug: topic for topic in draft.entry.topics}, {})
    with tempfile.TemporaryDirectory() as folder:
        try:
            write_entry(Path(folder), draft.entry, draft.files, known)
        except ContentError as error:
            print(error)
            return False
    return True


def read(source: Source) -> Reading:
    """Read the file of *source* with the reader for its kind."""
    path = DATA / source.path
    content = path.read_bytes()
    match source.kind:
        case "e-print":
            return read_eprint(content)
        case "page":
            images = {str(each.relative_to(path.parent)): each.read_bytes() for each in path.parent.rglob("*.png")}
            return read_page(content, images)
        case _:
            return read_pdf(content)


def manuscript_of(source: Source, reading: Reading) -> Manuscript:
    """The manuscript with the record that an index would have."""
    facts, title = source.facts, reading.title or source.name
    licence = Licence.read(facts.licence)
    paper = Paper(ArxivId(facts.arxiv), 1, title, facts.authors, facts.year, facts.venue, licence)
    day = date(facts.year, 1, 1)
    return Manuscript(Record(paper, reading.abstract, ("cs.LG",), day, day), reading)


def topics() -> tuple[Topic, ...]:
    """The closed list."""
    return read_content(ROOT / "content").topics


def _outcomes(chosen: list[Source], policy: FigurePolicy, folder: Path) -> Iterator[Outcome]:
    for source in chosen:
        try:
            outcome = drafted(source, policy=policy)
        except CollagebotError as error:
            print(f"{source.kind:8}{source.name:24}{type(error).__name__}: {error}", flush=True)
            continue
        print(outcome.row(), flush=True)
        for canvas, (collage, _) in outcome.collages.items():
            (folder / f"{source.kind}-{source.name}-{canvas}.png").write_bytes(collage.png())
        yield outcome


def _timed(seconds: dict[str, float], name: str, work: Callable[[], _Made]) -> _Made:
    start = time.perf_counter()
    found = work()
    seconds[name] = time.perf_counter() - start
    return found


def _judged(report: Report) -> str:
    hard = ",".join(finding.rule for finding in report.failures) or "–"
    worst = f"{report.worst.rule} {report.worst.score:.2f}" if report.worst else "–"
    return f"{hard:4}{report.mean:5.2f} {worst:8} {'ships' if report.ships else 'NO':6}"


def _write_sheet(outcomes: list[Outcome], path: Path) -> None:
    """Slide and portrait of each source, several sources side by side."""
    pairs = [[_small(collage) for collage, _ in outcome.collages.values()] for outcome in outcomes]
    width = sum(picture.width + _GAP for picture in pairs[0]) + _GAP
    rows = -(-len(pairs) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * width, rows * (_HEIGHT + _GAP) + _GAP), _GROUND)
    for place, pair in enumerate(pairs):
        x, y = _GAP + place % _ACROSS * width, _GAP + place // _ACROSS * (_HEIGHT + _GAP)
        for picture in pair:
            sheet.paste(picture, (x, y))
            x += picture.width + _GAP
    sheet.save(path)
    print(path)


def _small(collage: Collage) -> Image.Image:
    with Image.open(BytesIO(collage.jpeg)) as opened:
        return opened.resize((round(opened.width * _HEIGHT / opened.height), _HEIGHT), Image.Resampling.LANCZOS)


def _print_summary(outcomes: list[Outcome]) -> None:
    reports = [report for outcome in outcomes for _, report in outcome.collages.values()]
    hard = sum(not report.failures for report in reports)
    loads = sum(outcome.loads for outcome in outcomes)
    ships = sum(report.ships for report in reports)
    print(f"{len(outcomes)} drafts, {len(reports)} collages: {hard} meet all hard rules, {ships} are fit to be sent.")
    print(f"  {loads} drafts can be exported and loaded again")
    for step in outcomes[0].seconds:
        print(f"  {step}: median {median(outcome.seconds[step] for outcome in outcomes):.2f} s")


if __name__ == "__main__":
    main()
