"""Owns the calendar month as a label: ``2022-01``."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_LABEL = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; orders in time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}-{self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read ``2022-01``.

        Raises:
            ValueError: Anything else.
        """
        match = _LABEL.fullmatch(label)
        if match is None:
            raise ValueError(f"{label!r} is not a month like 2022-01")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month *day* lies in."""
        return cls(day.year, day.month)

    def shifted(self, months: int) -> "Month":
        """The month *months* later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)
