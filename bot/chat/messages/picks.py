"""Owns how one entry is shown: the caption of its collage, its buttons, and the rest of its text."""

import re
from dataclasses import dataclass, replace

from bot.chat.markup import CAPTION_LIMIT, TEXT_LIMIT, Rich, bold, clipped, filled, italic, joined, quotation, rich
from bot.chat.messages.links import HEARD, ICONS, LABELS, labelled
from bot.chat.messages.message import Button, Message, Rows, without_picture
from bot.chat.presses import RANDOM, DropSaved, FullSize, MoreLike, ReadOn, ToggleSaved, TurnCanvas
from bot.chat.shares import evenly
from bot.model.canvas import Appearance, Canvas
from bot.model.entry import Entry
from bot.model.paper import Paper
from bot.wording.translation import N_, _
from bot.wording.translation import language as spoken

HEADING = "{series} {number} · {title}"
UNNUMBERED_HEADING = "{series} · {title}"
PREPRINT = "arXiv {year}"
NO_PICTURE = N_("The collage cannot be drawn right now. Here is its text.")
RERUN = N_("From the archive")
WHY = N_("🎖 Why")
KEY_INSIGHTS = N_("💡 Key insights")
SHAPES = {Canvas.PORTRAIT: N_("Portrait"), Canvas.SLIDE: N_("Slide"), Canvas.SQUARE: N_("Square")}
FULL_SIZE = N_("Full size")
SAVE, SAVED, MORE_LIKE_THIS, READ_ON, ANOTHER = (
    N_("Save"),
    N_("Saved ✓"),
    N_("More like this"),
    N_("Read on"),
    N_("Another"),
)

_STANDARD = Appearance()
_BUTTONS_IN_A_ROW = 3
# How much of a caption each piece may take at most, so that all of them together leave the caption whole. No paper in
# sight has a title of more than 200 units.
_SERIES, _TITLE, _BYLINE, _HEADLINE, _TOPIC = 40, 480, 120, 200, 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A full stop ends a sentence when a capital, a digit or a quotation mark follows, and no abbreviation stands before it;
# a Chinese one always does.
_SENTENCE_END = re.compile(
    r"(?<!\bal)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\bFig)[.?!…][”’\")]?\s+(?=[A-Z0-9“‘\"(])"
    r"|[。？！][”’」』）]*\s*"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text divided at the end of a sentence."""

    head: str
    rest: str


def pick(
    entry: Entry,
    *,
    shown: Appearance = _STANDARD,
    rerun: bool = False,
    another: bool = False,
    is_saved: bool = False,
) -> Message:
    """Write what stands under a collage: a caption of at most 1,024 units, and its buttons."""
    buttons = pick_buttons(entry, shown=shown, another=another, is_saved=is_saved)
    return Message(caption(entry, rerun=rerun), buttons)


def caption(entry: Entry, *, rerun: bool = False, language: str | None = None) -> Rich:
    """Write the caption of a collage; the summary is cut at a sentence when it does not fit.

    Args:
        language: That of the entry's own words; None for the one that is spoken.
    """
    told = language or spoken()
    head, foot = _head(entry, rerun=rerun, language=told), _foot(entry)
    summary = summary_cut(entry, rerun=rerun, language=told).head
    if not summary.strip():
        return joined([head, foot], "\n\n")
    # A quotation has room of its own below it.
    return joined([joined([head, quotation(summary)], "\n\n"), foot], "\n")


def summary_cut(entry: Entry, *, rerun: bool = False, language: str) -> Cut:
    """Divide the summary into what the caption holds and what is left."""
    frame = joined([_head(entry, rerun=rerun, language=language), _foot(entry)], "\n\n")
    return cut(entry.text(language).summary, CAPTION_LIMIT - frame.length - len("\n\n"))


def cut(text: str, limit: int) -> Cut:
    """Divide *text* after the last sentence that fits into *limit* UTF-16 units; possibly there is none."""
    if rich(text).length <= limit:
        return Cut(text, "")
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    end = max((end for end in ends if rich(text[:end].rstrip()).length <= limit), default=0)
    return Cut(text[:end].rstrip(), text[end:])


def pick_buttons(entry: Entry, *, shown: Appearance = _STANDARD, another: bool = False, is_saved: bool = False) -> Rows:
    """The buttons under a collage that is *shown* like that."""
    save = save_button(entry.id, is_saved=is_saved)
    return (
        (turn_button(entry.id, shown), save, Button(_(MORE_LIKE_THIS), MoreLike(entry.id))),
        *evenly(_further_buttons(entry, shown=shown, another=another), _BUTTONS_IN_A_ROW),
    )


def turn_button(entry_id: int, shown: Appearance) -> Button:
    """The button that swaps the shape that is *shown* for the other one, in the same colours."""
    return Button(_(SHAPES[shown.turned.canvas]), TurnCanvas(entry_id, shown.turned))


def full_size_button(entry_id: int, shown: Appearance) -> Button:
    """The button that sends what is *shown* as a file, without loss."""
    return Button(_(FULL_SIZE), FullSize(entry_id, shown))


def file_name(entry: Entry, shown: Appearance) -> str:
    """What the file of a collage in full size is called: ``27-convit-portrait.png``."""
    theme = () if shown.theme is _STANDARD.theme else (shown.theme,)
    return "-".join((entry.slug.rpartition("/")[2], shown.canvas, *theme)) + ".png"


def save_button(entry_id: int, *, is_saved: bool) -> Button:
    """The button that puts an entry on the reader's list, or shows that it is there and takes it off."""
    return Button(_(SAVED), DropSaved(entry_id)) if is_saved else Button(_(SAVE), ToggleSaved(entry_id))


def undrawn(message: Message) -> Message:
    """The pick without its picture, which cannot be drawn just now."""
    message = without_picture(message)
    return replace(message, text=joined([_(NO_PICTURE), message.text], "\n\n"))


def has_more(entry: Entry) -> bool:
    """Tell whether the entry says more than its caption."""
    # Asked with the longest head there is, so that the button does not depend on where the caption was sent.
    text = entry.text(spoken())
    return bool(summary_cut(entry, rerun=True, language=spoken()).rest or text.why or text.key_insights)


def rest_of(entry: Entry) -> Message:
    """Write what the caption had no room for, as a message of its own."""
    rest = summary_cut(entry, rerun=True, language=spoken()).rest
    title = heading(entry)
    left = TEXT_LIMIT - title.length - len("\n\n")
    body = joined([clipped(rest, left), insights(entry)], "\n\n")
    if not body:  # the button is older than the language: here the caption had room for everything
        body = rich(clipped(entry.text(spoken()).summary, left))
    if body.length > left:
        body = rich(clipped(body.plain, left))
    return Message(joined([title, body], "\n\n"))


def insights(entry: Entry) -> Rich:
    """Why the paper was picked and what to take home, where the entry says it."""
    text = entry.text(spoken())
    why = joined([bold(_(WHY)), text.why], "\n") if text.why else Rich()
    points = joined((f"• {point}" for point in text.key_insights), "\n")
    return joined([why, joined([bold(_(KEY_INSIGHTS)), points], "\n") if points else Rich()], "\n\n")


def heading(entry: Entry) -> Rich:
    """The series with its number, and the title, in bold."""
    series, title = clipped(entry.series.name, _SERIES), clipped(entry.paper.title, _TITLE)
    if entry.number is None:
        return bold(filled(UNNUMBERED_HEADING, series=series, title=title))
    return bold(filled(HEADING, series=series, number=str(entry.number), title=title))


def byline(entry: Entry) -> Rich:
    """Who wrote it, and where it was published: ``d'Ascoli et al. · ICML 2021``."""
    return paper_byline(entry.paper)


def paper_byline(paper: Paper) -> Rich:
    """Who wrote a paper, and where it was published."""
    venue = paper.venue or PREPRINT.format(year=paper.year)
    if not _YEAR.search(venue):
        venue = f"{venue} {paper.year}"
    return rich(clipped(f"{paper.byline} · {venue}", _BYLINE))


def cited_year(entry: Entry) -> str:
    """The one year that lists and captions say: when it was published at its venue, else when it was written."""
    return next(iter(_YEAR.findall(entry.paper.venue or "")), str(entry.paper.year))


def _head(entry: Entry, *, rerun: bool, language: str) -> Rich:
    top = joined([italic(_(RERUN)) if rerun else "", heading(entry), byline(entry)], "\n")
    return joined([top, italic(clipped(entry.text(language).headline, _HEADLINE))], "\n\n")


def _foot(entry: Entry) -> Rich:
    links = labelled(it for it in entry.all_links if it.kind not in HEARD)
    # Telegram ends a hashtag at a hyphen. One topic is enough: the first is the main one, and the line stays a line.
    tags = [clipped("#" + topic.slug.replace("-", "_"), _TOPIC) for topic in entry.topics[:1]]
    return joined([links, *tags], "\n")


def _further_buttons(entry: Entry, *, shown: Appearance, another: bool) -> tuple[Button, ...]:
    heard = [Button(f"{ICONS[it.kind]} {_(LABELS[it.kind])}", it.url) for it in entry.all_links if it.kind in HEARD]
    more = [Button(_(READ_ON), ReadOn(entry.id))] if has_more(entry) else []
    last = [Button(_(ANOTHER), RANDOM)] if another else []
    return (*heard, *more, full_size_button(entry.id, shown), *last)
