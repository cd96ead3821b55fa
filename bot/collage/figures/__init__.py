"""Figures of papers: from the bytes of a file to something that can be drawn at any size."""

from bot.collage.figures.hue import hue_of
from bot.collage.figures.reading import figure_fault, rasters_of, read_figure

__all__ = ["figure_fault", "hue_of", "rasters_of", "read_figure"]
