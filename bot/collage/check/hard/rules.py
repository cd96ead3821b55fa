"""Owns the round through the rules H1 to H10."""

from PIL import Image

from bot.collage.check.hard import apart, delivery, figures, identity, ink, legible, origin
from bot.collage.check.reading import Reading
from bot.collage.check.report import Finding
from bot.model.entry import Entry


def layout_rules(
    reading: Reading, picture: Image.Image | None = None, encoded: bytes | None = None
) -> tuple[Finding, ...]:
    """H1 to H7 and H10: what holds for every picture we draw, whatever it says."""
    return (
        apart.safe_area(reading, picture),
        apart.overlaps(reading),
        ink.spilled(reading),
        legible.contrasts(reading, picture),
        legible.sizes(reading),
        figures.shapes(reading),
        ink.glyphs(reading),
        *((delivery.file(picture, encoded),) if picture else ()),
    )


def paper_rules(reading: Reading, entry: Entry, picture: Image.Image | None = None) -> tuple[Finding, ...]:
    """H8 and H9: what the collage of *entry* must say."""
    return identity.truth(reading, entry), origin.sources(reading, entry, picture)
