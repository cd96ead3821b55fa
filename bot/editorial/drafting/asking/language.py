"""Owns the words of a draft as a language model says them, as far as the paper bears them out."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.editorial.drafting.asking.answer import Answer, AnswerWithInsights, Text, TextWithInsights
from bot.editorial.drafting.asking.pointing import pointed
from bot.editorial.drafting.asking.prompt import asked, figures_shown
from bot.editorial.drafting.asking.sieve import Sieve
from bot.editorial.drafting.guard import evidence_of
from bot.editorial.drafting.saying.words import Words
from bot.errors import ModelUnusable
from bot.model.entry import EntryText
from bot.model.language import ENGLISH
from bot.model.manuscript import Manuscript
from bot.sources.language_model import LanguageModel

CHINESE = "zh"
_LEAST_CHARACTERS = 200  # of a paper; of less nothing can be said


async def spoken_words(model: LanguageModel, manuscript: Manuscript, plain: Words, *, insights: bool) -> Words:
    """Let *model* say what the paper says; whatever cannot be used is said as *plain* says it. Never raises.

    Args:
        plain: The words without a model, which stand in field by field.
        insights: True when the series says *Why* and *Key insights*.

    Returns:
        Words of which every number and name stands in the paper, with what was taken out, and a note where *plain*
        stands in.
    """
    if len(manuscript.record.abstract or manuscript.reading.abstract) < _LEAST_CHARACTERS:
        return _noted(plain, "The paper's abstract is too short to ask a language model about it.")
    try:
        answer = await model.ask(asked(manuscript, insights=insights))
    except ModelUnusable as error:
        return _noted(plain, f"{error} These are the paper's own sentences.")
    return await asyncio.to_thread(heard, answer, manuscript, plain, insights=insights)


def heard(answer: Mapping[str, object], manuscript: Manuscript, plain: Words, *, insights: bool) -> Words:
    """Make words of what a model answered; pure, takes a tenth of a second for a long paper."""
    said = (AnswerWithInsights if insights else Answer).read(answer)
    evidence = evidence_of(manuscript)
    english, chinese = Sieve(evidence), Sieve(evidence, CHINESE)
    texts = {ENGLISH: _text(said.en, english, plain.texts[ENGLISH])}
    if translated := _whole(said.zh, chinese):
        texts[CHINESE] = translated
    return replace(
        plain,
        texts=texts,
        annotations=pointed(said.annotations, figures_shown(manuscript), english),
        # What the plain draft notes is about its own sentences.
        notes=(*(plain.notes if english.misfits else ()), *_notes(english, chinese)),
        doubts={name: doubt for name, doubt in plain.doubts.items() if name in english.misfits},
        removed=(*plain.removed, *english.removed, *chinese.removed),
    )


def _text(said: Text, sieve: Sieve, instead: EntryText) -> EntryText:
    """The texts of one language; a field that cannot be used is said as *instead* says it."""
    shown = {
        "question": sieve.forms("question", said.question),
        "key_idea": sieve.forms("key idea", said.key_idea),
        "take_away": sieve.forms("take-away", said.take_away),
    }
    first = {name: forms[0] if forms else getattr(instead, name) for name, forms in shown.items()}
    shorter = {name: forms[1:] if forms else instead.shorter.get(name, ()) for name, forms in shown.items()}
    text = EntryText(
        headline=sieve.text("headline", said.headline) or instead.headline,
        question=first["question"],
        key_idea=first["key_idea"],
        summary=sieve.summary(said.summary) or instead.summary,
        take_away=first["take_away"],
        shorter={name: forms for name, forms in shorter.items() if forms},
    )
    if not isinstance(said, TextWithInsights):
        return text
    why = sieve.text("why", said.why) or instead.why
    insights = sieve.items("key insights", said.key_insights) or instead.key_insights
    return replace(text, why=why, key_insights=insights)


def _whole(said: Text, sieve: Sieve) -> EntryText | None:
    """The texts of a language that nothing else speaks; None unless every one of them can be used."""
    text = _text(said, sieve, EntryText(headline="", question="", key_idea="", summary="", take_away=""))
    return None if sieve.misfits else text


def _notes(english: Sieve, chinese: Sieve) -> Iterator[str]:
    if english.misfits:
        yield f"The language model's {_listed(english.misfits)} cannot be used; the paper's own sentences stand there."
    if chinese.misfits:
        yield f"The draft speaks no Chinese: of {_listed(chinese.misfits)} nothing usable was left."


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _noted(words: Words, note: str) -> Words:
    return replace(words, notes=(*words.notes, note))
