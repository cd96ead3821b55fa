"""Owns how arrows of a drawing are read."""

import re
from collections.abc import Iterator

from bot.collage.diagrams.drawing import Edge, Tone
from bot.collage.diagrams.statements import TONES, Fault, Word

ARROWS = frozenset({"->", "<-", "<->", "--", "..>", "<..", "<..>", ".."})


def edges_of(words: list[Word]) -> Iterator[Edge]:
    """``a b -> c -> d "label" accent``: every neighbouring pair; the label stands on the last."""
    stops, arrows = _chain(words)
    label, options = _edge_options(words)
    if len(stops) != len(arrows) + 1 or not all(stops):
        raise Fault("an arrow has no end; write a name on both sides, as in `a -> b`")
    for i, arrow in enumerate(arrows):
        is_last = i == len(arrows) - 1
        for k, start in enumerate(stops[i]):
            for m, end in enumerate(stops[i + 1]):
                says = label if is_last and k == m == 0 else ""
                yield _edge((start, end), arrow, says, options)


def _chain(words: list[Word]) -> tuple[list[list[str]], list[str]]:
    stops: list[list[str]] = [[]]
    arrows: list[str] = []
    rest = iter(words)
    for word in rest:
        if word.is_quoted:
            continue
        if word.text in ARROWS:
            arrows.append(word.text)
            stops.append([])
        elif word.text == "bend":
            next(rest, None)
        elif word.text not in TONES and word.text != "straight":
            stops[-1].append(word.text)
    return stops, arrows


def _edge_options(words: list[Word]) -> tuple[str, dict[str, object]]:
    texts = [word.text for word in words if word.is_quoted]
    if len(texts) > 1:
        raise Fault("an arrow has one text; write each labelled arrow on a line of its own")
    bare = [word.text for word in words if not word.is_quoted]
    options: dict[str, object] = {}
    for word in bare:
        if word in TONES:
            options["tone"] = Tone(word)
    if "straight" in bare:
        options["is_straight"] = True
    if "bend" in bare:
        after = bare[bare.index("bend") + 1 :]
        if not after or not re.match(r"-?\d*\.?\d+\Z", after[0]):
            raise Fault("after `bend` comes a share of the length, as in 0.3 or -0.3")
        options["bend"] = float(after[0])
    return (texts[0] if texts else ""), options


def _edge(ends: tuple[str, str], arrow: str, label: str, options: dict[str, object]) -> Edge:
    start, end = ends
    is_backward = arrow.startswith("<") and not arrow.endswith(">")
    if is_backward:
        start, end = end, start
    return Edge(
        start,
        end,
        label,
        is_dashed="." in arrow,
        has_head=arrow.endswith(">") or is_backward,
        has_tail=arrow.startswith("<") and arrow.endswith(">"),
        **options,  # type: ignore[arg-type]
    )
