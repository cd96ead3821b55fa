"""Owns the entries that the tests of this room are written with."""

from dataclasses import replace

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.month import Month
from bot.model.paper import Link, LinkKind, Paper

ML_COLLAGE = Series(
    slug="ml-collage",
    name="ML-Collage",
    description="One paper a week.",
    timezone="UTC",
    weekly_at="mon 09:00",
    roundup_at="last 18:00",
    total=52,
)
BEST_OF_ARXIV = Series(
    slug="best-of-arxiv",
    name="Best of arXiv",
    description="The month's papers.",
    timezone="UTC",
    weekly_at=None,
    roundup_at="last 18:00",
    insights=True,
)
TEXT = EntryText(
    headline="Attention that starts as a convolution and unlearns it.",
    question="Can a network begin as one and become the other?",
    key_idea="Start attention heads as convolutions.",
    summary="Convolutions learn from little data. Attention may reach further. ConViT begins as one.",
    take_away="Offer the prior as a starting point.",
)
CONVIT = Entry(
    slug="ml-collage/27-convit",
    series=ML_COLLAGE,
    number=27,
    month=Month(2021, 8),
    state=EntryState.PUBLISHED,
    paper=Paper(
        ArxivId("2103.10697"),
        2,
        "ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases",
        ("Stéphane d'Ascoli", "Hugo Touvron", "Matthew Leavitt"),
        2021,
        "ICML 2021",
    ),
    links=(Link(LinkKind.CODE, "https://github.com/facebookresearch/convit"),),
    topics=(Topic("vision-transformers", "Vision transformers"),),
    aliases=(),
    numbers=(),
    panels=(),
    texts={"en": TEXT},
    id=7,
)


def entry(
    number: int | None = 27,
    *,
    title: str = CONVIT.paper.title,
    headline: str = TEXT.headline,
    summary: str = TEXT.summary,
    why: str | None = None,
    key_insights: tuple[str, ...] = (),
) -> Entry:
    """An entry with these words in it; without a number it belongs to the series with insights."""
    text = replace(TEXT, headline=headline, summary=summary, why=why, key_insights=key_insights)
    return replace(
        CONVIT,
        series=BEST_OF_ARXIV if number is None else ML_COLLAGE,
        number=number,
        paper=replace(CONVIT.paper, title=title),
        texts={"en": text},
        id=number or 900,
    )
