"""Owns how wide and how high text is, and where its lines break."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from bot.collage.frame import TextStyle
from bot.collage.lettering import breaks, fonts

_SHORT_LAST_LINE = 0.2  # of the width: below it a last line looks like a leftover
_ROUNDING = 0.75  # a shaped line may be this much wider than the sum of its words


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its style.

    Attributes:
        joined: No space stands before it.
        within: A Chinese phrase goes on from the word before.
    """

    text: str
    style: TextStyle
    width: float
    joined: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words of one style on one line, *offset* behind its start."""

    text: str
    style: TextStyle
    offset: float
    width: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text broken into lines.

    Attributes:
        width: Of the longest line.
        pitch: Distance of baselines.
        size: The em of the text; every span has the same.
    """

    lines: tuple[tuple[Span, ...], ...]
    width: float
    pitch: float
    size: float

    @property
    def height(self) -> float:
        """From the top of the first capitals to a little below the last baseline; 0 without lines."""
        return self.size * (fonts.CAP + 0.12) + (len(self.lines) - 1) * self.pitch if self.lines else 0.0


def width_of(text: str, style: TextStyle) -> float:
    """How far *text* advances on one line, in design units."""
    return fonts.shape(fonts.drawable(text), style).width


@lru_cache(maxsize=256)
def _space(style: TextStyle) -> float:
    return fonts.shape(" ", style).width


def longest_word(text: str, style: TextStyle) -> float:
    """The width of the widest word: a column narrower than this would have to cut it."""
    return max((width_of(part.text, style) for part in breaks.parts_of(fonts.drawable(text))), default=0.0)


def paragraph(text: str, style: TextStyle, width: float, *, balanced: bool = False, lead: str = "") -> Paragraph:
    """Break *text* into lines no wider than *width*, as evenly as possible.

    Args:
        width: In design units.
        balanced: The last line counts like the others, as in titles.
        lead: Words before the text, in bold.
    """
    return _paragraph(text, style, round(width, 2), balanced, lead)


@lru_cache(maxsize=4096)
def _paragraph(text: str, style: TextStyle, width: float, balanced: bool, lead: str) -> Paragraph:
    heading, words = _words(lead, replace(style, weight=700), width), _words(text, style, width)
    if heading and words and breaks.is_tight(heading[-1].text):
        words[0] = replace(words[0], joined=True)
    broken = break_lines([*heading, *words], width - _ROUNDING, balanced=balanced)
    lines = tuple(_spans(line) for line in broken)
    longest = max((line[-1].offset + line[-1].width for line in lines), default=0.0)
    return Paragraph(lines, longest, style.pitch, style.size)


def _words(text: str, style: TextStyle, width: float) -> list[Word]:
    parts = breaks.parts_of(fonts.drawable(text))
    return [word for part in parts for word in _fitting(part, style, width)]


def _fitting(part: breaks.Part, style: TextStyle, width: float) -> list[Word]:
    """The part as a word, cut into pieces where it is wider than a whole line."""
    if (whole := width_of(part.text, style)) <= width - _ROUNDING:
        return [Word(part.text, style, whole, part.is_joined, part.is_within)]
    pieces: list[Word] = []
    rest = part.text
    while rest:
        count = _cut(rest, style, width - _ROUNDING)
        pieces.append(Word(rest[:count], style, width_of(rest[:count], style), joined=part.is_joined or bool(pieces)))
        rest = rest[count:]
    return pieces


def _cut(word: str, style: TextStyle, width: float) -> int:
    """How many characters of *word* go on a line: up to a hyphen or the like, if one is near the end."""
    count = 1
    while count < len(word) and width_of(word[: count + 1], style) <= width:
        count += 1
    nice = [i for i in range(count // 2, count + 1) if word[i - 1 : i] in set("-–/_.:\u00a0")]
    return max(nice) if nice and count < len(word) else count


def break_lines(words: Sequence[Word], width: float, *, balanced: bool = False) -> list[list[Word]]:
    """Choose the breaks with the least raggedness: fewest lines first, then the smallest sum of squared gaps.

    Source: D. E. Knuth, M. F. Plass, Breaking Paragraphs into Lines, 1981 (without hyphenation and stretch).
    """
    count = len(words)
    best: list[tuple[int, float]] = [(0, 0.0)] + [(count + 1, float("inf"))] * count
    origin = [0] * (count + 1)
    for end in range(1, count + 1):
        is_last = end == count and not balanced
        leaning = _reluctance(words[end - 1], words[end]) if end < count else 0.0
        for start, length in _starts(words, end, width):
            ragged = _raggedness(length, width, is_last=is_last, is_alone=start == end - 1 > 0)
            found = (best[start][0] + 1, best[start][1] + ragged + leaning)
            if found < best[end]:
                best[end], origin[end] = found, start
    return _traced(words, origin)


def _reluctance(before: Word, after: Word) -> float:
    return breaks.reluctance(before.text, after.text, is_within=after.within)


def _starts(words: Sequence[Word], end: int, width: float) -> Iterator[tuple[int, float]]:
    """Where a line may start that ends before *end*, with its length; a single word always fits."""
    length = 0.0
    for start in range(end - 1, -1, -1):
        length += words[start].width
        if start < end - 1:
            length += 0.0 if words[start + 1].joined else _space(words[start + 1].style)
            if length > width:
                return
        yield start, length


def _raggedness(length: float, width: float, *, is_last: bool, is_alone: bool) -> float:
    if not is_last:
        return (max(0.0, width - length) / width) ** 2
    return 1.0 if is_alone or length < _SHORT_LAST_LINE * width else 0.0


def _traced(words: Sequence[Word], origin: Sequence[int]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    end = len(words)
    while end > 0:
        lines.insert(0, list(words[origin[end] : end]))
        end = origin[end]
    return lines


def _spans(line: Sequence[Word]) -> tuple[Span, ...]:
    spans: list[Span] = []
    x = 0.0
    for style, group in groupby(line, key=lambda word: word.style):
        run = list(group)
        text = _joined(run)
        if spans and not run[0].joined:
            x += _space(style)
        spans.append(Span(text, style, x, width_of(text, style)))
        x += spans[-1].width
    return tuple(spans)


def _joined(words: list[Word]) -> str:
    return "".join(("" if i == 0 or word.joined else " ") + word.text for i, word in enumerate(words))
