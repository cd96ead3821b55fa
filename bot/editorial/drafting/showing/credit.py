"""Owns whose a figure is, where it stands, and whether it may be shown."""

from bot.model.draft import FigurePolicy
from bot.model.licence import Licence
from bot.model.paper import Paper

_LONGEST = 60  # characters of a byline
_LONGEST_NUMBER = 8


def credit_of(paper: Paper, number: str, *, part: str = "", kind: str = "Fig.") -> str:
    """Say whose a figure is and where it stands: ``Fig. 3 of d'Ascoli et al. (2021)``, ``Fig. 2a of …``.

    Args:
        number: As printed; empty where it has none.
        part: The letter of the part that is shown; empty for all of it.
        kind: What is numbered.
    """
    thing = f"{kind} {number[:_LONGEST_NUMBER]}{part}" if number else "Figure"
    byline = paper.byline if len(paper.byline) <= _LONGEST else f"{paper.byline[: _LONGEST - 1].rstrip()}…"
    return f"{thing} of {byline} ({paper.year})" if byline.strip() else f"{thing} of arXiv:{paper.arxiv_id}"


def may_show(licence: Licence, policy: FigurePolicy) -> bool:
    """True when figures under *licence* may be shown; one that forbids adapting, or that nobody knows, is not open."""
    return policy is FigurePolicy.ANY or (policy is FigurePolicy.OPEN and licence.is_open)


def licence_note(licence: Licence, policy: FigurePolicy) -> str:
    """Tell the editor why no figure is shown; empty where figures may be."""
    if may_show(licence, policy):
        return ""
    if policy is FigurePolicy.NONE:
        return "Figures of papers are switched off here (FIGURES=none), so the collage is drawn from words and numbers."
    remedy = "its figures are not shown; confirm the right to use them, or leave the drawn collage"
    if "nd" in licence.name.lower().replace("-", " ").split():
        return f"The licence is {licence.name}, which forbids adapting: {remedy}."
    if licence.name == "arXiv licence":
        return f"The licence is arXiv's own, which allows no reuse: {remedy}."
    return f"Nobody knows the licence of this paper: {remedy}."
