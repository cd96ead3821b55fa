"""Owns the figures a draft may show: how each is shown, whole or in part, and which of them is worth most."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from statistics import mean

from bot.collage.figures.joining import Part, joined
from bot.collage.figures.looks import Looks, look_at
from bot.editorial.drafting.saying.soundness import stands_alone
from bot.editorial.drafting.showing.captions import caption_of
from bot.editorial.drafting.showing.credit import credit_of
from bot.editorial.drafting.showing.roles import role_of
from bot.model.draft import Alternative, Role
from bot.model.manuscript import FoundFigure, Image
from bot.model.panel import Figure
from bot.model.paper import Paper

_LOOKED_AT = 14  # figures, the most promising by their words; looking costs a fifth of a second each
_PARTS = 8  # of a figure that are looked at
_MOST_BYTES = 18_000_000  # of a file that an entry may hold; a larger one is drawn anew
_MOST_JOINED = 4

_WORTH = {Role.OVERVIEW: 3.0, Role.METHOD: 2.5, Role.RESULT: 1.6, Role.EXAMPLE: 1.2, Role.OTHER: 1.1}
_FIRST_WORTH = 0.5  # what opens a paper is meant to be seen
_LATER_COST, _LATEST_COST = 0.15, 1.2  # for each figure before it, at most
_CITED_WORTH, _MOST_CITED = 0.12, 4
_WIDE_WORTH = 0.3
_APPENDIX_COST = 3.0

_FLATTEST, _STEEPEST = 3.2, 0.8  # width by height between which a hero fills its room
_SHAPE_COST = 1.6  # for e times as flat or steep
_SMALL_LETTERS_COST, _COARSE_COST = 2.0, 3.0
_MOSAIC_COST = 1.5
_TEXT_COST = 2.0
_FAINT, _FAINT_COST = 0.03, 1.0  # share of ink

# A hero on a slide of 1920 and on a portrait of 1440 units: its room, output pixels and CSS pixels per unit.
_ROOMS = ((1120.0, 620.0, 2560 / 1920, 844 / 1920), (1250.0, 800.0, 2560 / 1800, 390 / 1440))
_READABLE_CSS = 6.5  # the median label; Source: rule S13 of the checker
_CRISP = 0.3  # steepness of edges; Source: rule S17 of the checker
_HERO_SCORE, _HERO_READABLE, _HERO_SHARP = -1.0, 0.25, 0.5
_SUPPORT_LABEL = 0.017  # em by width: 4 CSS pixels where it is a third as wide as a slide
_SUPPORT_SHARP = 0.25
_SUPPORT_SCORE = -0.5
_UNEXPLAINED_COST = 0.7
_SMALLEST_PX = 90  # sides below which a bitmap is an icon
_LOGOS = ("logo", "orcid", "icon", "badge", "license", "licence", "cc-by", "by-nc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure as it could be shown.

    Attributes:
        content: The bytes that `figure` names by their digest.
        is_explained: Its caption says more than its number.
        score: As a hero.
    """

    figure: Figure
    content: bytes
    found: FoundFigure
    role: Role
    looks: Looks
    is_explained: bool
    score: float

    @property
    def may_lead(self) -> bool:
        """True when it can fill the room of a hero, and be read there."""
        return (
            self.score > _HERO_SCORE and _readable(self.looks) >= _HERO_READABLE and _sharp(self.looks) >= _HERO_SHARP
        )

    @property
    def may_support(self) -> bool:
        """True when it says something beside a hero, at half its width."""
        is_worth = self.score + _COARSE_COST * (1 - _sharp(self.looks)) > _SUPPORT_SCORE
        is_legible = (self.looks.label or 1.0) >= _SUPPORT_LABEL
        return is_worth and is_legible and _sharp(self.looks) >= _SUPPORT_SHARP

    def alternative(self, *, may_show: bool) -> Alternative:
        """What an editor may choose."""
        return Alternative(self.figure, self.role, self.score, may_show, self.looks.width, self.looks.height)


def candidates(figures: Sequence[FoundFigure], paper: Paper) -> tuple[Candidate, ...]:
    """Find how each of *figures* could be shown, the best hero first; what shows nothing is left out.

    Takes CPU time: every picture is decoded, or drawn by a painter.
    """
    promising = sorted((each for each in figures if each.images), key=_told, reverse=True)[:_LOOKED_AT]
    names = _Names()
    found = [each for figure in promising if (each := _candidate(figure, paper, names))]
    return tuple(_distinct(sorted(found, key=lambda each: (-each.score, each.found.position))))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture of a figure.

    Attributes:
        part: Its letter, where it is not the whole figure.
        caption: Of this part alone.
    """

    image: Image
    looks: Looks
    part: str = ""
    caption: str = ""


class _Names:
    """Gives every file a name of its own; never one that stands in a paper."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, figure: FoundFigure, part: str, suffix: str) -> str:
        number = "".join(each if each.isascii() and each.isalnum() else "-" for each in figure.number.lower())[:8]
        stem = f"fig-{number or figure.position + 1}{part}"
        tried = (stem if place == 1 else f"{stem}-{place}" for place in count(1))
        self._given.add(stem := next(each for each in tried if each not in self._given))
        return f"{stem}.{suffix}"


def _candidate(figure: FoundFigure, paper: Paper, names: _Names) -> Candidate | None:
    shown = _shown(figure)
    if shown is None:
        return None
    role = role_of(figure)
    told = (shown.caption, figure.caption, *filter(stands_alone, figure.citing))
    number = figure.number[:8]
    fallback = f"Figure {number} of the paper." if number else "A figure of the paper."
    caption = caption_of(told, fallback=fallback, authors=len(paper.authors))
    panel = Figure(
        file=names.new(figure, shown.part, shown.looks.suffix),
        sha256=sha256(shown.image.content).hexdigest(),
        caption=caption.text,
        caption_shorter=caption.shorter,
        credit=credit_of(paper, number, part=shown.part),
        licence=paper.licence.name,
        page=shown.image.page,
        crop=shown.image.crop,
    )
    is_explained = caption.text != fallback
    score = _told(figure) + _seen(shown.looks) - (0.0 if is_explained else _UNEXPLAINED_COST)
    return Candidate(panel, shown.image.content, figure, role, shown.looks, is_explained, round(score, 3))


def _shown(figure: FoundFigure) -> _Shown | None:
    """The whole figure where it can be read at a glance, else its best part."""
    if len(figure.images) == 1:
        return _whole(figure.images[0])
    parts = [shown for place, image in enumerate(figure.images[:_PARTS]) if (shown := _part(image, place))]
    together = _together(figure, parts) if len(parts) == len(figure.images) <= _MOST_JOINED else None
    if together and _readable(together.looks) >= 0.5:
        return together
    return max(parts, key=lambda shown: (bool(shown.caption), _seen(shown.looks)), default=None)


def _whole(image: Image) -> _Shown | None:
    looks = _looks(image)
    if looks is None or _is_icon(image, looks):
        return None
    return _Shown(_drawn_anew(image) if len(image.content) > _MOST_BYTES else image, looks)


def _part(image: Image, place: int) -> _Shown | None:
    whole = _whole(image)
    return whole and replace(whole, part=chr(ord("a") + place), caption=image.caption)


def _drawn_anew(image: Image) -> Image:
    content = joined([Part(image.content, image.page, image.crop)], columns=1)
    return replace(image, content=content or image.content, page=1, crop=None)


def _together(figure: FoundFigure, parts: Sequence[_Shown]) -> _Shown | None:
    """All parts in one picture, side by side as on the page, or as they fill a hero's room best."""
    columns = _columns(figure, parts)
    content = joined([Part(each.image.content, each.image.page, each.image.crop) for each in parts], columns=columns)
    looks = look_at(content) if content else None
    if not content or not looks:
        return None
    image = Image(figure.images[0].name, content, figure.images[0].origin)
    return _Shown(image, replace(looks, label=_label(parts, columns)))


def _columns(figure: FoundFigure, parts: Sequence[_Shown]) -> int:
    """As on the page where that is known; else what comes nearest to the shape of a hero."""
    divisors = [each for each in range(1, len(parts) + 1) if len(parts) % each == 0]
    if figure.columns > 1 and figure.columns in divisors:
        return figure.columns
    return min(divisors, key=lambda columns: abs(math.log(_shape(parts, columns) / 1.8)))


def _shape(parts: Sequence[_Shown], columns: int) -> float:
    rows = [parts[start : start + columns] for start in range(0, len(parts), columns)]
    return 1 / sum(1 / sum(each.looks.shape for each in row) for row in rows)


def _label(parts: Sequence[_Shown], columns: int) -> float | None:
    """Em of the smallest typical letter by the width of all."""
    known: list[float] = []
    for start in range(0, len(parts), columns):
        row = parts[start : start + columns]
        across = sum(each.looks.shape for each in row)
        known += [each.looks.label * each.looks.shape / across for each in row if each.looks.label]
    return min(known, default=None)


def _looks(image: Image) -> Looks | None:
    return look_at(image.content, page=image.page, crop=image.crop)


def _is_icon(image: Image, looks: Looks) -> bool:
    is_small = not looks.is_vector and min(looks.width, looks.height) < _SMALLEST_PX
    return is_small or any(word in image.name.lower() for word in _LOGOS)


def _told(figure: FoundFigure) -> float:
    """What its words and its place say for it."""
    return (
        _WORTH[role_of(figure)]
        + (_FIRST_WORTH if figure.position == 0 else -min(_LATER_COST * figure.position, _LATEST_COST))
        + _CITED_WORTH * min(len(figure.citing), _MOST_CITED)
        + (_WIDE_WORTH if figure.is_wide else 0.0)
        - (_APPENDIX_COST if figure.is_appendix else 0.0)
    )


def _seen(looks: Looks) -> float:
    """What its pixels say against it."""
    too_flat, too_steep = math.log(looks.shape / _FLATTEST), math.log(_STEEPEST / looks.shape)
    return -(
        _SHAPE_COST * max(0.0, too_flat, too_steep)
        + _SMALL_LETTERS_COST * (1 - _readable(looks))
        + _COARSE_COST * (1 - _sharp(looks))
        + sum(_flaws(looks))
    )


def _flaws(looks: Looks) -> Iterator[float]:
    if looks.photo > 0.25 and looks.pictures >= 12 and looks.largest < 0.1:
        yield _MOSAIC_COST
    if looks.lines >= 12 and looks.photo < 0.03 and looks.pictures >= looks.lines:
        yield _TEXT_COST
    if looks.ink < _FAINT:
        yield _FAINT_COST


def _readable(looks: Looks) -> float:
    """1 where its letters can be read in the room of a hero, 0 where they are half as large as they should be."""
    if looks.label is None:
        return 1.0
    sizes = (looks.label * min(width, height * looks.shape) * css for width, height, _, css in _ROOMS)
    return mean(min(1.0, max(0.0, 2 * size / _READABLE_CSS - 1)) for size in sizes)


def _sharp(looks: Looks) -> float:
    """The share of the room of a hero that it can fill without being enlarged, or looking so."""
    if looks.is_vector:
        return 1.0
    true = looks.width * min(1.0, (looks.steepness or 1.0) / _CRISP)
    return min(1.0, *(true / scale / min(width, height * looks.shape) for width, height, scale, _ in _ROOMS))


def _distinct(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Without those that show what a better one shows."""
    kept: list[Candidate] = []
    for each in found:
        if not any(each.looks.is_like(other.looks) for other in kept):
            kept.append(each)
            yield each
