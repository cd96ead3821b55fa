"""Owns what is wrong with the content: every fault with its place and its remedy, not just the first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.wording.translation import _


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend.

    Attributes:
        path: As the reader finds the file: below the folder that was loaded, its name included.
        line: From 1.
        message: What is wrong, and what to do, in one or two sentences.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one file or folder as they are found, and those of the files below it."""

    path: str
    found: list[Fault] = field(default_factory=list)
    _below: list["Faults"] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note one fault."""
        self.found.append(Fault(self.path, line, message))

    def below(self, name: str) -> "Faults":
        """Begin the faults of a file or folder inside this one."""
        self._below.append(Faults(f"{self.path}/{name}"))
        return self._below[-1]

    def all(self) -> list[Fault]:
        """Every fault found so far, by file and line."""
        return sorted([*self.found, *(fault for faults in self._below for fault in faults.all())])


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A remedy for a name nobody knows: the nearest one there is, or the whole list."""
    names = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(wrong.casefold(), names, n=1)
    if close:
        return _("Did you mean '{name}'?").format(name=names[close[0]])
    return _("Choose from: {names}.").format(names=", ".join(names.values()) or "–")
