"""What the composer makes, judged by the checker; and two renders that must be one."""

import os
import subprocess
import sys

import pytest

from bot.collage.check.judge import check
from bot.collage.check.soft import soft_of_frame
from bot.collage.compose import compose
from bot.collage.draw import draw
from bot.model.canvas import Canvas, Theme
from tests.collage.samples import AWKWARD, CONVIT

PRINTED = """
from hashlib import sha256
from bot.collage.compose import compose
from bot.model.canvas import Canvas
from tests.collage.samples import CONVIT
for canvas in Canvas:
    print(sha256(compose(CONVIT, canvas).jpeg).hexdigest())
"""


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("canvas", list(Canvas))
def test_a_composed_collage_breaks_no_hard_rule(canvas: Canvas, theme: Theme) -> None:
    collage = compose(CONVIT, canvas, theme=theme)
    report = check(CONVIT, collage.frame, picture=draw(collage.frame), encoded=collage.jpeg)
    assert [(finding.rule, finding.evidence) for finding in report.failures] == []


@pytest.mark.slow
@pytest.mark.parametrize("canvas", [Canvas.SLIDE, Canvas.PORTRAIT])
@pytest.mark.parametrize("name", AWKWARD)
def test_whatever_an_entry_says_it_breaks_no_hard_rule(name: str, canvas: Canvas) -> None:
    collage = compose(AWKWARD[name], canvas)
    report = check(AWKWARD[name], collage.frame, picture=draw(collage.frame), encoded=collage.jpeg)
    assert [(finding.rule, finding.evidence) for finding in report.failures] == []


def test_scoring_a_frame_alone_measures_every_target() -> None:
    report = soft_of_frame(compose(CONVIT, Canvas.SLIDE).frame)
    assert [finding.rule for finding in report.soft] == [f"S{number}" for number in range(1, 19)]


@pytest.mark.slow
def test_two_renders_in_two_programs_are_equal_byte_for_byte() -> None:
    """H11: with another hash seed, so that no order of a set can hide."""
    found = [
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    assert len(set(found[0].split())) == len(Canvas)
