"""Owns the list of numbers of a draft: every number that its collage prints stands in it, with where it comes from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.collage.check.hard.numerals import Numeral, numerals_in
from bot.editorial.panels.bounds import MEANING
from bot.editorial.phrasing import count_words
from bot.model.entry import EntryText
from bot.model.manuscript import Manuscript
from bot.model.panel import BigNumber, Chart, Equation, Figure, Number, Panel, Quote, Table

_ABSTRACT = "Abstract"
_AROUND = 5  # words before and behind a number that say what it counts


def listed(
    numbers: Sequence[Number],
    panels: Sequence[Panel],
    texts: Mapping[str, EntryText],
    whereabouts: Callable[[Numeral], str],
) -> tuple[Number, ...]:
    """Add to *numbers* those that texts, captions and annotations print besides; each means the words around it.

    Args:
        whereabouts: Tells where a number of the texts comes from.
    """
    known = {value for number in numbers for text in _texts(number) for value in _values(text)}
    found = list(numbers)
    for text, source in (*_printed(panels), *_spoken(texts)):
        for numeral in numerals_in(text):
            if not numeral.is_name and not {numeral.value, numeral.plain} & known:
                known |= {numeral.value, numeral.plain}
                where = source or whereabouts(numeral)
                found.append(Number(numeral.text, _meaning(text, numeral), where))
    return tuple(found)


def _printed(panels: Iterable[Panel]) -> Iterator[tuple[str, str]]:
    for panel in panels:
        match panel:
            case Figure():
                pointing = (text for each in panel.annotations for text in (each.text, *each.shorter))
                said = (panel.caption, *panel.caption_shorter, *pointing)
                yield from ((text, panel.credit.split(" of ")[0]) for text in said)
            case Chart() | Table():
                yield from ((text, panel.source) for text in (panel.title, panel.caption, *panel.caption_shorter))
            case Equation():
                yield from ((text, panel.source) for text in (panel.caption, *panel.caption_shorter))
            case BigNumber() | Quote() | _:
                pass


def _spoken(texts: Mapping[str, EntryText]) -> Iterator[tuple[str, str]]:
    for text in texts.values():
        for said in (
            text.question,
            text.key_idea,
            text.take_away,
            *(each for forms in text.shorter.values() for each in forms),
        ):
            yield said, ""


def printed_in(manuscript: Manuscript, numeral: Numeral) -> str:
    """The first place of the paper that prints a number; the abstract where none does so literally."""
    printed = _alone(numeral)
    return next((name for name, text in _places(manuscript) if printed.search(text)), _ABSTRACT)


def _alone(numeral: Numeral) -> re.Pattern[str]:
    """Finds what begins a number where it is no part of another one."""
    return re.compile(rf"(?<!\w)(?<!\d[.,]){re.escape(numeral.text.split()[0])}(?!\d|[.,]\d)")


def _places(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    reading = manuscript.reading
    yield _ABSTRACT, manuscript.record.abstract or reading.abstract
    for section in reading.sections:
        yield section.title or _ABSTRACT, "\n".join(section.paragraphs)
    for table in reading.tables:
        yield f"Table {table.number}".strip(), "\n".join([table.caption, *(cell for row in table.rows for cell in row)])
    for figure in reading.figures:
        yield f"Fig. {figure.number}".strip(), figure.caption


def _texts(number: Number) -> tuple[str, ...]:
    return (number.value, number.meaning, number.against or "", *number.meaning_shorter)


def _values(text: str) -> Iterator[float]:
    for numeral in numerals_in(text):
        yield from (numeral.value, numeral.plain)


def _meaning(text: str, numeral: Numeral) -> str:
    """The sentence around a number where it is short, else the words next to it."""
    if count_words(text) <= MEANING:
        return text
    words, printed = text.split(), _alone(numeral)
    place = next((at for at, word in enumerate(words) if printed.search(word)), 0)
    near = words[max(0, place - _AROUND) : place + _AROUND + 1]
    return f"… {' '.join(near)} …"
