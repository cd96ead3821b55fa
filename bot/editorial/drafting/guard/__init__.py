"""Owns the door to the fact guard."""

from bot.editorial.drafting.guard.judging import Evidence, Judged, culprit_in, evidence_of, judged

__all__ = ["Evidence", "Judged", "culprit_in", "evidence_of", "judged"]
