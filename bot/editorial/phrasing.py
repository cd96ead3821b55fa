"""Owns how a text is said in several lengths: the plain text, or `long`, `medium` and `short` of it."""

import re
from dataclasses import dataclass
from itertools import pairwise

import yaml

from bot.editorial.fields import Fields
from bot.editorial.yaml_nodes import line_of
from bot.model.panel import Shorter

_WORD = re.compile(r"\w")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_PER_WORD = 2  # a Chinese word has about two characters
_BESIDE_WORDS = re.compile(r"[\s\u3000-\u303f\u3400-\u9fff\uff01-\uff65“”‘’…]+")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A text with its shorter forms, the longest first."""

    text: str = ""
    shorter: Shorter = ()


def count_words(text: str) -> int:
    """How many words *text* has; two Chinese characters count as one."""
    han = len(_HAN.findall(text))
    words = sum(1 for word in _HAN.sub(" ", text).split() if _WORD.search(word))
    return words + -(-han // _HAN_PER_WORD)


def count_characters(text: str) -> int:
    """How many characters *text* has as Chinese counts them: a Latin word or a number is one, a mark is none."""
    return len(_HAN.findall(text)) + sum(1 for word in _BESIDE_WORDS.split(text) if _WORD.search(word))


def read_phrasing(fields: Fields, name: str, *, words: int) -> Phrasing:
    """Read a text that must be there, of at most *words* words."""
    node = fields.node(name)
    if node is None:
        return Phrasing(fields.text(name))  # notes that it is missing
    return _phrasing(fields, name, node, words=words)


def read_phrasings(fields: Fields, name: str, *, words: int) -> tuple[Phrasing, ...]:
    """Read a list of texts, each of at most *words* words."""
    return tuple(_phrasing(fields, name, node, words=words) for node in fields.items(name) or ())


def _phrasing(fields: Fields, name: str, node: yaml.Node, *, words: int) -> Phrasing:
    if isinstance(node, yaml.MappingNode):
        return _variants(Fields(node, fields.faults), name, words)
    found = fields.scalar(name, node)
    if found == "":
        fields.faults.add(line_of(node), f"The field {name!r} is empty. Fill it or leave it out.")
    _check_words(fields, name, (found or "", line_of(node)), words)
    return Phrasing(found or "")


def _variants(group: Fields, name: str, words: int) -> Phrasing:
    found = [("long", group.text("long"))]
    found += [(length, text) for length in ("medium", "short") if (text := group.optional_text(length))]
    group.finish()
    for length, text in found:
        _check_words(group, name, (text, group.line(length)), words)
    for (_, longer), (length, text) in pairwise(found):
        if len(text) >= len(longer):
            group.fault(length, f"The {length} form of {name!r} is not shorter than the one above it. Shorten it.")
    long, *shorter = (text for _, text in found)
    return Phrasing(long, tuple(shorter))


def _check_words(fields: Fields, name: str, said: tuple[str, int], most: int) -> None:
    text, line = said
    if (count := count_words(text)) > most:
        fields.faults.add(line, f"The field {name!r} has {count} words. Make it at most {most}.")
