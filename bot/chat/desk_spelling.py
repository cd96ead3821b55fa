"""Owns how the presses of the desk are spelled: a verb and its arguments, and back."""

import re
from collections.abc import Callable

from bot.chat import sending_spelling
from bot.chat.desk_presses import (
    Anew,
    Ask,
    AskedFile,
    Deed,
    DeskPress,
    EditField,
    FixDate,
    HeldStep,
    ListQueue,
    OnDraft,
    OnHeld,
    OnOut,
    OnQueued,
    OutDeed,
    ShowDraft,
    ShowQueue,
    Sight,
    Step,
    TakeUp,
    TurnAsked,
    TurnCandidates,
)
from bot.chat.digits import COUNT, ID, PAGE, number
from bot.chat.sending_presses import SendingPress
from bot.chat.shapes import shape
from bot.editorial.correction import Field
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Theme

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SERIES = re.compile(r"[a-z0-9][a-z0-9-]*")
_SLOT = re.compile(r"\d{4}-(?:W\d{2}|\d{2})", re.ASCII)


def spelled(press: DeskPress) -> tuple[str, list[str]]:
    """The verb of *press* and its arguments."""
    if isinstance(press, SendingPress):
        return sending_spelling.spelled(press)
    match press:
        case OnDraft(deed, draft_id, revision, sight):
            return "desk", [deed, str(draft_id), str(revision), *_sight(sight)]
        case EditField(field, draft_id, revision, sight):
            return "field", [field, str(draft_id), str(revision), *_sight(sight)]
        case ShowDraft(entry_id):
            return "draft", [str(entry_id)]
        case TakeUp(arxiv_id, version, series):
            return "take", [_paper(arxiv_id, version), series]
        case Ask(arxiv_id, version):
            return "ask", [_paper(arxiv_id, version)]
        case Anew(attempt):
            verb, arguments = spelled(attempt)
            return "anew", [verb, *arguments]
        case TurnAsked(arxiv_id, version, wanted):
            return "turned", [_paper(arxiv_id, version), wanted.canvas, wanted.theme]
        case AskedFile(arxiv_id, version, wanted):
            return "file", [_paper(arxiv_id, version), wanted.canvas, wanted.theme]
        case ShowQueue(series, page):
            return "queue", [series, str(page)]
        case ListQueue(series):
            return "list", [series]
        case OnQueued(step, entry_id, place):
            return "wait", [step, str(entry_id), str(place)]
        case FixDate(entry_id, slot):
            return "date", [str(entry_id), slot]
        case TurnCandidates(page):
            return "week", [str(page)]
        case OnOut(deed, entry_id):
            return "out", [deed, str(entry_id)]
        case OnHeld(step, edition_id):
            return "since", [step, str(edition_id)]


def _sight(sight: Sight) -> list[str]:
    return [sight.canvas, sight.language]


def _paper(arxiv_id: ArxivId, version: int | None) -> str:
    return f"{arxiv_id}v{version}" if version else str(arxiv_id)


def _read_draft(arguments: str) -> DeskPress:
    deed, draft_id, revision, canvas, language = arguments.split(":")
    return OnDraft(Deed(deed), number(ID, draft_id), number(COUNT, revision), _read_sight(canvas, language))


def _read_field(arguments: str) -> DeskPress:
    field, draft_id, revision, canvas, language = arguments.split(":")
    return EditField(Field(field), number(ID, draft_id), number(COUNT, revision), _read_sight(canvas, language))


def _read_sight(canvas: str, language: str) -> Sight:
    return Sight(shape(canvas), _matching(_LANGUAGE, language))


def _read_take_up(arguments: str) -> TakeUp:
    paper, series = arguments.split(":")
    return TakeUp(*_read_paper(paper), _matching(_SERIES, series))


def _read_anew(arguments: str) -> DeskPress:
    verb, _, rest = arguments.partition(":")
    if verb == "take":
        return Anew(_read_take_up(rest))
    if verb == "ask":
        return Anew(Ask(*_read_paper(rest)))
    raise ValueError("nothing that can be tried again")


def _read_asked(arguments: str) -> tuple[ArxivId, int, Appearance]:
    paper, canvas, theme = arguments.split(":")
    arxiv_id, version = _read_paper(paper)
    if version is None:
        raise ValueError("a collage shows one version")
    return arxiv_id, version, Appearance(shape(canvas), Theme(theme))


def _read_queue(arguments: str) -> DeskPress:
    series, page = arguments.split(":")
    return ShowQueue(_matching(_SERIES, series), number(PAGE, page))


def _read_queued(arguments: str) -> DeskPress:
    step, entry_id, place = arguments.split(":")
    return OnQueued(Step(step), number(ID, entry_id), number(COUNT, place))


def _read_date(arguments: str) -> DeskPress:
    entry_id, slot = arguments.split(":")
    return FixDate(number(ID, entry_id), _matching(_SLOT, slot))


def _read_out(arguments: str) -> DeskPress:
    deed, entry_id = arguments.split(":")
    return OnOut(OutDeed(deed), number(ID, entry_id))


def _read_held(arguments: str) -> DeskPress:
    step, edition_id = arguments.split(":")
    return OnHeld(HeldStep(step), number(ID, edition_id))


def _read_paper(text: str) -> tuple[ArxivId, int | None]:
    found = ArxivId.find_versioned(text)
    if found is None or _paper(*found) != text:
        raise ValueError("not a paper as we write it")
    return found


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not a name of ours")
    return text


READERS: dict[str, Callable[[str], DeskPress]] = {
    "desk": _read_draft,
    "field": _read_field,
    "draft": lambda arguments: ShowDraft(number(ID, arguments)),
    "take": _read_take_up,
    "ask": lambda arguments: Ask(*_read_paper(arguments)),
    "anew": _read_anew,
    "turned": lambda arguments: TurnAsked(*_read_asked(arguments)),
    "file": lambda arguments: AskedFile(*_read_asked(arguments)),
    "queue": _read_queue,
    "list": lambda arguments: ListQueue(_matching(_SERIES, arguments)),
    "wait": _read_queued,
    "date": _read_date,
    "week": lambda arguments: TurnCandidates(number(PAGE, arguments)),
    "out": _read_out,
    "since": _read_held,
    **sending_spelling.READERS,
}
"""How each verb is read back; whatever its arguments cannot mean raises ValueError."""
