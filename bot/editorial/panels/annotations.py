"""Owns the annotations of a panel in a collage file."""

from bot.editorial.fields import Fields
from bot.editorial.panels.bounds import ANNOTATION
from bot.editorial.phrasing import read_phrasing
from bot.model.panel import Annotation

_MOST = 3


def read_annotations(fields: Fields) -> tuple[Annotation, ...]:
    """Read up to three annotations of a visual, none when there are none."""
    groups = fields.mappings("annotations")
    if len(groups) > _MOST:
        fields.fault("annotations", f"There are {len(groups)} annotations. Keep the {_MOST} that explain most.")
    return tuple(map(_annotation, groups))


def _annotation(fields: Fields) -> Annotation:
    said = read_phrasing(fields, "text", words=ANNOTATION)
    found = Annotation(said.text, fields.text("to"), said.shorter)
    fields.finish()
    return found
