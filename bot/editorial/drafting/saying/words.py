"""Owns the words of a draft, and how they are made without a language model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.editorial.drafting.saying.choice import Beside, Choice, choose, telling
from bot.editorial.drafting.saying.claims import RESULT, Claim, claims_in
from bot.editorial.drafting.saying.headline import headline_of, title_as_statement
from bot.editorial.drafting.saying.last_resort import filled_summary
from bot.editorial.drafting.saying.material import (
    Said,
    read_abstract,
    read_rest,
    read_results,
    read_sections,
    read_title,
    tidied,
)
from bot.editorial.drafting.saying.numbers import listed
from bot.editorial.drafting.saying.rhetoric import Move
from bot.editorial.drafting.saying.shown import Shown, besides, choose_shown
from bot.editorial.drafting.saying.summary import summary_of
from bot.editorial.drafting.saying.topics import topics_of
from bot.editorial.drafting.saying.wishes import INSIGHT, KEY_IDEA, METHOD_INSIGHT, QUESTION, TAKE_AWAY, WHY, Wish
from bot.model.draft import Removal
from bot.model.entry import EntryText, Topic
from bot.model.language import ENGLISH
from bot.model.manuscript import Manuscript
from bot.model.panel import Annotation, Number, Shorter

_INSIGHTS = (INSIGHT, INSIGHT, METHOD_INSIGHT, INSIGHT)
_TELLING_HEADLINE = 5  # terms; a sentence with fewer tells less than the title
_VAGUE = re.compile(
    r"(?:This|The) (?:\w+ )?(?:authors?|paper|work|study|approach|method|model|findings|results|"
    r"framework|architecture|system|solution|algorithm|"
    r"theory|implementation|contributions?|experiments|analysis|technique|dataset|benchmark|"
    r"(?:core|key|main|basic|central) \w+)\b"
)
_OF_OTHERS = frozenset({Move.BACKGROUND, Move.GAP, Move.QUESTION})
_ENGLISH_WORDS = frozenset("the of and to in a is that for we with on are as this by an be from".split())  # noqa: SIM905
_ENGLISH_SHARE = 0.12
_JUDGED_FROM = 20  # words


@dataclass(frozen=True, slots=True)
class Words:
    """What a draft says.

    Attributes:
        texts: By language code; English is always there.
        topics: 1 to 4 of the closed list, the most telling first.
        numbers: Each with its source; the first is the one to show huge. May be empty.
        notes: What an editor should know, one sentence each.
        doubts: What an editor should know of one field, by its name; it says the name where it has ``{}``.
        removed: What the fact guard took out.
        annotations: In English, by number of the figure; they point into the whole figure as the paper shows it.
    """

    texts: Mapping[str, EntryText]
    topics: tuple[Topic, ...]
    numbers: tuple[Number, ...]
    notes: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()
    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes and the doubts; fields of which there is the same to say share a sentence."""
        named = {doubt: [name for name, said in self.doubts.items() if said == doubt] for doubt in self.doubts.values()}
        return (*self.notes, *(doubt.format(", ".join(names)) for doubt, names in named.items()))


def plain_words(manuscript: Manuscript, *, topics: Sequence[Topic], insights: bool) -> Words:
    """Say what the paper says in its own sentences, shortened where they must be, without a language model.

    Always gives texts that an entry may have; where the paper does not help, the title and its record stand in, and a
    note says so.

    Args:
        topics: The closed list; at least one.
        insights: True when the series says *Why* and *Key insights*.
    """
    abstract, sections = read_abstract(manuscript), read_sections(manuscript)
    said = (*read_title(manuscript), *abstract, *sections)
    title = tidied(manuscript.record.paper.title)
    claims, results = list(_claims(said)), read_results(manuscript)
    if not any(claim.weight >= RESULT for claim in claims):
        claims += _claims(results)
    shown = choose_shown(said, (*results, *read_rest(manuscript)), title, claims)
    summary = summary_of(abstract, core=_core(shown)) or summary_of(said, core=_core(shown))
    why = _why(said, shown) if insights else None
    take_away = _text(shown.take_away, title, TAKE_AWAY)
    text = EntryText(
        headline=headline_of(title, _headlines(shown)),
        question=_text(shown.question, title, QUESTION),
        key_idea=_text(shown.key_idea, title, KEY_IDEA),
        summary=summary or filled_summary(manuscript.record, abstract),
        take_away=take_away,
        why=(why.text if why else _text(shown.question, title, WHY)) if insights else None,
        key_insights=(_insights(said, shown, why) or (take_away,)) if insights else (),
        shorter=_shorter(shown),
    )
    return Words(
        texts={ENGLISH: text},
        topics=topics_of(title, " ".join(each.text for each in abstract), manuscript.record.categories, topics),
        numbers=listed(claims, shown.forms, title),
        notes=() if _is_english(abstract) else ("The abstract does not look like English: write the texts anew.",),
        doubts=dict(_doubts(shown, has_summary=bool(summary))),
    )


def _claims(said: Sequence[Said]) -> Iterator[Claim]:
    """What the sentences claim; those that speak of the work of others claim no results."""
    for each in said:
        found = claims_in(each.text, source=each.source)
        yield from (claim for claim in found if claim.weight < RESULT or each.move not in _OF_OTHERS)


def _core(shown: Shown) -> tuple[Said, ...]:
    return tuple(each.said for each in shown.choices)


def _text(chosen: Choice | None, title: str, wish: Wish) -> str:
    return chosen.text if chosen else title_as_statement(title, most=wish.most)


def _shorter(shown: Shown) -> dict[str, Shorter]:
    found = {"question": shown.question, "key_idea": shown.key_idea, "take_away": shown.take_away}
    return {name: each.shorter for name, each in found.items() if each and each.shorter}


def _headlines(shown: Shown) -> Iterator[str]:
    for each in (shown.key_idea, shown.take_away):
        forms = (each.text, *each.shorter) if each else ()
        yield from (form for form in forms if telling(form) >= _TELLING_HEADLINE and not _VAGUE.match(form))


def _why(said: Sequence[Said], shown: Shown) -> Choice | None:
    """Why it matters: what is missing or open, else what follows; not what the collage says already."""
    left = besides(said, _core(shown))
    return choose(left, WHY, Beside()) or choose(left, INSIGHT, Beside())


def _insights(said: Sequence[Said], shown: Shown, why: Choice | None) -> tuple[str, ...]:
    """Results first, then how; what nothing else says already, in the order of the paper."""
    left = besides(said, (*_core(shown), *((why.said,) if why else ())))
    found: list[Choice] = []
    for wish in _INSIGHTS:
        if each := choose(left, wish, Beside()):
            left = besides(left, [each.said])
            found.append(each)
    found.sort(key=lambda each: said.index(each.said))
    return tuple(each.text for each in found)


def _doubts(shown: Shown, *, has_summary: bool) -> Iterator[tuple[str, str]]:
    for name, each in _named(shown):
        if each is None:
            yield name, "No sentence of the paper could serve as {}, so the title stands in: write it anew."
    if not has_summary:
        yield "summary", "The abstract does not give a {} of 80 to 105 words: write it anew."
    if shown.question and shown.question.said.move not in {Move.QUESTION, Move.GAP, Move.PURPOSE}:
        yield "question", "The paper does not say plainly what it asks: look at the {}."
    if shown.take_away and shown.take_away.said.move not in {Move.RESULT, Move.CONCLUSION}:
        yield "take-away", "The paper does not say in few words what it found: look at the {}."


def _named(shown: Shown) -> tuple[tuple[str, Choice | None], ...]:
    return (("question", shown.question), ("key idea", shown.key_idea), ("take-away", shown.take_away))


def _is_english(abstract: Sequence[Said]) -> bool:
    words = [word.lower().strip(",.;:") for each in abstract for word in each.text.split()]
    if len(words) < _JUDGED_FROM:
        return True
    return sum(word in _ENGLISH_WORDS for word in words) >= _ENGLISH_SHARE * len(words)
