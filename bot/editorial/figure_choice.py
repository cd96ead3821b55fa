"""Owns which of its figures a draft shows. Pure.

The hero is the first panel of a collage. *The figure* that an editor changes is the first panel that is one; where no
panel is, it becomes the hero. What happens to the panels in English happens to those in every language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.editorial.collage_file import MOST_PANELS
from bot.editorial.drafting.showing.credit import licence_note
from bot.errors import DraftError
from bot.model.draft import Alternative, DeskDraft, FigurePolicy
from bot.model.language import ENGLISH
from bot.model.panel import Figure, Panel
from bot.wording.translation import _

Panels = tuple[Panel, ...]


def with_next_figure(draft: DeskDraft) -> DeskDraft:
    """Show the next figure that may be shown and is not on the collage, in place of the figure; it goes round.

    Raises:
        DraftError: There is no other one.
    """
    count, shown = len(draft.alternatives), draft.shown
    start = shown[0] + 1 if shown else 0
    places = [(start + step) % count for step in range(count)]
    free = (each for each in places if each not in shown and draft.alternatives[each].may_show)
    place = next(free, None)
    if place is None:
        raise DraftError(_no_other(draft))
    alternative = draft.alternatives[place]

    def change(panels: Panels, language: str) -> Panels:
        figure, at = _as_drafted(draft, alternative, language), _figure_at(panels)
        if at is None:
            return (figure, *panels)[:MOST_PANELS]
        return (*panels[:at], figure, *panels[at + 1 :])

    return _changed(draft, change)


def without_figure(draft: DeskDraft) -> DeskDraft:
    """Take the figure off the collage; the panels behind it move up.

    Raises:
        DraftError: The collage shows none.
    """
    at = _figure_at(draft.entry.panels)
    if at is None:
        raise DraftError(_("This collage shows no figure; there is nothing to drop."))
    return _changed(draft, lambda panels, _: (*panels[:at], *panels[at + 1 :]))


def with_other_hero(draft: DeskDraft) -> DeskDraft:
    """Let the hero change places with the next figure behind it, or with the panel behind it where that is none.

    Raises:
        DraftError: There is only one panel.
    """
    panels = draft.entry.panels
    if len(panels) < 2:
        raise DraftError(_("This collage has no second panel that could be the hero; show another figure."))
    behind = _figure_at(panels[1:])
    return _changed(draft, lambda each, _: _swapped(each, 0, 1 if behind is None else behind + 1))


def with_rights(draft: DeskDraft, places: Sequence[int]) -> DeskDraft:
    """Let the alternatives at *places* be shown, whatever their licence says."""
    confirmed = set(places)
    alternatives = tuple(
        replace(each, may_show=each.may_show or place in confirmed) for place, each in enumerate(draft.alternatives)
    )
    said = {licence_note(draft.entry.paper.licence, policy) for policy in FigurePolicy}
    return replace(draft, alternatives=alternatives, notes=tuple(note for note in draft.notes if note not in said))


def _changed(draft: DeskDraft, change: Callable[[Panels, str], Panels]) -> DeskDraft:
    entry = draft.entry
    panels_in = {language: change(panels, language) for language, panels in entry.panels_in.items()}
    return replace(draft, entry=replace(entry, panels=change(entry.panels, ENGLISH), panels_in=_spoken(panels_in)))


def _spoken(panels_in: Mapping[str, Panels]) -> dict[str, Panels]:
    return {language: panels for language, panels in panels_in.items() if panels}


def _swapped(panels: Panels, one: int, other: int) -> Panels:
    order = list(range(len(panels)))
    order[one], order[other] = order[other], order[one]
    return tuple(panels[place] for place in order)


def _figure_at(panels: Sequence[Panel]) -> int | None:
    return next((at for at, panel in enumerate(panels) if isinstance(panel, Figure)), None)


def _as_drafted(draft: DeskDraft, alternative: Alternative, language: str) -> Figure:
    """The figure with the words it was drafted with in that language, where it was on the collage; else its own."""
    drafted = draft.drafted.panels if language == ENGLISH else draft.drafted.panels_in.get(language, ())
    figures = (panel for panel in drafted if isinstance(panel, Figure) and panel.shows_same(alternative.figure))
    return next(figures, alternative.figure)


def _no_other(draft: DeskDraft) -> str:
    if any(not each.may_show for each in draft.alternatives):
        return _("No other figure may be shown; confirm the right to use the others, or drop this one.")
    return _("This paper has no other figure to show; drop this one, or leave it.")
