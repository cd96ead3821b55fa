"""Owns what `/status` shows editors: who goes out next, what became of the last ones, the chats, and how we are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.desk_presses import HeldStep, OnHeld
from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined, rich, sentences
from bot.chat.messages.desk.card import name
from bot.chat.messages.desk.editions import edition_name
from bot.chat.messages.message import Button, Message
from bot.chat.presses import STATUS
from bot.chat.sending_presses import OnRefused, RefusedStep, ShowDoubts
from bot.model.edition import DeliveryState, Edition, EditionKind, EditionState
from bot.model.entry import Series
from bot.publishing.queue import QueuedEntry
from bot.store.doubtful import Doubts
from bot.store.health import Size
from bot.store.tallies import Audience
from bot.wording.dates import moment_name, short_day_name
from bot.wording.lists import comma
from bot.wording.translation import N_, _, ngettext

HEADING = N_("Status")
AS_OF = N_("As of {moment}")
SENT_LAST, HOW_WE_ARE = N_("Sent last"), N_("The bot")
QUEUED = "{series} · {papers}"
WAITS = "{moment} · {name} · {title}"
NOTHING_QUEUED, NO_DATE = N_("Nothing is queued."), N_("no date")
NOTHING_SENT = N_("Nothing has been sent yet.")
LINE = N_("{edition}, {day}: {counts}.")
SKIPPED, HELD = N_("skipped"), N_("held")
NOBODY = N_("nobody gets it")
COUNTS = {
    DeliveryState.SENT: N_("{number} arrived"),
    DeliveryState.FAILED: N_("{number} failed"),
    DeliveryState.IN_DOUBT: N_("{number} in doubt"),
    DeliveryState.SKIPPED: N_("{number} not wanted or too late"),
    DeliveryState.PENDING: N_("{number} waiting"),
    DeliveryState.SENDING: N_("{number} on the way"),
}
CHATS = N_("Chats: {counts}.")
SUBSCRIBED, PAUSED, SILENCED, GONE = (
    N_("{number} subscribed"), N_("{number} paused"), N_("{number} do not let me post"), N_("{number} gone"),
)  # fmt: skip
DATABASE, FREE = N_("{kind}, {size}."), N_("{size} free on its disk.")
LAST_TICK, NO_TICK = N_("Last tick: {moment}."), N_("No tick yet.")
RESTS = N_("Nothing is sent before {moment}.")
VERSION = N_("Version {version}.")
STATUS_BUTTON, REFRESH = N_("Status"), N_("Refresh")
DOUBTS_BUTTON, HELD_BUTTON = N_("In doubt: {edition}"), N_("Held: {edition}")

_TITLE, _LABEL = 60, 40
_SERIES, _BUTTONS = 4, 4


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is.

    Attributes:
        last_tick: When a process came round last; None if none did.
        rests_until: Nothing of an edition leaves before; None where nothing rests.
        waiting: Updates that are not handled yet.
    """

    size: Size
    last_tick: datetime | None
    rests_until: datetime | None
    waiting: int
    version: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything there is to say.

    Attributes:
        queues: Of every series with a rhythm, who goes out when.
        silenced: How many chats have us but do not let us post.
        maybe_out: What may have gone out before the database was restored.
        timezone: Of the instants that belong to no series.
    """

    now: datetime
    timezone: str
    queues: Sequence[tuple[Series, Sequence[QueuedEntry]]]
    last: Sequence[tuple[Edition, Counter[DeliveryState]]]
    audience: Audience
    silenced: int
    health: Health
    doubts: Sequence[tuple[Edition, Doubts]]
    refused: Sequence[Edition]
    maybe_out: Sequence[Edition]


def status(it: Status) -> Message:
    """Say how everything stands, with buttons to what needs a decision."""
    as_of = filled(_(AS_OF), moment=_moment(it, it.now))
    parts = [
        joined([bold(_(HEADING)), as_of], "\n"),
        *(_queue(series, listed) for series, listed in it.queues[:_SERIES]),
        joined([bold(_(SENT_LAST)), *(map(_line, it.last) if it.last else [_(NOTHING_SENT)])], "\n"),
        _chats(it),
        joined([bold(_(HOW_WE_ARE)), *_health(it)], "\n"),
    ]
    doubts = [
        (Button(clipped(_(DOUBTS_BUTTON).format(edition=_short(edition)), _LABEL), ShowDoubts(edition.id)),)
        for edition, _doubts in it.doubts[:_BUTTONS]
    ]
    refused = [
        (Button(clipped(_(HELD_BUTTON).format(edition=_short(one)), _LABEL), OnRefused(RefusedStep.SHOW, one.id)),)
        for one in it.refused[:_BUTTONS]
    ]
    return Message(joined(parts, "\n\n"), (*_restored(it.maybe_out), *refused, *doubts, (Button(_(REFRESH), STATUS),)))


def _restored(maybe_out: Sequence[Edition]) -> Sequence[tuple[Button]]:
    """The way to the one question about all that is held since the database came back."""
    if not maybe_out:
        return ()
    number = len(maybe_out)
    label = ngettext("{number} edition may be out", "{number} editions may be out", number)
    return ((Button(label, OnHeld(HeldStep.LIST, maybe_out[0].id)),),)


def status_button() -> Button:
    """The way to the whole."""
    return Button(_(STATUS_BUTTON), STATUS)


def _queue(series: Series, listed: Sequence[QueuedEntry]) -> Rich:
    papers = ngettext("{number} paper", "{number} papers", len(listed))
    heading = bold(filled(QUEUED, series=series.name, papers=papers))
    if not listed:
        return joined([bold(series.name), _(NOTHING_QUEUED)], "\n")
    return joined([heading, *(_next(series, each) for each in listed[:2])], "\n")


def _next(series: Series, each: QueuedEntry) -> Rich:
    moment = moment_name(each.goes_out_at, series.timezone) if each.goes_out_at else _(NO_DATE)
    title = isolated(clipped(each.entry.paper.title, _TITLE))
    return filled(WAITS, moment=moment, name=name(each.entry), title=title)


def _line(last: tuple[Edition, Counter[DeliveryState]]) -> Rich:
    edition, states = last
    counts = [_(says).format(number=states[state]) for state, says in COUNTS.items() if states[state]]
    if edition.state is EditionState.SKIPPED:
        counts = [_(SKIPPED)]
    elif edition.state is EditionState.HELD:
        counts.insert(0, _(HELD))
    day = short_day_name(edition.opened_at.astimezone(ZoneInfo(edition.series.timezone)))
    return filled(_(LINE), edition=_short(edition), day=day, counts=comma().join(counts) or _(NOBODY))


def _chats(it: Status) -> Rich:
    heard = it.audience
    said = ((SUBSCRIBED, heard.subscribed), (PAUSED, heard.paused), (SILENCED, it.silenced), (GONE, heard.gone))
    counts = [_(says).format(number=number) for says, number in said if number or says == SUBSCRIBED]
    return filled(_(CHATS), counts=comma().join(counts))


def _health(it: Status) -> list[Rich]:
    health = it.health
    size = filled(_(DATABASE), kind=health.size.kind, size=_bytes(health.size.used))
    free = filled(_(FREE), size=_bytes(health.size.free)) if health.size.free is not None else Rich()
    tick = filled(_(LAST_TICK), moment=_moment(it, health.last_tick)) if health.last_tick else rich(_(NO_TICK))
    rests = filled(_(RESTS), moment=_moment(it, health.rests_until)) if health.rests_until else Rich()
    waiting = ngettext("{number} update waits.", "{number} updates wait.", health.waiting)
    return [sentences([size, free]), tick, rests, rich(waiting), filled(_(VERSION), version=health.version)]


def _moment(it: Status, at: datetime) -> str:
    return moment_name(at, it.timezone)


def _short(edition: Edition) -> str:
    is_pick = edition.kind is EditionKind.WEEKLY and edition.entries
    return name(edition.entries[0]) if is_pick else edition_name(edition).plain


def _bytes(number: int) -> str:
    """``12.3 MB``, ``40.1 GB``."""
    giga, mega = 10**9, 10**6
    return f"{number / giga:.1f} GB" if number >= giga else f"{number / mega:.1f} MB"
