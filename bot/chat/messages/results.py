"""Owns how lists of entries are shown: search results, entries like another one, the reader's own list."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.catalogue.page import Lack, Page, page_of
from bot.catalogue.query import parse_query
from bot.catalogue.terms import terms
from bot.chat.markup import Rich, bold, clipped, code, filled, italic, joined, rich
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import cited_year
from bot.chat.presses import ASK_SEARCH, LATEST, STILL, Find, Press, ShowEntry, TurnResults, TurnSaved
from bot.chat.shares import evenly
from bot.chat.spelling import fits
from bot.chat.typed import echo, question
from bot.model.entry import Entry, Topic
from bot.wording.dates import count

HEADING = "{subject} · {papers}"
PAPERS = ("paper", "papers")
ITEM = "{place} {title} ({year})"
TAKEN_AS_SEARCH = "I took that as a search. /help says what else there is."
LACKS = {
    Lack.YEAR: "There is no such paper of {year}; these are of other years.",
    Lack.WORDS: "No paper has all of these words; these have some.",
}
NOTHING_FOUND = "There is nothing on “{query}” in the archive."
NEAREST = "These words come close and do find something; or pick a topic."
TOPICS_INSTEAD = "These topics have the most papers."
ASK = "Type {example}, or any other word, name or year you are after."
EXAMPLE = "/search transformers 2021"
ASK_PRIVATE = "Type what you are after: a word, a name, a year. No command needed."
LIKE = "Like {title}"
NOTHING_LIKE = "Nothing in the archive is close to {title} yet."
YOUR_LIST = "Your list"
EMPTY_LIST = "Your list is empty. Press Save under a collage and it will be here."
LIST_IS_PRIVATE = "Your list is for your eyes: open it in our private chat."
OPEN_LIST = "Open my list"
CHOICE = "“{reference}” is more than one paper:"
NAMED = "These are the papers you named."
ABSENT = "Not in the archive: {papers}."
NEWEST = "The newest month"
NOT_YOURS = "Only who asked can turn these pages. /search makes a list of your own."
SAVED = "On your list. /saved shows it."
UNSAVED = "Off your list."
OLD_LIST = "This list is from an older version, here is a fresh one."
NO_PAGE = "·"
"""Where an arrow would lead nowhere: the row keeps its three cells, and nothing jumps under the thumb."""
SEARCH, SHOW_LATEST = "Search", "Latest"

PAGE_SIZE = 5
_TITLE_UNITS, _HEADLINE_UNITS, _BUTTON_UNITS = 480, 200, 30
_TOPICS_IN_A_ROW = 2


def results(found: Page[Entry], query: str, *, asker: int = 0, note: str = "") -> Message:
    """Write one page of what a search found.

    Args:
        query: What was asked, as `typed.question` gives it.
        asker: Who alone may turn the page; 0 for anybody.
        note: A line before the list.
    """

    def turned(page: int) -> Press:
        whole = TurnResults(page, asker, query)
        return whole if fits(whole) else TurnResults(page, asker, "")

    year = parse_query(query).year or ""
    lacks = joined((filled(says, year=year) for lack, says in LACKS.items() if lack in found.lacks), " ")
    listed = listing(bold(echo(query)), found, words=query, turned=turned, lacks=lacks)
    return Message(joined([listed.text, note], "\n\n"), listed.buttons)


def query_of(heading: str) -> str:
    """Read the query back from the first line of results, for queries that a button cannot carry; empty when cut."""
    subject, separator, _ = heading.partition("\n")[0].rpartition(" · ")
    query = question(subject.strip("\u200e\u2068\u2069"))
    return query if separator and not query.endswith("…") else ""


def listing(
    subject: Rich | str,
    shown: Page[Entry],
    *,
    words: str = "",
    turned: Callable[[int], Press] | None = None,
    lacks: Rich | str = "",
) -> Message:
    """Write a list of entries under a heading, with a button for each.

    Args:
        words: Terms to set in bold where titles have them.
        turned: The press that leads to another page; None when there is only this one.
        lacks: A line under the heading: what was asked for and is not there.
    """
    heading = joined([filled(HEADING, subject=subject, papers=count(shown.total, *PAPERS)), lacks], "\n")
    items, numbers = _items(shown.hits, words)
    turning = arrows(shown, turned) if turned else ()
    return Message(joined([heading, *items], "\n\n"), (numbers, turning))


def saved(shown: Page[Entry]) -> Message:
    """Write a page of the reader's own list."""
    if not shown.hits:
        return Message(rich(EMPTY_LIST), ((Button(SHOW_LATEST, LATEST), Button(SEARCH, ASK_SEARCH)),))
    return listing(bold(YOUR_LIST), shown, turned=TurnSaved)


def like(entry: Entry, similar: Sequence[Entry]) -> Message:
    """Write the entries nearest to *entry*."""
    title = italic(clipped(entry.paper.title, _TITLE_UNITS))
    if not similar:
        return Message(filled(NOTHING_LIKE, title=title), ((Button(SEARCH, ASK_SEARCH), Button(SHOW_LATEST, LATEST)),))
    return listing(filled(LIKE, title=title), page_of(similar, number=1, size=PAGE_SIZE))


def fresh(entries: Sequence[Entry], *, opening: str = OLD_LIST) -> Message:
    """Write the newest papers, in place of something that cannot be read any more; *opening* says of what."""
    newest = page_of(entries, number=1, size=PAGE_SIZE)
    buttons = (Button(SEARCH, ASK_SEARCH), Button(SHOW_LATEST, LATEST))
    if not entries:
        return Message(rich(opening), (buttons,))
    listed = listing(bold(NEWEST), newest)
    return Message(joined([opening, listed.text], "\n\n"), (*listed.buttons, buttons))


def list_is_private(address: str) -> Message:
    """Say where one's own list can be seen: at *address*."""
    return Message(rich(LIST_IS_PRIVATE), ((Button(OPEN_LIST, address),),))


def choice(reference: str, entries: Sequence[Entry]) -> Message:
    """Let the reader choose among the entries that one reference means."""
    items, numbers = _items(entries)
    return Message(joined([filled(CHOICE, reference=echo(reference)), *items], "\n\n"), (numbers,))


def several(entries: Sequence[Entry], absent: Sequence[str]) -> Message:
    """Offer the papers that one message names, and say which are not there."""
    items, numbers = _items(entries)
    missing = filled(ABSENT, papers=", ".join(f"arXiv:{paper}" for paper in absent)) if absent else Rich()
    if not items:
        return Message(missing, ((Button(SHOW_LATEST, LATEST), Button(SEARCH, ASK_SEARCH)),))
    return Message(joined([NAMED, *items, missing], "\n\n"), (numbers,))


def nothing_found(query: str, words: Sequence[str], topics: Sequence[Topic]) -> Message:
    """Say that a search found nothing, and offer what would."""
    nearest = tuple(Button(clipped(word, _BUTTON_UNITS), Find(word)) for word in words if fits(Find(word)))
    hint = NEAREST if nearest else TOPICS_INSTEAD
    text = joined([filled(NOTHING_FOUND, query=echo(query)), hint], " ")
    return Message(text, (nearest, *topic_buttons(topics)))


def ask(topics: Sequence[Topic], *, private: bool) -> Message:
    """Explain the search, with a few topics to begin with."""
    text = rich(ASK_PRIVATE) if private else filled(ASK, example=code(EXAMPLE))
    return Message(text, topic_buttons(topics))


def topic_buttons(topics: Sequence[Topic]) -> Rows:
    """One button per topic; it finds the papers that bear the topic, and not those that say its words."""
    finds = [(topic.name, Find("#" + topic.slug.replace("-", "_"))) for topic in topics]
    buttons = [Button(clipped(name, _BUTTON_UNITS), find) for name, find in finds if fits(find)]
    return evenly(buttons, _TOPICS_IN_A_ROW) if buttons else ()


def highlighted(title: str, wanted: frozenset[str]) -> Rich:
    """Set the words of *title* that carry a wanted term in bold."""
    if not wanted:
        return rich(title)
    return joined((_highlighted_word(word, wanted) for word in title.split()), " ")


def _highlighted_word(word: str, wanted: frozenset[str]) -> Rich:
    if not wanted & set(terms(word)):
        return rich(word)
    core = word.rstrip(".,:;!?)")
    return bold(core) + word[len(core) :]


def _items(entries: Sequence[Entry], words: str = "") -> tuple[list[Rich], tuple[Button, ...]]:
    wanted = frozenset(parse_query(words).terms)
    items = [_item(place, entry, wanted) for place, entry in enumerate(entries, start=1)]
    return items, tuple(Button(str(place), ShowEntry(entry.id)) for place, entry in enumerate(entries, start=1))


def _item(place: int, entry: Entry, wanted: frozenset[str]) -> Rich:
    title = highlighted(clipped(entry.paper.title, _TITLE_UNITS), wanted)
    named = filled(ITEM, place=bold(str(place)), title=title, year=cited_year(entry))
    return joined([named, italic(clipped(entry.text().headline, _HEADLINE_UNITS))], "\n")


def arrows(shown: Page[Any], turned: Callable[[int], Press]) -> tuple[Button, ...]:
    """The buttons that turn the pages of a list; none where there is only one page."""
    if shown.pages == 1:
        return ()
    nowhere = Button(NO_PAGE, STILL)
    back = Button("‹", turned(shown.number - 1)) if shown.number > 1 else nowhere
    on = Button("›", turned(shown.number + 1)) if shown.number < shown.pages else nowhere
    return back, Button(f"{shown.number}/{shown.pages}", STILL), on
