"""Owns the words that count, in English and Chinese, and what they are worth."""

import re
from collections.abc import Iterator, Mapping

_SMALL = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905

_COUNTS = {
    **{word: value for value, word in enumerate(_SMALL, 2)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
MULTIPLES: Mapping[str, int] = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twofold": 2,
    "thrice": 3, "triple": 3, "triples": 3, "tripled": 3, "tripling": 3, "threefold": 3,
    "quadruple": 4, "quadruples": 4, "quadrupled": 4, "fourfold": 4, "fivefold": 5, "tenfold": 10,
}  # fmt: skip
"""Words that say how many times as much."""

COUNTED: Mapping[str, int] = {**_COUNTS, **MULTIPLES}
"""Words that claim a number."""

_ALSO = {
    2: "both pair pairs dual twin couple bi second halves half halved 2nd ii",
    3: "trio triplet triplets tri third 3rd iii",
    4: "fourth iv 4th", 5: "fifth 5th", 6: "sixth 6th", 7: "seventh 7th", 10: "tenth", 12: "dozen",
}  # fmt: skip

WORDS_FOR: Mapping[int, frozenset[str]] = {
    value: frozenset(word for word, worth in COUNTED.items() if worth == value) | set(_ALSO.get(value, "").split())
    for value in sorted({*COUNTED.values(), *_ALSO})
}
"""What a paper may say instead of a figure: where there is a third, there are three."""

_COUNT = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_COUNTS)})\b(?P<times>[\s-](?:times|fold)\b)?|(?P<multiple>{'|'.join(MULTIPLES)})\b)",
    re.IGNORECASE,
)


def counts_in(text: str) -> Iterator[tuple[str, int, bool]]:
    """The words of *text* that count: each with what it is worth, and whether it says how many times as much."""
    for found in _COUNT.finditer(text):
        word = (found["word"] or found["multiple"]).lower()
        yield found[0], COUNTED[word], bool(found["multiple"] or found["times"])


PARTS: Mapping[int, tuple[frozenset[str], str]] = {
    2: (frozenset({"half", "halves", "halve", "halved", "halving"}), "50"),
    3: (frozenset({"third", "thirds"}), ""),
    4: (frozenset({"quarter", "quarters"}), "25"),
    5: (frozenset({"fifth", "fifths"}), "20"),
    6: (frozenset({"sixth", "sixths"}), ""),
    8: (frozenset({"eighth", "eighths"}), "12.5"),
    10: (frozenset({"tenth", "tenths"}), "10"),
    100: (frozenset({"hundredth", "hundredths"}), "1"),
    1000: (frozenset({"thousandth", "thousandths"}), "0.1"),
}
"""By denominator: the words, and the same part in per cent."""

_DENOMINATOR = {word: value for value, (words, _) in PARTS.items() for word in words}
_PART = re.compile(
    r"\b(?:(?P<half>half|halves|halved?|halving)\b|(?:an?|one|two|three|four)[\s-]"
    r"(?P<part>thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|hundredths?|thousandths?)(?=\s(?:of|the|as)\b|[.,;]|$))",
    re.IGNORECASE,
)
_CHINESE_PART = re.compile(r"(?P<half>一半|减半|半数)|(?P<part>[二三四五六八十百千]+|(?<!\d)\d{1,18})\s?分之")
_CHINESE_DIGITS = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_SCALES = {"万": 10**4, "亿": 10**8}

VAGUE: Mapping[str, frozenset[str]] = {
    **{
        word: frozenset({word, word + "s"})
        for word in ("dozen", "hundred", "thousand", "million", "billion", "trillion")
    },
    "数十": frozenset({"tens", "dozens"}),
    "数百": frozenset({"hundreds", "hundred"}),
    "上百": frozenset({"hundreds", "hundred"}),
    "数千": frozenset({"thousands", "thousand"}),
    "上千": frozenset({"thousands", "thousand"}),
    "数万": frozenset({"thousands", "thousand"}),
    "数百万": frozenset({"millions", "million"}),
    "数亿": frozenset({"millions", "million"}),
}
"""Words that claim an order of size, and what the paper must say for it."""

_VAGUE = re.compile(
    r"(?<![\d.][\s-])(?<!\d)\b(?P<word>dozen|hundred|thousand|million|billion|trillion)s?\b|(?P<chinese>数百万|数[十百千万亿]|上[百千])",
    re.IGNORECASE,
)


def parts_in(text: str) -> Iterator[tuple[str, int]]:
    """The parts that *text* speaks of, with their denominators."""
    for found in _PART.finditer(text):
        yield found[0], 2 if found["half"] else _DENOMINATOR[found["part"].lower()]
    for found in _CHINESE_PART.finditer(text):
        said = found["part"] or ""
        if said == "百":  # per cent
            continue
        yield found[0], 2 if found["half"] else int(said) if said.isdigit() else int(float(chinese_number(said)))


def vague_in(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The orders of size that *text* speaks of, with what the paper must say for them."""
    for found in _VAGUE.finditer(text):
        yield found[0], VAGUE[(found["word"] or found["chinese"]).lower()]


def chinese_number(characters: str) -> str:
    """Write a number in Chinese characters as figures: ``四十七点八`` gives ``47.8``."""
    whole, _, decimals = characters.partition("点")
    total = section = digit = 0
    for character in whole:
        if character in _CHINESE_SCALES:
            total, section, digit = (total + section + digit) * _CHINESE_SCALES[character], 0, 0
        elif character in _CHINESE_TENS:
            section, digit = section + (digit or 1) * _CHINESE_TENS[character], 0
        else:
            digit = _CHINESE_DIGITS[character]
    behind = "".join(str(_CHINESE_DIGITS[character]) for character in decimals)
    return f"{total + section + digit}.{behind}" if behind else str(total + section + digit)
