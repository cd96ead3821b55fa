"""Owns the verdict: every rule on one collage."""

from dataclasses import replace

from PIL import Image

from bot.collage.check.hard.figures import sharpness
from bot.collage.check.hard.rules import layout_rules, paper_rules
from bot.collage.check.reading import Reading
from bot.collage.check.report import Finding, Report
from bot.collage.check.soft import soft_rules
from bot.collage.frame import Frame
from bot.model.entry import Entry


def check(entry: Entry, frame: Frame, *, picture: Image.Image, encoded: bytes | None = None) -> Report:
    """Judge the collage of *entry* by every rule.

    Args:
        picture: Drawn from *frame*, before it was encoded.
        encoded: The file that is sent.
    """
    reading = Reading(frame)
    found = (*layout_rules(reading, picture, encoded), *paper_rules(reading, entry, picture))
    return Report(_ordered(found), _with_sharpness(soft_rules(reading, picture), reading, picture))


def check_layout(frame: Frame, *, picture: Image.Image, encoded: bytes | None = None) -> Report:
    """Judge a picture that is no collage of one paper, such as a cover, by the hard rules that hold for all."""
    return Report(layout_rules(Reading(frame), picture, encoded))


def _ordered(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: int(finding.rule[1:])))


def _with_sharpness(found: tuple[Finding, ...], reading: Reading, picture: Image.Image) -> tuple[Finding, ...]:
    """The findings with what the pixels say about the hero."""
    seen = sharpness(reading, picture)
    return tuple(replace(each, measures=(*each.measures, *seen)) if each.rule == "S17" else each for each in found)
