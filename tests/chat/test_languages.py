"""What an ordinary reader is told, in both languages, in a private chat, in a group and in a topic of a forum."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from bot.chat.markup import CAPTION_LIMIT, units
from bot.chat.messages import about, picks, settings, settings_leaves, wishes
from bot.chat.services import Services
from bot.chat.watch import warn_editors
from bot.model.entry import Entry
from bot.model.language import CHINESE, ENGLISH
from bot.publishing.queue import Queue
from bot.sandbox import ADA, FORUM, GROUP, NOOR, PAPERS, Message
from bot.store import preferences, subscriptions
from bot.wording.chinese import HAN, set_chinese
from bot.wording.translation import _, speaking
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import with_editors


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody reads.

    Attributes:
        reader: Who asks, and may change what comes there.
        guest: Who may not; None where nobody else is.
    """

    chat_id: int
    reader: int
    guest: int | None = None
    thread_id: int = 0


PLACES = {
    (ENGLISH, "private"): Place(ADA, ADA),
    (CHINESE, "private"): Place(NOOR, NOOR),
    **{(language, "group"): Place(GROUP, ADA, NOOR) for language in (ENGLISH, CHINESE)},
    **{(language, "topic"): Place(FORUM, ADA, NOOR, PAPERS) for language in (ENGLISH, CHINESE)},
}
ASKED = {
    "/start": 1, "/help": 1, "/random": 1, "/month 2022-01": 6, "/month 2021": 1, "/month 1999-03": 1,
    "/month 2022-13": 1, "/month qwxz": 1, "/month july": 1, "/search": 1, "/search 强化学习": 1, "/search qwxz": 1,
    "/search transformers 2009": 1, "/paper": 1, "/paper 27": 1, "/paper 99": 1, "/paper 2401.99999": 1,
    "/paper qwxz": 1, "/saved": 1, "/about": 1, "/privacy": 1, "/cite": 1, "/cite 27": 1, "/cite bengio": 1,
    "/collage": 1, "/collage qwxz": 1, "/subscribe": 1, "/subscribe fri 18:00 Europe/Berlin": 1, "/subscribe qwxz": 1,
    "/subscribe fri sat 18:00": 1, "/settings qwxz": 1, "/settings pause 9 years": 1, "/settings pause qwxz": 1,
    "/settings quiet": 1, "/why": 1, "/unsubscribe": 1, "/why@collage_bot": 1, "/qwxz@collage_bot": 1,
}  # fmt: skip
"""What is typed, and how many messages answer it."""
PRESSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/latest", (picks.SAVE, picks.SAVE, "Slide", picks.FULL_SIZE, picks.MORE_LIKE_THIS)),
    ("/unsubscribe", (wishes.SUBSCRIBE_BUTTON,)),
    ("/settings", (settings.ALL_TOPICS_BUTTON, settings_leaves.ALL, "‹ Back", settings.PAUSE_BUTTON)),
    ("/settings", (settings.PAUSE_BUTTON, settings_leaves.SPANS[next(iter(settings_leaves.SPANS))])),
    ("/settings", (settings.QUIET,)),
    ("/forget", (about.KEEP_BUTTON,)),
)
"""What is typed, and the buttons that are pressed one after another, by their English names."""
FOR_ADMINS = ("/subscribe", "/unsubscribe", "/settings quiet", "/forget")


@dataclass
class Told:
    """Everything somebody was told."""

    messages: dict[tuple[object, ...], Message] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)

    def hear(self, messages: Iterable[Message]) -> None:
        """Remember messages as they stand now; they may be edited later."""
        self.messages |= {(it.message_id, it.text, it.keyboard): it for it in messages}

    @property
    def labels(self) -> set[str]:
        """What stood on buttons."""
        return {button.text for it in self.messages.values() for row in it.keyboard for button in row}

    @property
    def prose(self) -> Iterator[str]:
        """Every text, caption, label and toast; what is to be copied or typed stands as ``Xy``."""
        yield from map(without_code, self.messages.values())
        yield from self.labels
        yield from self.toasts


async def walk(stage: Stage, language: str, place: Place) -> Told:
    """Go through everything that an ordinary reader can say and press."""
    if place.guest is not None:
        async with stage.services.database.writing() as conn:
            await subscriptions.see_chat(conn, place.chat_id, kind="supergroup", title="", now=stage.services.clock())
            await preferences.choose_language(conn, place.chat_id, language)
    told = Told()
    for text, answers in ASKED.items():
        await _say(stage, place, told, text, answers=answers)
    for text, labels in PRESSED:
        await _say(stage, place, told, text)
        for label in labels:
            await _press(stage, place, told, language, label)
    await _say(stage, place, told, "/topics")
    if place.guest is not None:
        await _press(stage, place, told, language, "›", by=place.guest)
        for text in FOR_ADMINS:
            await _say(stage, place, told, text, by=place.guest)
    await _say(stage, place, told, "/forget")  # the language that was chosen, too
    await _press(stage, place, told, language, about.FORGET_BUTTON)
    return told


async def _say(stage: Stage, place: Place, told: Told, text: str, *, answers: int = 1, by: int | None = None) -> None:
    command, *words = text.split(" ")
    addressed = command if place.guest is None or "@" in command else f"{command}@collage_bot"
    told.hear(
        await stage.ask(
            " ".join([addressed, *words]),
            answers=answers,
            chat_id=place.chat_id,
            user_id=by or place.reader,
            thread_id=place.thread_id,
        )
    )


async def _press(stage: Stage, place: Place, told: Told, language: str, label: str, by: int | None = None) -> None:
    with speaking(language):
        said = _(label)
    on_it = next(b for m in reversed(stage.sent(place.chat_id)) for row in m.keyboard for b in row if said in b.text)
    toast = await stage.press(on_it.text, chat_id=place.chat_id, user_id=by or place.reader)
    told.toasts.append(toast.text)
    told.hear(stage.sent(place.chat_id)[-8:])


def without_code(message: Message) -> str:
    """The text of a message; in place of what is set as code stands a word."""
    text = message.text.encode("utf-16-le")
    for entity in sorted(message.content.entities, key=lambda it: it.offset, reverse=True):
        if entity.kind in {"code", "pre"}:
            text = text[: 2 * entity.offset] + "Xy".encode("utf-16-le") + text[2 * (entity.offset + entity.length) :]
    return text.decode("utf-16-le")


NAMES = frozenset(
    {
        "arXiv",
        "BibTeX",
        "ID",
        "Telegram",
        "English",
        "UTC",
        "GAN",
        "Transformer",
        "Xy",
        "qwxz",
        "sat",
        "transformers",
        "bengio",
    }
)
"""Latin words that Chinese sentences use; the rest of them stand in the entries."""
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_NOT_PROSE = re.compile(r"https?://\S+|[/#@][A-Za-z_]+|\barXiv:\S+")
_HAN = re.compile(f"[{HAN}]")
_ICONS = re.compile("(?: ?[📝🗣🤖🕹✍🎧✓·]\ufe0f?)+$")
_BUTTON_HAN = 10  # characters that a button of two in a row shows whole on a phone
_DATE = re.compile(r"\d+年(?:\d+月)?|\d+月\d+日")


def names_of(entries: Iterable[Entry]) -> list[str]:
    """What entries call themselves in every language: titles, authors, venues, series; the longest first."""
    found: set[str] = set()
    for entry in entries:
        found |= {entry.paper.title, picks.byline(entry).plain, entry.series.name, entry.paper.byline}
    return sorted(found, key=len, reverse=True)


def nameless(text: str, names: Iterable[str]) -> str:
    """*text* with a word in place of every name."""
    bare = re.sub("[\u2066-\u2069\u200e]", "", text)
    for name in names:
        bare = bare.replace(name, "Xy")
    return bare


def is_set_well(line: str) -> bool:
    """Claim that a line with Chinese in it is punctuated and spaced as Chinese is printed."""
    dated = _DATE.sub("Xy 日", _ICONS.sub("", line))  # months and days are set close, as the locale has them
    return not _HAN.search(line) or set_chinese(dated) == dated


def texts_of(entry: Entry) -> Iterator[str]:
    """What is said of an entry in Chinese wherever it is shown."""
    text = entry.text(CHINESE)
    yield from (text.headline, text.summary, text.why or "", *text.key_insights)
    yield from (topic.name_in(CHINESE) for topic in entry.topics)


async def entries_of(stage: Stage) -> list[Entry]:
    """Every paper of the archive."""
    return [
        entry
        for month in await stage.services.library.months()
        for entry in (await stage.services.library.month(month))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["private", "group", "topic"])
async def test_a_chinese_reader_is_told_everything_in_chinese_as_it_is_printed(stage: Stage, where: str) -> None:
    entries = await entries_of(stage)
    told = await walk(stage, CHINESE, PLACES[CHINESE, where])
    prose = [nameless(said, names_of(entries)) for said in told.prose]
    known = NAMES | {word for entry in entries for text in texts_of(entry) for word in _WORD.findall(text)}
    assert {
        (word, said) for said in prose for word in _WORD.findall(_NOT_PROSE.sub(" ", said)) if word not in known
    } == set()
    assert [line for said in prose for line in said.splitlines() if not is_set_well(line)] == []
    assert max(units(it.text) for it in told.messages.values() if it.media) <= CAPTION_LIMIT
    assert [label for label in told.labels if len(_HAN.findall(label)) > _BUTTON_HAN] == []


@pytest.mark.slow
@pytest.mark.parametrize("where", ["private", "group", "topic"])
async def test_an_english_reader_is_told_everything_in_english(stage: Stage, where: str) -> None:
    told = await walk(stage, ENGLISH, PLACES[ENGLISH, where])
    chinese = [said for said in told.prose if _HAN.search(said.replace("强化学习", ""))]
    assert [said for said in chinese if said not in set(settings.LANGUAGE_NAMES.values())] == []


async def test_what_telegram_shows_of_us_is_chinese_for_a_chinese_reader(stage: Stage) -> None:
    menu = stage.sandbox.menu(NOOR, NOOR)
    shown = [stage.sandbox.profile_text(kind, NOOR) for kind in ("description", "short_description")]
    assert menu
    assert all(_HAN.search(said) for said in (*(command.description for command in menu), *shown))


async def test_inline_answers_speak_the_language_of_who_types(stage: Stage) -> None:
    found = await stage.sandbox.ask_inline("vit", user_id=NOOR)
    nothing = await stage.sandbox.ask_inline("qwxz", user_id=NOOR)
    assert found is not None
    assert nothing is not None
    assert all(_HAN.search(result.description) for result in found.results)
    assert _HAN.search(nothing.button["text"])


async def test_an_editor_is_warned_in_their_own_language(services: Services) -> None:
    queue = Queue(services.database, services.series, lambda: NOW.replace(day=22))
    async with on_stage(with_editors(replace(services, queue=queue), ADA, NOOR)) as stage:
        for editor in (ADA, NOOR):
            await stage.ask("/subscribe", chat_id=editor)
        await warn_editors(stage.application.bot, stage.services)
        assert stage.sent(ADA)[-1].text.startswith("Nothing is queued for ML-Collage on Monday 23 November")
        assert stage.sent(NOOR)[-1].text.startswith("11月23日星期一 09:00 UTC，ML-Collage 还没有排论文。")
