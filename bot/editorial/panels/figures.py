"""Owns the figures of a collage file."""

from bot.editorial.fields import Fields
from bot.editorial.panels.annotations import read_annotations
from bot.editorial.panels.bounds import CAPTION, TITLE
from bot.editorial.panels.material import Material
from bot.editorial.phrasing import read_phrasing
from bot.model.panel import Crop, Figure


def read_figure(fields: Fields, material: Material) -> Figure | None:
    """Read a figure of the paper; None when its file cannot be read."""
    file, digest = material.read_file(fields, "file")
    caption = read_phrasing(fields, "caption", words=CAPTION)
    figure = Figure(
        file=file,
        sha256=digest,
        caption=caption.text,
        caption_shorter=caption.shorter,
        credit=fields.text("credit"),
        licence=fields.text("licence"),
        title=read_phrasing(fields, "title", words=TITLE).text if "title" in fields.names else "",
        page=_page(fields),
        crop=_crop(fields),
        annotations=read_annotations(fields),
    )
    fields.finish()
    return figure if digest else None


def _page(fields: Fields) -> int:
    page = fields.whole("page")
    if page == 0:
        fields.fault("page", "Pages are counted from 1. Write it like 3.")
    return page or 1


def _crop(fields: Fields) -> Crop | None:
    shares = fields.measures("crop")
    if not shares:
        return None
    given = [share for share in shares if share is not None and 0 <= share <= 1]
    if len(shares) != 4 or len(given) != 4 or given[0] >= given[2] or given[1] >= given[3]:
        remedy = "Write left, top, right and bottom as shares, like [0, 0.1, 0.5, 1]"
        fields.fault("crop", f"This crop leaves nothing to see. {remedy}.")
        return None
    left, top, right, bottom = given
    return Crop(left, top, right, bottom)
