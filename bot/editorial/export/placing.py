"""Owns where an entry is written: to the folder that its paper has in the series, else to one that nobody has. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.editorial.export.naming import folder_name, id_name
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, Series


def find_written(written: Sequence[Entry], series: Series, arxiv_id: ArxivId) -> Entry | None:
    """The entry of that series about that paper, among those that have a folder."""
    of_series = (entry for entry in written if entry.series.slug == series.slug)
    return next((entry for entry in of_series if entry.paper.arxiv_id == arxiv_id), None)


def placed(entry: Entry, written: Sequence[Entry]) -> Entry:
    """*entry* with the slug of its folder; whatever becomes of its state and number, its paper keeps the one it has.

    Args:
        written: The entries that have a folder.
    """
    if same := find_written(written, entry.series, entry.paper.arxiv_id):
        return replace(entry, slug=same.slug)
    slug = f"{entry.series.slug}/{folder_name(entry)}"
    if slug in {other.slug for other in written}:
        slug = f"{slug}-{id_name(entry.paper.arxiv_id)}"
    return replace(entry, slug=slug)
