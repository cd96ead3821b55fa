"""Owns the numbers of a draft: which claims tell most, and which numbers its texts print."""

from collections.abc import Iterable, Sequence

from bot.collage.check.hard.numerals import numerals_in
from bot.editorial.drafting.saying.claims import RESULT, Claim
from bot.model.panel import Number

_MOST = 6
_LARGE_COUNT = 3  # digits: a count of fewer tells too little to stand huge


def listed(claims: Sequence[Claim], forms: Iterable[str], title: str) -> tuple[Number, ...]:
    """Choose the numbers that an entry lists.

    Args:
        claims: What the sentences of the paper claim.
        forms: The texts that the collage shows, in every length.
        title: Of the paper; its numbers need no source.

    Returns:
        Results and large counts, the most telling first, then whatever else *forms* print.
    """
    telling = _ranked(claim for claim in claims if claim.weight >= RESULT or _is_large(claim.number))[:_MOST]
    found = list(telling)
    for form in forms:
        for number in _ranked(claims):
            if number not in found and _prints(form, number) and has_unread(form, found, title):
                found.append(number)
    return tuple(found)


def has_unread(text: str, numbers: Iterable[Number], title: str) -> bool:
    """Tell whether *text* prints a number that is none of *numbers* and no part of a name or of the title."""
    said = [title, *(part for number in numbers for part in (number.value, number.meaning, number.against or ""))]
    known = {value for part in said for each in numerals_in(part) for value in (each.value, each.plain)}
    return any(not each.is_name and not {each.value, each.plain} & known for each in numerals_in(text))


def _ranked(claims: Iterable[Claim]) -> tuple[Number, ...]:
    """The numbers of *claims*, the most telling first; each value once."""
    best: dict[str, Claim] = {}
    for claim in claims:
        other = best.get(claim.number.value)
        if other is None or claim.weight > other.weight:
            best[claim.number.value] = claim
    return tuple(claim.number for claim in sorted(best.values(), key=lambda claim: -claim.weight))


def _prints(text: str, number: Number) -> bool:
    known = {each.value for part in (number.value, number.against or "") for each in numerals_in(part)}
    return any(each.value in known for each in numerals_in(text))


def _is_large(number: Number) -> bool:
    return any(each.isalpha() for each in number.value) or sum(each.isdigit() for each in number.value) > _LARGE_COUNT
