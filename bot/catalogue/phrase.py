"""Owns the search for words in a row: what stood in quotation marks."""

from collections.abc import Iterable, Iterator, Sequence

from bot.catalogue.document import phrases_of
from bot.catalogue.terms import compounds, is_han, parts_of, stem
from bot.model.entry import Entry


def says(entry: Entry, phrases: Iterable[str]) -> bool:
    """Tell whether *entry* says each of *phrases* somewhere, word after word, in whatever ending."""
    said = [_keys(text) for text in phrases_of(entry)]
    return all(any(_stands_in(_keys(phrase), text) for text in said) for phrase in phrases)


def _keys(text: str) -> list[str]:
    return list(_each_key(text))


def _each_key(text: str) -> Iterator[str]:
    for compound in compounds(text):
        if is_han(compound):
            yield from compound
        else:
            yield from map(stem, parts_of(compound))


def _stands_in(wanted: Sequence[str], said: Sequence[str]) -> bool:
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))
