"""Owns how single lines of a drawing are read: nodes, groups, paths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bot.collage.diagrams.drawing import Group, Node, Path, Spot, Tone
from bot.collage.diagrams.kinds import KINDS

TONES = frozenset(Tone)

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
_SPOT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)\Z")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)\Z")
_SPEAKING = frozenset({"box", "pill", "text"})


class Fault(Exception):
    """What is wrong with a line, and what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a quoted text."""

    text: str
    is_quoted: bool = False


def words_of(line: str) -> Iterator[Word]:
    """The words of a line, without its comment."""
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
        elif line[place] == "#":
            return
        elif found := _WORD.match(line, place):
            is_quoted = found[2] is None
            yield Word(found[1].replace('\\"', '"') if is_quoted else found[2], is_quoted)
            place = found.end()
        else:
            raise Fault('a text begins with " and does not end; close it with "')


def after_colon(words: list[Word]) -> list[Word]:
    """What follows the first word that ends in a colon (or is one)."""
    for i, word in enumerate(words):
        if not word.is_quoted and word.text.endswith(":"):
            return words[i + 1 :]
    raise Fault("a colon is missing before the names, as in `row: a b`")


def node(name: str, words: list[Word]) -> Node:
    """Read what follows the name of a node."""
    if not words or words[0].is_quoted:
        raise Fault(f'{name} has no kind; write for example `{name}: box "Words"`')
    kind = words[0].text
    if kind not in KINDS:
        raise Fault(f"{kind!r} is no kind of node{meant(kind)}; there are {', '.join(KINDS)}")
    plain, options = _options(words[1:])
    texts = [word.text for word in words[1:] if word.is_quoted]
    parameters = tuple(plain)
    if kind == "formula":
        parameters, texts = (*parameters, *texts[:1]), texts[1:]
    if fault := KINDS[kind].fault(parameters):
        raise Fault(f"the {kind} {name}: {fault}")
    if len(texts) > 2:
        raise Fault(f"{name} has {len(texts)} texts; a label and a second line are the most")
    label, second = (*texts, "", "")[:2]
    if kind in _SPEAKING and not label:
        raise Fault(f"{name} says nothing; give the {kind} its words in quotes")
    return Node(name, kind, parameters, label, second, **options)  # type: ignore[arg-type]


def _options(words: list[Word]) -> tuple[list[str], dict[str, object]]:
    """Parameters, and the options among them."""
    plain: list[str] = []
    options: dict[str, object] = {}
    rest = iter([word.text for word in words if not word.is_quoted])
    for word in rest:
        if word in TONES:
            options["tone"] = Tone(word)
        elif word in ("at", "or"):
            options["at" if word == "at" else "at_tall"] = _spot(next(rest, ""), word)
        elif word == "size":
            options["size"] = _size(next(rest, ""))
        else:
            plain.append(word)
    if "at_tall" in options and "at" not in options:
        raise Fault("`or` names a second place, and there is no first; write `at 0,1 or 1,0`")
    return plain, options


def _spot(text: str, after: str = "path") -> Spot:
    if found := _SPOT.match(text):
        return float(found[1]), float(found[2])
    raise Fault(f"after `{after}` comes a column and a row, as in 2,1; it says {text!r}")


def _size(text: str) -> Spot:
    if (found := _SIZE.match(text)) and float(found[1]) and float(found[2]):
        return float(found[1]), float(found[2])
    raise Fault(f"after `size` come columns and rows, as in 3x2; it says {text!r}")


def group(words: list[Word]) -> Group:
    """Read ``"Title" accent: a b``, what follows the word `group`."""
    members = after_colon([word for word in words if not word.is_quoted])
    if not members:
        raise Fault('a group wants members; write `group "Title": a b`')
    before = words[: len(words) - len(members)]
    titles = [word.text for word in before if word.is_quoted]
    tones = [word.text.strip(":") for word in before if not word.is_quoted]
    tone = next((Tone(each) for each in tones if each in TONES), Tone.SOFT)
    return Group(titles[0] if titles else "", tuple(word.text for word in members), tone)


def path(words: list[Word]) -> Path:
    """Read what follows the word `path`."""
    bare = [word.text for word in words]
    marks = {"dashed", "arrow", *TONES}
    spots = tuple(_spot(word) for word in bare if word not in marks)
    if len(spots) < 2:
        raise Fault("a path wants at least two places, as in `path 0,0 1,2 3,1`")
    tone = next((Tone(word) for word in bare if word in TONES), Tone.SOFT)
    return Path(spots, tone, "dashed" in bare, "arrow" in bare)


def meant(word: str, *known: str) -> str:
    """Say which of *known* somebody may have meant; kinds of nodes unless others are given."""
    close = get_close_matches(word, known or tuple(KINDS), 1)
    return f" (did you mean {close[0]}?)" if close else ""
