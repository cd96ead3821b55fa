"""E-prints: archives with LaTeX and pictures, read in memory and without running TeX."""

from bot.sources.eprint.limits import Limits
from bot.sources.eprint.reading import pdf_inside, read_eprint

__all__ = ["Limits", "pdf_inside", "read_eprint"]
