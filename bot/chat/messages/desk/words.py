"""Owns how the words of a draft are listed, asked for anew, and confirmed."""

from collections.abc import Sequence

from bot.chat.asked import Asked, address
from bot.chat.desk_presses import Deed, EditField, OnDraft, ShowDraft, Sight
from bot.chat.markup import Rich, bold, clipped, code, filled, isolated, joined, link, rich
from bot.chat.messages.desk.card import BACK, LANGUAGES, PREVIEW, name
from bot.chat.messages.links import ICONS, LABELS
from bot.chat.messages.message import Button, Message
from bot.chat.shares import evenly
from bot.editorial.correction import MOST_INSIGHTS, Field
from bot.editorial.sections import CHARACTERS, SUMMARY_CHARACTERS, WORDS
from bot.errors import DraftChanged
from bot.model.draft import DeskDraft
from bot.model.entry import Entry, Topic
from bot.model.language import CHINESE, ENGLISH
from bot.model.paper import LinkKind
from bot.wording.translation import N_, _

HEADING = N_("Words of {name}")
IN_LANGUAGE = "{heading} · {language}"
SAYS = N_("{label}: {text}")
EMPTY = "–"
ASK = N_("{field} of “{title}”")
PRESENT = N_("Now it says (a tap copies it):")
ABSENT = N_("There is none yet.")
REPLY = N_("Reply to this message with the new one: {rule}.")
SHORTER = N_("Shorter forms, for small places, go on lines of their own: {medium} and {short}")
TOPICS = N_("Choose from: {topics}.")
KEPT = N_("{field}: changed. The preview shows it.")
CHANGED = N_("Somebody changed it meanwhile, so nothing was overwritten.")
RESET_WORDS = N_("Reset the words")
FIELDS = {
    Field.HEADLINE: N_("Headline"),
    Field.QUESTION: N_("Question"),
    Field.KEY_IDEA: N_("Key idea"),
    Field.SUMMARY: N_("Summary"),
    Field.TAKE_AWAY: N_("Take-away"),
    Field.WHY: N_("Why"),
    Field.KEY_INSIGHTS: N_("Key insights"),
    Field.TOPICS: N_("Topics"),
}
_LINKS = {Field(kind.value): kind for kind in LinkKind if kind is not LinkKind.PAPER}
_WITH_FORMS = frozenset({Field.QUESTION, Field.KEY_IDEA, Field.TAKE_AWAY})
_INSIGHTS = frozenset({Field.WHY, Field.KEY_INSIGHTS})
RULES = {
    Field.HEADLINE: N_("at most {most} words"),
    Field.QUESTION: N_("one or two sentences"),
    Field.KEY_IDEA: N_("at most {most} words"),
    Field.SUMMARY: N_("one paragraph, {least} to {most} words, at most {characters} characters"),
    Field.TAKE_AWAY: N_("at most {most} words"),
    Field.WHY: N_("a sentence or two"),
    Field.KEY_INSIGHTS: N_("one in a line, at most {most}"),
    Field.TOPICS: N_("1 to 4, with commas between them"),
}
CHINESE_RULES = {
    Field.HEADLINE: N_("at most {most} characters"),
    Field.KEY_IDEA: N_("at most {most} characters"),
    Field.SUMMARY: N_("one paragraph, {least} to {most} characters"),
    Field.TAKE_AWAY: N_("at most {most} characters"),
}
"""Chinese is counted otherwise."""
LINK_RULE = N_("its address, or - to take it away")

_IN_A_ROW = 3
_SHOWN, _TITLE, _PRESENT, _REASON = 260, 120, 2400, 500  # units


def words(draft: DeskDraft, sight: Sight, verdict: Rich) -> Message:
    """List what a draft says in the language it is looked at, with a button for every field."""
    language = LANGUAGES.get(sight.language, sight.language)
    title = filled(_(HEADING), name=name(draft.entry))
    several = len(draft.entry.texts) > 1
    heading = bold(filled(IN_LANGUAGE, heading=title, language=language) if several else title)
    lines = [_line(draft.entry, field, sight.language) for field in _fields(draft.entry)]
    edits = [Button(label_of(field), _edit(field, draft, sight)) for field in _fields(draft.entry)]
    is_changed = draft.entry.texts != draft.drafted.texts
    last = (
        Button(_(BACK), OnDraft(Deed.CARD, draft.id, draft.revision, sight)),
        *([Button(_(RESET_WORDS), OnDraft(Deed.RESET_WORDS, draft.id, draft.revision, sight))] if is_changed else []),
    )
    text = joined([joined([heading, verdict], "\n"), *lines], "\n\n")
    return Message(text, (*evenly(edits, _IN_A_ROW), last))


def prompt(asked: Asked, draft: DeskDraft, username: str, *, topics: Sequence[Topic], complaint: str = "") -> Message:
    """Ask for a field anew, and show what it says now.

    Args:
        topics: The closed list, for whoever is asked for topics.
        complaint: What was wrong with the answer that came before.
    """
    subject = link(address(asked, username), label_of(asked.field))  # the first link: what is asked is read from it
    title = isolated(clipped(draft.entry.paper.title, _TITLE))
    language = [LANGUAGES.get(asked.sight.language, asked.sight.language)] if asked.sight.language != ENGLISH else []
    head = joined([filled(_(ASK), field=subject, title=title), *language], " · ")
    present = present_text(draft.entry, asked.field, asked.sight.language)
    shown = joined([_(PRESENT), code(clipped(present, _PRESENT))], "\n") if present else rich(_(ABSENT))
    wrong = bold(isolated(clipped(complaint, _REASON)))
    return Message(
        joined([joined([head, wrong], "\n"), shown, _rule(asked.field, topics, asked.sight.language)], "\n\n")
    )


def kept(field: Field, draft: DeskDraft) -> Message:
    """Say that a field was changed."""
    return Message(filled(_(KEPT), field=bold(label_of(field))), ((Button(_(PREVIEW), ShowDraft(draft.id)),),))


def too_late(error: DraftChanged, draft_id: int) -> Message:
    """Say why an answer came too late to be taken."""
    return Message(rich(clipped(str(error), _REASON)), ((Button(_(PREVIEW), ShowDraft(draft_id)),),))


def present_text(entry: Entry, field: Field, language: str = ENGLISH) -> str:
    """What a field says now, in the form in which it is typed; empty where it says nothing."""
    text = entry.text(language)
    if field in _LINKS:
        return next((it.url for it in entry.links if it.kind is _LINKS[field]), "")
    match field:
        case Field.TOPICS:
            return ", ".join(topic.slug for topic in entry.topics)
        case Field.KEY_INSIGHTS:
            return "\n".join(text.key_insights)
        case _:
            forms = text.shorter.get(field, ())
            lengths = ("Medium", "Short") if len(forms) > 1 else ("Short",)
            typed = [f"{length}: {form}" for length, form in zip(lengths, forms, strict=False)]
            return "\n".join([getattr(text, field) or "", *typed]).strip()


def label_of(field: Field) -> str:
    """What a field is called on its button and in sentences."""
    kind = _LINKS.get(field)
    return f"{ICONS[kind]} {_(LABELS[kind])}" if kind else _(FIELDS[field])


def _fields(entry: Entry) -> tuple[Field, ...]:
    told = (field for field in FIELDS if entry.series.insights or field not in _INSIGHTS)
    return (*told, *_LINKS)


def _edit(field: Field, draft: DeskDraft, sight: Sight) -> EditField:
    return EditField(field, draft.id, draft.revision, sight)


def _line(entry: Entry, field: Field, language: str) -> Rich:
    present = present_text(entry, field, language)
    first = isolated(clipped(present.partition("\n")[0] if field in _WITH_FORMS else present, _SHOWN))
    if field in _LINKS and not first:
        return Rich()
    return filled(_(SAYS), label=bold(label_of(field)), text=first or EMPTY)


def _bounds(field: Field, language: str) -> str:
    """What a field may say in a language."""
    is_chinese = language == CHINESE and field in CHINESE_RULES
    says = CHINESE_RULES[field] if is_chinese else RULES.get(field, LINK_RULE)
    bounds = (CHARACTERS if is_chinese else WORDS).get(FIELDS.get(field, ""), (1, MOST_INSIGHTS))
    return _(says).format(least=bounds[0], most=bounds[1], characters=SUMMARY_CHARACTERS)


def _rule(field: Field, topics: Sequence[Topic], language: str) -> Rich:
    asked = filled(_(REPLY), rule=_bounds(field, language))
    if field in _WITH_FORMS:
        forms = filled(_(SHORTER), medium=code("Medium: …"), short=code("Short: …"))
        return joined([asked, forms], "\n")
    if field is Field.TOPICS:
        known = clipped(", ".join(topic.slug for topic in topics), 1200)
        return joined([asked, filled(_(TOPICS), topics=known)], "\n\n")
    return asked
