"""Owns one spelling for what can be written in several ways, so that a draft and its paper can be compared."""

import re
import unicodedata

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_RAISED = re.compile("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", "⁺")
_THOUSANDS = re.compile("(?<=\\d)[\u2009\u202f\u00a0](?=\\d{3}(?!\\d))")
_SIGNS = {r"\times": "×", r"\cdot": "·", r"\%": "%", r"\,": "", r"\&": "&", r"\_": "_", "{,}": ","}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_MACRO = re.compile(r"\\([A-Za-z]{1,40})(\s?\{)?")
_GREEK = re.compile("[\u0391-\u03c9\u03d1\u03d5\u03f5]")
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff${}]")
_BORDER = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{_HAN}])")
_MARKS = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("‘’ʼ′", "'"), **dict.fromkeys("“”", '"'), "∼": "~"}
)


def spelled(text: str) -> str:
    """Write *text* in one spelling, case kept.

    Full-width and mathematical letters become plain ones, accents and what is not seen go, dashes and quotes are
    ASCII, Greek letters are their English names, exponents follow ``^``, TeX is undone as far as words and numbers
    need it, and a blank stands between Chinese and everything else.
    """
    tex = _MACRO.sub(lambda found: "" if found[2] else found[1], _SIGN.sub(lambda found: _SIGNS[found[0]], text))
    raised = _RAISED.sub(lambda found: "^" + found[0].translate(_RAISED_DIGITS), _THOUSANDS.sub(",", tex))
    apart = unicodedata.normalize("NFKD", raised)
    greek = _GREEK.sub(lambda found: _letter_name(found[0]), _UNSEEN.sub("", apart))
    return _BORDER.sub(" ", unicodedata.normalize("NFC", greek).translate(_MARKS))


def _letter_name(letter: str) -> str:
    name = (
        unicodedata.name(letter, letter).replace("LAMDA", "LAMBDA").rsplit(" ", 1)[-1]
    )  # Unicode keeps the Greek spelling
    return name.capitalize()
