"""Owns which topics of the closed list a paper is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.catalogue.terms import compound_terms, compounds
from bot.model.entry import Topic

MOST = 4
_TITLE, _ABSTRACT = 5.0, 1.0
_OFTEN = 3  # more mentions than this tell no more
_LEAST = 2.0  # two mentions in the abstract, or one and a category that fits
_HINT = 1.2
_BROAD = frozenset({"cs.LG", "cs.AI", "stat.ML"})  # categories of any subject
_BROAD_HINT = 0.5
_SHARE = 0.25  # of the best topic's score
# Names too common in papers of any subject to tell what one is about.
_COMMON = frozenset(
    """prior frequency spectrum comparison review overview simulation attention causal brain cortex neurons
    embedding embeddings optimizer optimization optimisation generalization generalisation benchmark benchmarks
    benchmarking interpretable theory theorem transformer transformers fine-tuning finetuning pre-training pretraining
    interpolation extrapolation forecast convolution adam np lm cv attack survey retrieval normalization""".split()  # noqa: SIM905
)
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "cs.CL": ("language-models", "text-generation", "question-answering"),
    "cs.CV": ("computer-vision",),
    "eess.IV": ("computer-vision",),
    "cs.GR": ("computer-vision", "generative-models"),
    "cs.MM": ("computer-vision",),
    "cs.IR": ("retrieval",),
    "cs.RO": ("reinforcement-learning",),
    "cs.MA": ("reinforcement-learning",),
    "cs.NE": ("optimization",),
    "cs.CR": ("adversarial-robustness",),
    "cs.DL": ("science-of-science",),
    "cs.NA": ("scientific-computing",),
    "math.NA": ("scientific-computing",),
    "math.OC": ("optimization",),
    "math.ST": ("theory",),
    "stat.TH": ("theory",),
    "cs.DS": ("theory",),
    "cs.IT": ("theory",),
    "cs.CC": ("theory",),
    "cs.GT": ("theory",),
    "stat.ME": ("causality",),
    "q-bio.NC": ("neuroscience",),
    "physics": ("scientific-computing",),
    "astro-ph": ("scientific-computing",),
    "cond-mat": ("scientific-computing",),
    "q-bio": ("scientific-computing",),
    "q-fin": ("time-series",),
    "eess": ("time-series",),
    "cs.SD": ("representation-learning",),
    "cs.AI": ("language-models",),
    "cs.SE": ("language-models",),
    "cs.HC": ("language-models",),
    "cs.LG": ("generalization", "representation-learning"),
    "stat.ML": ("theory", "generalization"),
}
"""Topics that a category of arXiv speaks for, the likeliest first; the archive stands for its categories."""


def topics_of(title: str, abstract: str, categories: Sequence[str], topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Choose the topics a paper is about.

    Args:
        categories: arXiv's, the primary one first.
        topics: The closed list; at least one.

    Returns:
        1 to 4 of *topics*, the most telling first; where no word tells, what the categories speak for.
    """
    hints = {slug: rank for rank, slug in enumerate(_hints(categories))}
    in_title, in_abstract = _runs(title), _runs(abstract)
    scores = {topic.slug: _score(topic, in_title, in_abstract, is_hinted=topic.slug in hints) for topic in topics}
    best = max(scores.values(), default=0.0)
    told = [topic for topic in topics if scores[topic.slug] >= max(_LEAST, _SHARE * best)]
    if told:
        return tuple(sorted(told, key=lambda topic: -scores[topic.slug])[:MOST])
    hinted = dict.fromkeys(hints, _BROAD_HINT if _BROAD.issuperset(categories[:1]) else _HINT)
    return (
        max(topics, key=lambda topic: (scores[topic.slug] + hinted.get(topic.slug, 0.0), -hints.get(topic.slug, 0))),
    )


def _hints(categories: Iterable[str]) -> Iterator[str]:
    for category in categories:
        yield from _CATEGORIES.get(category, ()) or _CATEGORIES.get(category.split(".")[0], ())


def _score(topic: Topic, title: Counter[str], abstract: Counter[str], *, is_hinted: bool) -> float:
    names = {_key(name): name for name in (topic.name, topic.slug, *topic.aliases)}
    score = 0.0
    for key, name in names.items():
        weight = 0.25 if name.lower() in _COMMON else 1.0
        score += weight * (_TITLE * min(1, title[key]) + _ABSTRACT * min(_OFTEN, abstract[key]))
    return score + (_HINT if score and is_hinted else 0.0)


def _key(name: str) -> str:
    return " ".join(term for compound in compounds(name) for term in _parts(compound))


def _runs(text: str) -> Counter[str]:
    """How often every run of one to five terms stands in *text*."""
    terms = [term for compound in compounds(text) for term in _parts(compound)]
    return Counter(" ".join(terms[at : at + length]) for length in range(1, 6) for at in range(len(terms) - length + 1))


def _parts(compound: str) -> list[str]:
    """The terms of a word; of a hyphenated one its parts without their joined form."""
    found = compound_terms(compound)
    return found[:-1] if len(found) > 1 else found
