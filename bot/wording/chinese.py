"""Owns how Chinese is set: full-width punctuation, and a blank between Chinese and Latin."""

import re

HAN = "\u3400-\u9fff\uf900-\ufaff"
_WIDE = f"{HAN}，。；：？！、（）「」『』《》“”"
_FULL = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！"}
_BRACKETS = re.compile(
    rf"\(([^()]*[{HAN}][^()]*)\)|(?<=[{HAN}])\s*\(([^()]*)\)|(?<![A-Za-z])\(([^()]*)\)\s*(?=[{HAN}])"
)
_QUOTES = re.compile(r'"([^"]*)"')
_AFTER = re.compile(rf"(?<=[{_WIDE}%])\s*([,;:?!])\s*|(?<=[{_WIDE}])\s*(\.)(?![\d.])\s*")
_NO_STOP = "".join(rf"(?<!\b{each})(?<![{HAN}]{each})" for each in ("al", "vs", "Fig", r"e\.g", r"i\.e"))
_BEFORE = re.compile(rf"(?<=[\w%])\s*([,;:?!])\s*(?=[{_WIDE}])|(?<=[\w%]){_NO_STOP}(\.)\s*(?=[{HAN}]|$)")
_ELLIPSIS = re.compile(rf"(?<=[{HAN}])\s*(?:\.{{3,}}|…+|。{{2,}})")
_LATIN_BEHIND = re.compile(rf"(?<=[{HAN}])(?=[A-Za-z0-9$±~≈<>])")
_HAN_BEHIND = re.compile(rf"(?<=[A-Za-z0-9%°+×])(?=[{HAN}])")
_LISTED = re.compile(r"(?<=[A-Za-z])\s?,\s+(?=[A-Za-z])")
_BLANKS = re.compile(
    rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])|\s+(?=[，。；：？！、）」』》”])|(?<=[，。；：？！、（「『《“])\s+"
)


def set_chinese(text: str) -> str:
    """Set *text* as Chinese is printed; Latin words, names and numbers in it stay as they are."""
    quoted = _QUOTES.sub(r"“\1”", text)
    bracketed = _BRACKETS.sub(lambda found: f"（{next(filter(None, found.groups()), '')}）", quoted)
    dotted = _LISTED.sub("、", _ELLIPSIS.sub("……", bracketed))
    marked = _BEFORE.sub(_widened, _AFTER.sub(_widened, dotted))
    return _BLANKS.sub("", _HAN_BEHIND.sub(" ", _LATIN_BEHIND.sub(" ", marked)))


def _widened(found: re.Match[str]) -> str:
    return _FULL[next(filter(None, found.groups()))]
