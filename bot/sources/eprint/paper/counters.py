"""Owns LaTeX's counters: what is counted, what starts anew with what, and how a number is printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_DEEPEST = 6
_LARGEST = 100_000
_LONGEST_NUMBER = 20
_VALUE = re.compile(r"\\(arabic|alph|Alph|roman|Roman|value|number)[ \t]*\{[ \t]*([a-z]+)[ \t]*\}|\\the([a-z]+)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COMMAND = re.compile(r"\\[a-zA-Z]+|[{}$~\\]")
_INTEGER = re.compile(r"-?\d{1,6}")
_WITHIN = {"subsection": "section", "subsubsection": "subsection", "section": "chapter"}
_FORMATS = {"subsection": r"\thesection.\arabic{subsection}", "subsubsection": r"\thesubsection.\arabic{subsubsection}"}
_IN_CHAPTERS = ("figure", "table", "equation")
_BOOKS = ("book", "report", "memoir", "scrbook", "scrreprt", "thesis", "phdthesis", "amsbook")
_ROMAN_SECTIONS = ("IEEEtran", "revtex4", "revtex4-1", "revtex4-2", "ieeeconf")


@dataclass
class Counters:
    """The counters of a paper while it is read from front to back."""

    has_chapters: bool = False
    _values: dict[str, int] = field(default_factory=dict)
    _within: dict[str, str] = field(default_factory=lambda: dict(_WITHIN))
    _formats: dict[str, str] = field(default_factory=lambda: dict(_FORMATS))

    @classmethod
    def of_class(cls, name: str) -> "Counters":
        """The counters of a document class.

        Source: book.cls and report.cls of LaTeX; IEEEtran.cls and revtex4-2.cls for their Roman numbers.
        """
        counters = cls(has_chapters=name in _BOOKS)
        if counters.has_chapters:
            for counted in ("section", *_IN_CHAPTERS):
                counters.count_within(counted, "chapter")
        if name in _ROMAN_SECTIONS:
            counters._formats |= {
                "section": r"\Roman{section}",
                "subsection": r"\thesection-\Alph{subsection}",
                "table": r"\Roman{table}",
            }
        return counters

    def step(self, counter: str, by: int = 1) -> str:
        """Count one more, start anew what counts within it, and print the number."""
        self.put(counter, self._values.get(counter, 0) + by)
        self._restart(counter, 0)
        return self.printed(counter)

    def put(self, counter: str, value: int) -> None:
        """Set a counter."""
        self._values[counter] = max(-_LARGEST, min(_LARGEST, value))

    def value(self, counter: str) -> int:
        """What has been counted."""
        return self._values.get(counter, 0)

    def count_within(self, counter: str, parent: str) -> None:
        """Start *counter* anew with every *parent*, and print both."""
        self._within[counter] = parent
        self._formats[counter] = rf"\the{parent}.\arabic{{{counter}}}"

    def print_as(self, counter: str, latex: str) -> None:
        """Print *counter* as ``\\the…`` is redefined."""
        self._formats[counter] = latex[:200]

    def begin_appendix(self) -> None:
        """Number what is divided from A on."""
        top = "chapter" if self.has_chapters else "section"
        self.put(top, 0)
        self._restart(top, 0)
        self._formats[top] = rf"\Alph{{{top}}}"

    def printed(self, counter: str) -> str:
        """The number as it stands on the page."""
        said = _COMMAND.sub("", self._formatted(counter, 0))
        return " ".join(said.split())[:_LONGEST_NUMBER]

    def obey(self, command: str, arguments: Sequence[str]) -> None:
        """Do what a paper says about its counters: ``\\setcounter{figure}{0}``, ``\\renewcommand{\\thefigure}{…}``."""
        if not arguments or (len(arguments) < 2 and command not in ("stepcounter", "refstepcounter")):
            return
        counter, said = arguments[0].strip(), arguments[-1].strip()
        number = _INTEGER.match(said)
        if command == "the":
            self.print_as(counter, said)
        elif command in ("counterwithin", "numberwithin"):
            self.count_within(counter, said)
        elif command == "counterwithout":
            self._within.pop(counter, None)
            self._formats.pop(counter, None)
        elif command in ("stepcounter", "refstepcounter"):
            self.step(counter)
        elif number:
            self.put(counter, int(number[0]) + (self.value(counter) if command == "addtocounter" else 0))

    def _restart(self, parent: str, depth: int) -> None:
        for counter, within in self._within.items():
            if within == parent and depth < _DEEPEST:
                self._values[counter] = 0
                self._restart(counter, depth + 1)

    def _formatted(self, counter: str, depth: int) -> str:
        if depth > _DEEPEST:
            return ""
        return _VALUE.sub(
            lambda found: self._formatted(found[3], depth + 1) if found[3] else numeral(found[1], self.value(found[2])),
            self._formats.get(counter, rf"\arabic{{{counter}}}"),
        )[:200]


def numeral(style: str, value: int) -> str:
    """A number in one of LaTeX's styles; plain where it has no such form."""
    if style in ("alph", "Alph") and 1 <= value <= len(_LETTERS):
        letter = _LETTERS[value - 1]
        return letter if style == "Alph" else letter.lower()
    if style in ("roman", "Roman") and 1 <= value <= 300:
        said = ""
        for worth, sign in _ROMAN:
            said += sign * (value // worth)
            value %= worth
        return said if style == "Roman" else said.lower()
    return str(value)
