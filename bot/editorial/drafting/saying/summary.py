"""Owns the summary: whole sentences of the paper, in order, within the bounds of an entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.editorial.drafting.saying.choice import telling
from bot.editorial.drafting.saying.material import Said
from bot.editorial.drafting.saying.rhetoric import Move
from bot.editorial.drafting.saying.soundness import points_back
from bot.editorial.phrasing import count_words
from bot.editorial.sections import SUMMARY_CHARACTERS, WORDS

_LEAST, _MOST = WORDS["Summary"]
_KEPT = 4  # of the ways to the same number of words
_WORTH = {
    Move.BACKGROUND: 0.8, Move.GAP: 1.3, Move.QUESTION: 1.6, Move.PURPOSE: 2.0, Move.METHOD: 2.0, Move.RESULT: 1.7,
    Move.CONCLUSION: 1.0,
}  # fmt: skip
_FIRST_OF_A_MOVE = 2.0
_CORE = 1.5  # for what stands on the collage
_TELLING = 10.0  # terms of a sentence that tells much
_TRIMMED = 0.1  # what each step of trimming costs


@dataclass(frozen=True, slots=True)
class _Path:
    worth: float = 0.0
    words: int = 0
    characters: int = 0
    told: tuple[str, ...] = ()
    moves: frozenset[Move] = frozenset()
    is_open: bool = True  # the sentence before is there, or there is none to point back at


def summary_of(said: Sequence[Said], *, core: Sequence[Said] = ()) -> str:
    """Choose sentences that together make a summary.

    Args:
        said: The sentences of the abstract, or of the whole paper, in order.
        core: Those of them that a reader of the collage sees.

    Returns:
        One paragraph of 80 to 105 words and at most 680 characters; empty where the sentences do not add up to one.
    """
    paths = [_Path()]
    for sentence in said:
        paths = list(
            _pruned([*(_without(path) for path in paths), *_with(paths, sentence, _CORE if sentence in core else 0.0)])
        )
    whole = [path for path in paths if path.words >= _LEAST]
    return " ".join(max(whole, key=lambda path: path.worth).told) if whole else ""


def _without(path: _Path) -> _Path:
    return _Path(path.worth, path.words, path.characters, path.told, path.moves, is_open=False)


def _with(paths: Sequence[_Path], said: Said, bonus: float) -> Iterator[_Path]:
    move = said.move
    if move not in _WORTH:
        return
    for step, text in enumerate(dict.fromkeys((said.full, *said.forms))):
        if not text:
            continue
        needs = points_back(text)
        share = min(1.0, telling(text) / _TELLING)
        words, characters = count_words(text), len(text) + 1
        for path in paths:
            fits = path.words + words <= _MOST and path.characters + characters <= SUMMARY_CHARACTERS + 1
            if fits and ((path.is_open and path.told) or not needs):
                new = 0.0 if move in path.moves else _FIRST_OF_A_MOVE
                worth = path.worth + bonus + (new + _WORTH[move]) * share - _TRIMMED * step
                yield _Path(
                    worth, path.words + words, path.characters + characters, (*path.told, text), path.moves | {move}
                )


def _pruned(paths: Sequence[_Path]) -> Iterator[_Path]:
    """The best few of the paths that are as long and may go on the same way."""
    kept: dict[tuple[int, bool], list[_Path]] = {}
    for path in sorted(paths, key=lambda path: (-path.worth, path.characters)):
        like = kept.setdefault((path.words, path.is_open), [])
        if len(like) < _KEPT:
            like.append(path)
            yield path
