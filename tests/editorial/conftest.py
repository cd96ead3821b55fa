"""A small content folder to break in every way."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

TOPICS = "graphs: {name: Graphs, aliases: [network]}\nvision: {name: Vision, aliases: []}\n"
ALIASES = "convit: [ConViT, gated attention]\n"
NUMBERED = "name: Weekly\ndescription: One a week.\ntotal: 52\ntimezone: UTC\nweekly_at: mon 09:00\n"
COLLAGE = """panels:
  - kind: number
    value: 81.3 %
  - kind: equation
    latex: E = mc^2
    caption: Energy.
    source: eq. 1
  - kind: chart
    type: bar
    title: Accuracy
    caption: The lead.
    source: Table 2
    categories: [5 %, 10 %]
    series:
      - name: ConViT
        highlight: true
        values: [47.8, null]
"""
SUMMARY = " ".join(["word"] * 90)
ENTRY = f"""---
number: 1
month: 2021-08
state: published
paper:
  arxiv: 2103.10697v2
  title: "ConViT: a title"
  authors: [Ada Lovelace, Alan Turing]
  year: 2021
  venue: ICML 2021
links:
  code: https://github.com/a/b
topics: [vision, graphs]
aliases: [convit]
numbers:
  - value: 81.3 %
    meaning: accuracy
    against: 79.8 % for DeiT
    source: Table 1
---

# A headline of few words.

## Question

What is asked?

## Key idea

How it
is answered.

## Summary

{SUMMARY}

## Take-away

What stays.
"""


def picture(colour: str) -> bytes:
    """A small PNG in *colour* on white."""
    encoded = BytesIO()
    drawn = Image.new("RGB", (320, 200), "white")
    drawn.paste(colour, (40, 30, 280, 170))
    drawn.save(encoded, "PNG")
    return encoded.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder with one numbered series and one entry in it."""
    folder = tmp_path / "content"
    (folder / "weekly" / "01-convit").mkdir(parents=True)
    (folder / "topics.yaml").write_text(TOPICS)
    (folder / "aliases.yaml").write_text(ALIASES)
    (folder / "weekly" / "series.yaml").write_text(NUMBERED)
    (folder / "weekly" / "01-convit" / "entry.md").write_text(ENTRY)
    (folder / "weekly" / "01-convit" / "collage.yaml").write_text(COLLAGE)
    return folder


@pytest.fixture
def png() -> bytes:
    """A small picture."""
    return picture("navy")


@pytest.fixture
def add(root: Path) -> Callable[..., Path]:
    """Add an entry like the first one under another number and paper."""

    def add(folder: str, *, number: int, arxiv: str, state: str = "published") -> Path:
        path = root / "weekly" / folder / "entry.md"
        path.parent.mkdir()
        changed = ENTRY.replace("number: 1", f"number: {number}").replace("2103.10697v2", arxiv)
        if state == "queued":  # such an entry bears no month yet
            changed = changed.replace("month: 2021-08\n", "")
        path.write_text(changed.replace("state: published", f"state: {state}"))
        return path

    return add
