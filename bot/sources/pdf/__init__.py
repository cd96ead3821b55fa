"""The PDF of a paper: its text, and its figures as they are seen, found by their captions."""

from bot.sources.pdf.limits import Limits
from bot.sources.pdf.reading import read_pdf

__all__ = ["Limits", "read_pdf"]
