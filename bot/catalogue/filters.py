"""Owns how conditions are typed inside a question: ``author:bengio``, ``2019..2021``, ``年份：2021``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.catalogue import condition
from bot.catalogue.condition import Condition

_FIELDS = {
    "author": "author authors by 作者",
    "topic": "topic topics tag keyword 主题 话题 标签",
    "series": "series 系列",
    "year": "year years 年份 年 年度",
    "month": "month 月份 月",
}
_FIELD_OF = {name: kind for kind, names in _FIELDS.items() for name in names.split()}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  # reads better than twelve quotes
_LONG = "(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)"

_Y = r"(?<![\w.])(?P<{0}>199\d|20\d\d)"
_END = r"(?![\w-])"
_VALUE = r"(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\s\"]+))"
_NAMED = re.compile(rf"(?<!\w)(?P<minus>-)?(?P<field>{'|'.join(_FIELD_OF)})\s?:\s?{_VALUE}", re.IGNORECASE)
_HASHTAG = re.compile(r"(?<!\S)(?P<minus>-)?#(?P<plain>[^\s#]+)|#(?P<later>[^\s#]+)")
_RANGE = re.compile(_Y.format("first") + r"年?\s?(?:\.\.+|…|[-–—~～]|至|到)\s?(?P<last>199\d|20\d\d)(?:年|(?![\w-]))")
_SINCE = re.compile(
    rf"\b(?:since|(?P<after>after))\s+{_Y.format('year')}{_END}"
    rf"|(?:自|从)?{_Y.format('han')}\s?年?\s?(?:以来|以后|之后|后|起|至今)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"\b(?:until|till|(?P<before>before))\s+{_Y.format('year')}{_END}"
    rf"|{_Y.format('han')}\s?年?\s?(?:(?P<earlier>以前|之前|前)|为止|止)",
    re.IGNORECASE,
)
_MONTH_NUMBER = re.compile(
    _Y.format("year") + r"(?:\s?年\s?(?P<han>0?[1-9]|1[0-2])\s?月份?|[-/](?P<number>0[1-9]|1[0-2])(?![\w-]))"
)
_NAME = rf"(?P<{{0}}>{'|'.join(_MONTHS)}){_LONG}?\.?"
_MONTH_NAME = re.compile(
    rf"\b{_NAME.format('name')},?\s+{_Y.format('year')}{_END}|{_Y.format('first')}\s+{_NAME.format('second')}(?!\w)",
    re.IGNORECASE,
)
_YEAR_HAN = re.compile(_Y.format("year") + r"\s?年")
_YEAR = re.compile(r"199\d|20\d\d")


@dataclass(slots=True)
class Filters:
    """What was read out of a question.

    Attributes:
        rest: What is left of it: words.
    """

    rest: str
    conditions: list[Condition] = field(default_factory=list)
    excluded: list[Condition] = field(default_factory=list)


def read_filters(text: str) -> Filters:
    """Read the conditions in *text*; what looks like one and is none stays among the words."""
    found = Filters(text)
    for pattern, read in _READERS:
        found.rest = pattern.sub(lambda match, read=read: _taken(found, match, read), found.rest)  # type: ignore[misc]
    return found


def _taken(found: Filters, match: re.Match[str], read: Callable[[re.Match[str]], Condition | None]) -> str:
    if (said := read(match)) is None:
        return match[0].replace(":", " ")
    (found.excluded if match.groupdict().get("minus") else found.conditions).append(said)
    return " "


def _named(match: re.Match[str]) -> Condition | None:
    value = (match["quoted"] or match["plain"] or "").strip(",;，；。")
    kind = _FIELD_OF[match["field"].lower()]
    if kind == "topic":
        return condition.topic(value)
    if kind == "author":
        return condition.author(value)
    if kind == "series":
        return condition.series(value)
    return _time(value)


def _time(value: str) -> Condition | None:
    if _YEAR.fullmatch(value):
        return condition.years(int(value), int(value))
    readers = (_RANGE, _range), (_MONTH_NUMBER, _month_number), (_YEAR_HAN, _year_han)
    return next((read(match) for pattern, read in readers if (match := pattern.fullmatch(value))), None)


def _hashtag(match: re.Match[str]) -> Condition | None:
    return condition.topic(match["plain"] or match["later"])


def _range(match: re.Match[str]) -> Condition:
    return condition.years(int(match["first"]), int(match["last"]))


def _since(match: re.Match[str]) -> Condition:
    return condition.since(int(match["year"] or match["han"]) + bool(match["after"]))


def _until(match: re.Match[str]) -> Condition:
    return condition.until(int(match["year"] or match["han"]) - bool(match["before"] or match["earlier"]))


def _month_number(match: re.Match[str]) -> Condition:
    return condition.month(int(match["year"]), int(match["han"] or match["number"]))


def _month_name(match: re.Match[str]) -> Condition:
    name = (match["name"] or match["second"]).lower()
    return condition.month(int(match["year"] or match["first"]), _MONTHS.index(name) + 1)


def _year_han(match: re.Match[str]) -> Condition:
    return condition.years(int(match["year"]), int(match["year"]))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Condition | None]], ...] = (
    (_NAMED, _named),
    (_HASHTAG, _hashtag),
    (_RANGE, _range),
    (_MONTH_NUMBER, _month_number),
    (_MONTH_NAME, _month_name),
    (_SINCE, _since),
    (_UNTIL, _until),
    (_YEAR_HAN, _year_han),
)
