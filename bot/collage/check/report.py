"""Owns the report: what each rule measured, and whether the collage may be sent."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.collage.check.bounds import LEAST_MEAN, LEAST_SCORE, RULES, Range

_ROUNDING = 1e-6
_COUNTED = 2.0  # where nothing is allowed (a bound of 0), two of it are worth no points
_SHOWN = 4  # pieces of evidence in the table


class Verdict(StrEnum):
    """What became of a rule."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    """It cannot be measured here; it counts as met."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its bounds.

    Attributes:
        bounds: None of its ends is excluded.
    """

    name: str
    value: float
    bounds: Range

    @property
    def is_met(self) -> bool:
        return self.bounds.low - _ROUNDING <= self.value <= self.bounds.high + _ROUNDING

    @property
    def score(self) -> float:
        """1 inside the bounds, falling to 0 at half a bound's value outside them, and 0 beyond the limit."""
        if self.is_met:
            return 1.0
        if self.value > self.bounds.limit:
            return 0.0
        bound = self.bounds.low if self.value < self.bounds.low else self.bounds.high
        return max(0.0, 1 - abs(self.value - bound) / (abs(bound) / 2 or _COUNTED))

    def __str__(self) -> str:
        return f"{self.name} {_short(self.value)} ({self.bounds})"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found.

    Attributes:
        rule: ``H1`` to ``H11``, ``S1`` to ``S18``.
        evidence: Which items, and where; of a rule that passed, what is worth knowing all the same.
    """

    rule: str
    measures: tuple[Measure, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """The rule in a few words."""
        return RULES[self.rule]

    @property
    def verdict(self) -> Verdict:
        if not self.measures:
            return Verdict.UNKNOWN
        return Verdict.PASS if all(measure.is_met for measure in self.measures) else Verdict.FAIL

    @property
    def score(self) -> float:
        """Of its worst measure; 1 where nothing could be measured."""
        return min((measure.score for measure in self.measures), default=1.0)


@dataclass(frozen=True)
class Report:
    """What all rules found on one collage.

    Attributes:
        hard: One of them failing means the collage is not sent.
        soft: Targets; each has a score.
    """

    hard: tuple[Finding, ...] = ()
    soft: tuple[Finding, ...] = ()

    @cached_property
    def failures(self) -> tuple[Finding, ...]:
        """The hard rules that failed."""
        return tuple(finding for finding in self.hard if finding.verdict is Verdict.FAIL)

    @cached_property
    def mean(self) -> float:
        """Of the soft scores."""
        return sum(finding.score for finding in self.soft) / len(self.soft) if self.soft else 1.0

    @cached_property
    def worst(self) -> Finding | None:
        """The soft rule with the lowest score; None when nothing was measured."""
        return min(self.soft, key=lambda finding: finding.score, default=None)

    @property
    def ships(self) -> bool:
        """No hard rule fails, and the soft ones are met well enough."""
        least = self.worst.score if self.worst else 1.0
        return not self.failures and self.mean >= LEAST_MEAN and least >= LEAST_SCORE

    def finding(self, rule: str) -> Finding:
        """What *rule* found.

        Raises:
            KeyError: It was not looked at.
        """
        found = {finding.rule: finding for finding in (*self.hard, *self.soft)}
        return found[rule]

    def to_json(self) -> dict[str, object]:
        """The report as values that `json` writes."""
        return {
            "ships": self.ships,
            "mean": round(self.mean, 4),
            "worst": self.worst.rule if self.worst else None,
            "failures": [finding.rule for finding in self.failures],
            "rules": [_json(finding) for finding in (*self.hard, *self.soft)],
        }

    def to_table(self) -> str:
        """The report as lines to read."""
        lines = [_line(finding) for finding in (*self.hard, *self.soft)]
        failed = ", ".join(finding.rule for finding in self.failures)
        worst = f"worst {self.worst.rule} {self.worst.score:.2f}" if self.worst else "nothing measured"
        verdict = "It ships" if self.ships else "It does not ship"
        hard = f"hard rules failing: {failed}" if failed else "no hard rule fails"
        return "\n".join([*lines, f"{verdict}: {hard}; soft mean {self.mean:.2f}, {worst}."])


def count(rule: str, name: str, faults: list[str] | tuple[str, ...]) -> Finding:
    """A rule that allows none of *faults*."""
    return Finding(rule, (Measure(name, len(faults), Range(high=0)),), tuple(faults))


def _line(finding: Finding) -> str:
    measures = ", ".join(map(str, finding.measures)) or "–"
    score = f"{finding.score:.2f}" if finding.rule.startswith("S") else "    "
    lines = [f"{finding.rule:4}{finding.verdict:8}{score}  {finding.says}: {measures}"]
    lines += [f"{'':18}{each}" for each in finding.evidence[:_SHOWN]]
    if len(finding.evidence) > _SHOWN:
        lines.append(f"{'':18}and {len(finding.evidence) - _SHOWN} more")
    return "\n".join(lines)


def _json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "says": finding.says,
        "verdict": finding.verdict.value,
        "score": round(finding.score, 4),
        "measures": [
            {
                "name": measure.name,
                "value": round(measure.value, 4),
                "low": measure.bounds.low if measure.bounds.low > float("-inf") else None,
                "high": measure.bounds.high if measure.bounds.high < float("inf") else None,
            }
            for measure in finding.measures
        ],
        "evidence": list(finding.evidence),
    }


def _short(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.3g}"
