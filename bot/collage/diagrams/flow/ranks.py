"""Owns in which rank every node of a flow stands.

Source: K. Sugiyama, S. Tagawa, M. Toda, Methods for Visual Understanding of Hierarchical System Structures, 1981.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.collage.diagrams.drawing import Drawing

_LABELLED = 2  # ranks an arrow with words spans at least: the words stand in the one between


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rank of every node, counted from 0, and the arrows that lead back, by their index."""

    ranks: Mapping[str, int]
    back: frozenset[int]


def ranked(drawing: Drawing) -> Ranked:
    """Rank the nodes so that arrows lead onwards, but for those that close a circle."""
    home = _homes(drawing)
    links = {
        i: (home[edge.start], home[edge.end], _LABELLED if edge.label else 1)
        for i, edge in enumerate(drawing.edges)
        if home[edge.start] != home[edge.end]
    }
    homes = list(dict.fromkeys(home.values()))
    back = _closing(homes, links)
    onward = [link for i, link in links.items() if i not in back]
    ranks = _pulled(_longest(homes, onward), onward)
    used = sorted(set(ranks.values()) | _between(onward, ranks))
    place = {rank: i for i, rank in enumerate(used)}
    return Ranked({name: place[ranks[home[name]]] for name in home}, frozenset(back))


def _homes(drawing: Drawing) -> dict[str, str]:
    """Nodes of one row share a home: they get one rank."""
    home = {node.name: node.name for node in drawing.nodes}
    for row in drawing.rows:
        joined = {home[name] for name in row}
        home = {name: home[row[0]] if at in joined else at for name, at in home.items()}
    return home


def _closing(homes: Sequence[str], links: Mapping[int, tuple[str, str, int]]) -> set[int]:
    """The arrows that lead back to where the walk came from; the walk follows the order of the lines."""
    leaving: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, (start, end, _) in links.items():
        leaving[start].append((i, end))
    entered = {end for _, end, _ in links.values()}
    closing: set[int] = set()
    done: set[str] = set()
    for root in sorted(homes, key=lambda name: name in entered):
        _walk(root, leaving, (done, []), closing)
    return closing


def _walk(
    name: str, leaving: Mapping[str, list[tuple[int, str]]], seen: tuple[set[str], list[str]], closing: set[int]
) -> None:
    done, way = seen
    if name in done:
        return
    way.append(name)
    for i, end in leaving.get(name, ()):
        if end in way:
            closing.add(i)
        else:
            _walk(end, leaving, seen, closing)
    way.pop()
    done.add(name)


def _longest(homes: Sequence[str], onward: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    ranks = dict.fromkeys(homes, 0)
    for _ in homes:
        for start, end, span in onward:
            ranks[end] = max(ranks[end], ranks[start] + span)
    return ranks


def _pulled(ranks: dict[str, int], onward: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    """Move nodes that nothing leads to beside the first node they lead to."""
    entered = {end for _, end, _ in onward}
    latest: dict[str, int] = {}
    for start, end, span in onward:
        latest[start] = min(latest.get(start, ranks[end] - span), ranks[end] - span)
    return {name: rank if name in entered else latest.get(name, rank) for name, rank in ranks.items()}


def _between(onward: Sequence[tuple[str, str, int]], ranks: Mapping[str, int]) -> set[int]:
    """The ranks in which words of arrows stand."""
    return {(ranks[start] + ranks[end]) // 2 for start, end, span in onward if span == _LABELLED}
