"""Small manuscripts made by code."""

from datetime import date
from io import BytesIO

from PIL import Image as Picture
from PIL import ImageDraw

from bot.editorial.drafting.saying.words import Words
from bot.model.arxiv_id import ArxivId
from bot.model.entry import EntryText, Series, Topic
from bot.model.licence import Licence
from bot.model.manuscript import (
    FoundEquation,
    FoundFigure,
    FoundTable,
    Image,
    Manuscript,
    Origin,
    Reading,
    Record,
    SectionKind,
)
from bot.model.panel import Number
from bot.model.paper import Paper

SERIES = Series("ml-collage", "ML-Collage", "One paper a week.", "UTC", "mon 09:00", "last 18:00")
TOPIC = Topic("convolution", "Convolutional networks", ("CNN",))
SUMMARY = " ".join(["Each of these words is here so that the summary is long enough to be one."] * 6)
TEXT = EntryText(
    headline="Trees that learn to prune themselves",
    question="Can a tree decide by itself which of its branches it needs?",
    key_idea="Every branch learns a gate, and a branch whose gate closes is cut.",
    summary=SUMMARY,
    take_away="Let the model decide what it needs.",
    shorter={"question": ("Can a tree decide which branches it needs?",)},
)
NUMBER = Number("71.2 %", "accuracy on the hard split", "Abstract", against="65.0 % before")
ABSTRACT = (
    "Trees grow more branches than they need. We propose gated branches, which learn whether they are needed. "
    "Surprisingly, most branches can be cut without any loss of accuracy on every data set that we tried. "
    "Our results suggest that size and accuracy are less related than people believe."
)


def paper(
    title: str = "GateTree: Trees that prune themselves", *, licence: str = "CC BY 4.0", authors: int = 3
) -> Paper:
    names = ("Ada Lee", "Bo Chen", "Cy Diaz", "Di Evans")[:authors]
    return Paper(ArxivId("2101.00001"), 1, title, names, 2021, None, Licence.read(licence))


def record(
    title: str = "GateTree: Trees that prune themselves", *, licence: str = "CC BY 4.0", abstract: str = ABSTRACT
) -> Record:
    day = date(2021, 1, 4)
    return Record(paper(title, licence=licence), abstract, ("cs.LG",), day, day)


def words(**changes: tuple[Number, ...]) -> Words:
    return Words({"en": TEXT}, (TOPIC,), changes.get("numbers", (NUMBER,)), ("The words are the paper's own.",))


def manuscript(
    *figures: FoundFigure,
    equations: tuple[FoundEquation, ...] = (),
    tables: tuple[FoundTable, ...] = (),
    licence: str = "CC BY 4.0",
) -> Manuscript:
    return Manuscript(record(licence=licence), Reading(figures=figures, equations=equations, tables=tables))


def drawing(seed: int, *, width: int = 1600, height: int = 900, label: int = 40) -> bytes:
    """Boxes and words, other ones for every *seed*."""
    picture = Picture.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for place in range(6):
        left, top = width * place // 6 + 10, height * ((place * (seed + 2)) % 5) // 6
        pen.rectangle((left, top, left + width // 8, top + height // 6), fill=(60 + 20 * seed % 150, 90, 160))
        pen.text((left, top + height // 6 + 8), f"step {place}", fill="black", font_size=label)
    return png(picture)


def png(picture: Picture.Image) -> bytes:
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def figure(
    number: int,
    caption: str,
    *contents: bytes,
    columns: int = 1,
    captions: tuple[str, ...] = (),
    citing: tuple[str, ...] = (),
) -> FoundFigure:
    """A figure; without *contents* one drawing."""
    shown = contents or (drawing(number),)
    said = captions or ("",) * len(shown)
    images = tuple(Image(f"fig{number}{at}", each, Origin.EPRINT, caption=said[at]) for at, each in enumerate(shown))
    return FoundFigure(str(number), caption, images, number - 1, citing=citing, columns=columns)


OVERVIEW = figure(1, "Overview of our method. Every branch has a gate.")
CURVES = figure(2, "Accuracy of the pruned trees compared with full ones.")
EQUATION = FoundEquation(
    r"\mathcal{L} = \sum_i \ell(y_i, \hat y_i) + \lambda \|g\|_1,",
    0,
    number="3",
    references=2,
    before="The training objective is defined as",
    after="where g are the gates.",
    section=SectionKind.METHOD,
)
TABLE = FoundTable(
    "2",
    "Accuracy of all methods on the hard split.",
    0,
    (
        ("Method", "Params", "Accuracy"),
        ("Forest", "10M", "61.0"),
        ("Boosting", "12M", "65.0"),
        ("GateTree (ours)", "4M", "71.2"),
    ),
)
