"""Owns how far apart two spellings are: the slips of a finger between what was typed and what was meant."""

_MOVED = 0.7
_DOUBLED = 0.5  # a letter typed twice, or once instead of twice
_NEIGHBOUR = 0.8  # the key beside the right one
_ALONE = 0.85  # a letter left out, or one too many
_OTHER = 1.0
_AT_FIRST = 0.6  # more: the first letter is seldom wrong
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def effort(typed: str, meant: str) -> float:
    """Weigh the slips that turn *meant* into *typed*; 0 where they are the same.

    Source: Damerau, A technique for computer detection and correction of spelling errors, 1964: letters missing, too
    many, wrong or swapped with the next; as optimal string alignment.
    """
    before: list[float] = []
    row = [0.0]
    for at in range(len(meant)):
        row.append(row[-1] + _single(meant, at))
    for place, char in enumerate(typed):
        following = [row[0] + _single(typed, place)]
        for at, letter in enumerate(meant):
            best = min(row[at] + _instead(char, letter), row[at + 1] + _single(typed, place))
            best = min(best, following[at] + _single(meant, at))
            if at and place and char == meant[at - 1] and typed[place - 1] == letter and char != letter:
                best = min(best, before[at - 1] + _MOVED)
            following.append(best)
        before, row = row, following
    return row[-1] + (_AT_FIRST if typed[:1] != meant[:1] else 0.0)


def _single(word: str, at: int) -> float:
    """What it costs that a letter of *word* has no counterpart."""
    return _DOUBLED if at and word[at] == word[at - 1] else _ALONE


def _instead(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    return _NEIGHBOUR if meant in _NEIGHBOURS.get(typed, "") else _OTHER


def _neighbours() -> dict[str, str]:
    """The keys around each key; a row is moved to the right by about half a key."""
    place = {key: (x + y / 2, y) for y, keys in enumerate(_ROWS) for x, key in enumerate(keys)}
    return {
        key: "".join(
            other for other, (x, y) in place.items() if other != key and abs(x - at) <= 1 and abs(y - row) <= 1
        )
        for key, (at, row) in place.items()
    }


_NEIGHBOURS = _neighbours()
