"""Owns how lists of entries are shown: search results, entries like another one, the reader's own list."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.catalogue.highlighting import matched, synonyms_of
from bot.catalogue.page import Correction, Lack, Page, page_of
from bot.catalogue.query import Query, parse_query
from bot.chat.markup import Rich, bold, clipped, code, filled, isolated, italic, joined, rich, sentences, strung
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import cited_year
from bot.chat.presses import (
    ASK_SEARCH,
    CITE_SAVED,
    LATEST,
    STILL,
    DropListed,
    Find,
    Press,
    PruneSaved,
    ShowEntry,
    TurnResults,
    TurnSaved,
)
from bot.chat.shares import evenly
from bot.chat.spelling import fits
from bot.chat.typed import echo, question
from bot.model.entry import Entry, Topic
from bot.wording.lists import comma
from bot.wording.translation import N_, _, language, ngettext

HEADING = "{subject} · {papers}"
ITEM = "{place} {title} ({year})"
TAKEN_AS_SEARCH = N_("I took that as a search. /help says what else there is.")
LACKS = {
    Lack.AUTHOR: N_("There is no such paper by {said}; these are by others."),
    Lack.TOPIC: N_("There is no such paper on {said}; these are on other topics."),
    Lack.SERIES: N_("There is no such paper in {said}; these are of other series."),
    Lack.YEAR: N_("There is no such paper of {said}; these are of other years."),
    Lack.MONTH: N_("There is no such paper of {said}; these are of other months."),
    Lack.PHRASE: N_("No paper says that just so; these have its words."),
    Lack.WORDS: N_("No paper has all of these words; these have some."),
    Lack.EXCLUDED: N_("There is nothing without {said}."),
}
"""In the order in which they are said."""
DID_YOU_MEAN = N_("Did you mean “{query}”?")
NOTHING_FOUND = N_("There is nothing on “{query}” in the archive.")
NEAREST = N_("These words come close and do find something; or pick a topic.")
TOPICS_INSTEAD = N_("These topics have the most papers.")
ASK = N_("Type {example}, or any other word, name or year you are after.")
EXAMPLE = "/search transformers 2021"
ASK_PRIVATE = N_("Type what you are after: a word, a name, a year. No command needed.")
LIKE = N_("Like {title}")
NOTHING_LIKE = N_("Nothing in the archive is close to {title} yet.")
YOUR_LIST = N_("Your list")
EMPTY_LIST = N_("Your list is empty. Press Save under a collage and it will be here.")
BIBTEX, PRUNE, DONE = "BibTeX", N_("Take some off"), N_("Done")
OFF = "✕ {place}"
PRUNING = N_("A number takes its paper off the list.")
LIST_IS_PRIVATE = N_("Your list is for your eyes: open it in our private chat.")
OPEN_LIST = N_("Open my list")
CHOICE = N_("“{reference}” is more than one paper:")
NAMED = N_("These are the papers you named.")
ABSENT = N_("Not in the archive: {papers}.")
NEWEST = N_("The newest month")
NOT_YOURS = N_("Only who asked can turn these pages. /search makes a list of your own.")
SAVED = N_("On your list. /saved shows it.")
UNSAVED = N_("Off your list.")
OLD_LIST = N_("This list is from an older version, here is a fresh one.")
NO_PAGE = "·"
"""Where an arrow would lead nowhere: the row keeps its three cells, and nothing jumps under the thumb."""
SEARCH, SHOW_LATEST = N_("Search"), N_("Latest")

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
    return _results(_Found(found), query, asker, note, language())


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A page that hashes fast: while the catalogue stands, the same question gives the same entries."""

    page: Page[Entry]

    def __hash__(self) -> int:
        return hash((self.page.number, *(entry.id for entry in self.page.hits)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Found) and self.page == other.page


@lru_cache(maxsize=500)  # readers ask alike
def _results(known: _Found, query: str, asker: int, note: str, _language: str) -> Message:
    found = known.page

    def turned(page: int) -> Press:
        whole = TurnResults(page, asker, query)
        return whole if fits(whole) else TurnResults(page, asker, "")

    asked = parse_query(query)
    lacks = sentences(filled(_(says), said=_said(asked, lack)) for lack, says in LACKS.items() if lack in found.lacks)
    meant = _meant(found.instead)
    hint = filled(_(DID_YOU_MEAN), query=echo(found.instead.query)) if found.instead and meant else ""
    listed = listing(bold(echo(query)), found, turned=turned, lacks=joined([lacks, hint], "\n"))
    return Message(joined([listed.text, _(note)], "\n\n"), (*listed.buttons, *filter(None, [meant])))


def _said(asked: Query, lack: Lack) -> str:
    """The part of a question that nothing fulfils, as it was typed."""
    if lack is Lack.EXCLUDED:
        return comma().join(isolated(word.typed) for word in asked.excluded)
    return comma().join(isolated(it.said) for it in asked.conditions if it.demand.value == lack.value)


def _meant(instead: Correction | None) -> tuple[Button, ...]:
    """The button that asks the question as it may have been meant."""
    if instead is None or not fits(Find(instead.query)):
        return ()
    return (Button(clipped(instead.query, _BUTTON_UNITS), Find(instead.query)),)


def query_of(heading: str) -> str:
    """Read the query back from the first line of results, for queries that a button cannot carry; empty when cut."""
    subject, separator, _rest = heading.partition("\n")[0].rpartition(" · ")
    query = question(subject.strip("\u200e\u2068\u2069"))
    return query if separator and not query.endswith("…") else ""


def listing(
    subject: Rich | str,
    shown: Page[Entry],
    *,
    turned: Callable[[int], Press] | None = None,
    lacks: Rich | str = "",
) -> Message:
    """Write a list of entries under a heading, with a button for each.

    Args:
        turned: The press that leads to another page; None when there is only this one.
        lacks: A line under the heading: what was asked for and is not there.
    """
    heading = joined(
        [filled(HEADING, subject=subject, papers=ngettext("{number} paper", "{number} papers", shown.total)), lacks],
        "\n",
    )
    items, numbers = _items(shown.hits, shown.reading)
    turning = arrows(shown, turned) if turned else ()
    return Message(joined([heading, *items], "\n\n"), (numbers, turning))


def saved(shown: Page[Entry], *, pruning: bool = False) -> Message:
    """Write a page of the reader's own list.

    Args:
        pruning: The numbers take papers off the list, instead of showing them.
    """
    if not shown.hits:
        return Message(rich(_(EMPTY_LIST)), (elsewhere(),))
    listed = listing(bold(_(YOUR_LIST)), shown, turned=PruneSaved if pruning else TurnSaved)
    if not pruning:
        further = (Button(_(BIBTEX), CITE_SAVED), Button(_(PRUNE), PruneSaved(shown.number)))
        return Message(listed.text, (*listed.buttons, further))
    _numbers, *turning = listed.buttons
    off = tuple(
        Button(OFF.format(place=place), DropListed(entry.id, shown.number)) for place, entry in enumerate(shown.hits, 1)
    )
    return Message(
        joined([listed.text, _(PRUNING)], "\n\n"), (off, *turning, (Button(_(DONE), TurnSaved(shown.number)),))
    )


def like(entry: Entry, similar: Sequence[Entry]) -> Message:
    """Write the entries nearest to *entry*."""
    title = italic(clipped(entry.paper.title, _TITLE_UNITS))
    if not similar:
        return Message(
            filled(_(NOTHING_LIKE), title=title), ((Button(_(SEARCH), ASK_SEARCH), Button(_(SHOW_LATEST), LATEST)),)
        )
    return listing(filled(_(LIKE), title=title), page_of(similar, number=1, size=PAGE_SIZE))


def fresh(entries: Sequence[Entry], *, opening: str = OLD_LIST) -> Message:
    """Write the newest papers, in place of something that cannot be read any more; *opening* says of what."""
    newest = page_of(entries, number=1, size=PAGE_SIZE)
    buttons = (Button(_(SEARCH), ASK_SEARCH), Button(_(SHOW_LATEST), LATEST))
    if not entries:
        return Message(rich(_(opening)), (buttons,))
    listed = listing(bold(_(NEWEST)), newest)
    return Message(joined([_(opening), listed.text], "\n\n"), (*listed.buttons, buttons))


def elsewhere() -> tuple[Button, ...]:
    """Where to go when there is nothing here: the newest collage, and the search."""
    return Button(_(SHOW_LATEST), LATEST), Button(_(SEARCH), ASK_SEARCH)


def list_is_private(address: str) -> Message:
    """Say where one's own list can be seen: at *address*."""
    return Message(rich(_(LIST_IS_PRIVATE)), ((Button(_(OPEN_LIST), address),),))


def choice(reference: str, entries: Sequence[Entry]) -> Message:
    """Let the reader choose among the entries that one reference means."""
    items, numbers = _items(entries)
    return Message(joined([filled(_(CHOICE), reference=echo(reference)), *items], "\n\n"), (numbers,))


def several(entries: Sequence[Entry], absent: Sequence[str]) -> Message:
    """Offer the papers that one message names, and say which are not there."""
    items, numbers = _items(entries)
    missing = filled(_(ABSENT), papers=comma().join(f"arXiv:{paper}" for paper in absent)) if absent else Rich()
    if not items:
        return Message(missing, (elsewhere(),))
    return Message(joined([_(NAMED), *items, missing], "\n\n"), (numbers,))


def nothing_found(
    query: str, words: Sequence[str], topics: Sequence[Topic], *, instead: Correction | None = None
) -> Message:
    """Say that a search found nothing, and offer what would: what may have been meant, or near words; and topics."""
    nearest = tuple(Button(clipped(word, _BUTTON_UNITS), Find(word)) for word in words if fits(Find(word)))
    meant = _meant(instead)
    if instead and meant:
        hint = filled(_(DID_YOU_MEAN), query=echo(instead.query))
    else:
        hint = rich(_(NEAREST if nearest else TOPICS_INSTEAD))
    text = sentences([filled(_(NOTHING_FOUND), query=echo(query)), hint])
    return Message(text, (*filter(None, [meant or nearest]), *topic_buttons(topics)))


def ask(topics: Sequence[Topic], *, private: bool) -> Message:
    """Explain the search, with a few topics to begin with."""
    text = rich(_(ASK_PRIVATE)) if private else filled(_(ASK), example=code(EXAMPLE))
    return Message(text, topic_buttons(topics))


def topic_buttons(topics: Sequence[Topic]) -> Rows:
    """One button per topic; it finds the papers that bear the topic, and not those that say its words."""
    finds = [(topic.name_in(language()), find_topic(topic)) for topic in topics]
    buttons = [Button(clipped(name, _BUTTON_UNITS), find) for name, find in finds if find is not None]
    return evenly(buttons, _TOPICS_IN_A_ROW) if buttons else ()


def find_topic(topic: Topic) -> Find | None:
    """The press that finds the papers that bear *topic*; None where no button can carry it."""
    find = Find("#" + topic.slug.replace("-", "_"))
    return find if fits(find) else None


def highlighted(text: str, asked: Query | None, *, synonyms: Collection[Sequence[str]] = ()) -> Rich:
    """Set what was *asked* for in bold where *text* says it."""
    pieces, end = list[Rich | str](), 0
    for start, stop in matched(text, asked, synonyms=synonyms) if asked else ():
        pieces += [text[end:start], bold(text[start:stop])]
        end = stop
    return strung([*pieces, text[end:]])


def _items(entries: Sequence[Entry], asked: Query | None = None) -> tuple[list[Rich], tuple[Button, ...]]:
    items = [_item(place, entry, asked) for place, entry in enumerate(entries, start=1)]
    return items, tuple(Button(str(place), ShowEntry(entry.id)) for place, entry in enumerate(entries, start=1))


def _item(place: int, entry: Entry, asked: Query | None) -> Rich:
    synonyms = synonyms_of(entry)
    title = highlighted(clipped(entry.paper.title, _TITLE_UNITS), asked, synonyms=synonyms)
    named = filled(ITEM, place=bold(str(place)), title=title, year=cited_year(entry))
    headline = clipped(entry.text(language()).headline, _HEADLINE_UNITS)
    return joined([named, italic(highlighted(headline, asked, synonyms=synonyms))], "\n")


def arrows(shown: Page[Any], turned: Callable[[int], Press]) -> tuple[Button, ...]:
    """The buttons that turn the pages of a list; none where there is only one page."""
    if shown.pages == 1:
        return ()
    nowhere = Button(NO_PAGE, STILL)
    back = Button("‹", turned(shown.number - 1)) if shown.number > 1 else nowhere
    on = Button("›", turned(shown.number + 1)) if shown.number < shown.pages else nowhere
    return back, Button(f"{shown.number}/{shown.pages}", STILL), on
