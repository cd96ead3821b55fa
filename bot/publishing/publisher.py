"""Owns the tick: whatever is due is opened and sent, whoever or whatever woke us."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import MayBeOut, NothingToPublish, StoreReplaced
from bot.model.edition import DeliveryState, Edition, EditionKind, EditionState, EmptyQueue
from bot.model.entry import Series
from bot.model.month import Month
from bot.publishing.calendar import DueSlot, Slot, current_slot, due_slots, is_too_late, parse_slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import oldest_interesting, open_slot, write_deliveries
from bot.publishing.messenger import Messenger
from bot.publishing.restored import Recognition
from bot.publishing.wakeful import Wakeful
from bot.store import deliveries, editions, installation, restored, subscriptions
from bot.store.database import Database
from bot.wording.dates import month_name
from bot.wording.lists import comma, gap
from bot.wording.translation import _, ngettext, pgettext

log = logging.getLogger(__name__)

_COUNTED = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.IN_DOUBT,
    DeliveryState.FAILED,
    DeliveryState.SKIPPED,
)
MISSED = "missed: the program was not running"
STILL_OPEN = timedelta(days=9)  # a week, and the zones that are ahead of or behind each other


@dataclass(frozen=True, slots=True)
class Publisher:
    """Opens what is due and lets the dispatcher send it.

    Args:
        series: With their effective rhythms.
        clock: Gives the current instant, aware.
        on_replaced: Called when another database lies where ours was; nothing is sent any more.
    """

    database: Database
    messenger: Messenger
    dispatcher: Dispatcher
    series: Sequence[Series]
    clock: Callable[[], datetime]
    empty_queue: EmptyQueue = EmptyQueue.ARCHIVE
    on_replaced: Callable[[StoreReplaced], None] = lambda _: None
    _recognition: Recognition = field(default_factory=Recognition)
    _work: Wakeful = field(default_factory=lambda: Wakeful("the tick"))

    def wake(self) -> None:
        """Say that a moment has passed; this is all that a scheduler has to do."""
        self._work.wake()

    def stop(self) -> None:
        """Open nothing more; a tick that has begun is finished."""
        self._work.stop()

    async def serve(self) -> None:
        """Tick whenever somebody wakes us, until we are stopped."""
        await self._work.serve(self.tick)

    async def tick(self) -> None:
        """Open every due slot and wake the dispatcher; safe to call at any time, from any process, however often."""
        try:
            await self.open_due()
        except StoreReplaced as error:
            log.error("%s", error)
            self.dispatcher.stop()
            self.on_replaced(error)
            return
        finally:  # whatever keeps a slot from being opened, what is open goes on
            self.dispatcher.wake()

    async def begin(self) -> None:
        """Look at the database before anything is sent: what came back from a backup is settled in first."""
        await self._recognition.begin(self.database, self.series, empty_queue=self.empty_queue, now=self.clock())

    async def open_due(self) -> list[Edition]:
        """Open the newest due slot of each series and kind; older ones that nobody opened are recorded as skipped."""
        now = self.clock()
        await self.begin()
        async with self.database.writing() as conn:
            await self._recognition.insist(conn, self.database)
            opened: list[Edition] = []
            for series in self.series:
                for kind in EditionKind:
                    first_seen = await installation.first_seen_at(conn, f"{series.slug} {kind}", now)
                    since = oldest_interesting(first_seen, now)
                    appointments = await subscriptions.appointments(conn, (series.slug, kind))
                    due = due_slots(series, kind, appointments, since=since, now=now)
                    fresh = [it for it in due[-1:] if not is_too_late(it, appointments, now)]
                    await self._look_back(conn, due[: len(due) - len(fresh)], now)
                    opened += [await self._open(conn, series, newest.slot, now) for newest in fresh]
        return opened

    async def publish_now(self, kind: EditionKind, *, slot: str | None = None, series: str | None = None) -> list[str]:
        """Open and send the current (or the named) slot at once, to everybody who wants it and has not had it.

        Args:
            slot: An edition that may have gone out before the database was restored is sent only if it is named here.
            series: Slug of the only series that is meant; None for all that have this kind.

        Returns:
            For each edition one sentence that says what became of it.

        Raises:
            MayBeOut: The current slot may be out already; nothing is sent.
            NothingToPublish: No series has anything for that slot, or it is none; nothing is recorded.
        """
        now, named = self.clock(), _named(kind, slot)
        await self.begin()
        meant = [
            (one, named or current_slot(one, kind, now))
            for one in self._series_with(kind)
            if series in (None, one.slug)
        ]
        if named is None:
            await self._refuse_what_may_be_out(meant)
        opened = []
        for one, which in meant:
            try:
                async with self.database.writing() as conn:
                    await self._recognition.insist(conn, self.database)
                    opened.append(await self._open(conn, one, which, now, by_hand=True))
            except NothingToPublish as error:
                log.info("%s", error)
        if not opened:
            raise NothingToPublish(_nothing(kind, named))
        before = await self._all_states()
        await self.dispatcher.run()
        after = await self._all_states()
        return [sentence(it, before[it.id], after[it.id]) for it in opened]

    async def _refuse_what_may_be_out(self, meant: Sequence[tuple[Series, Slot]]) -> None:
        async with self.database.reading() as conn:
            held = {(it.series.slug, it.kind, it.slot) for it in await restored.held_editions(conn)}
        for series, slot in meant:
            if (series.slug, slot.kind, slot.key) in held:
                raise MayBeOut(_may_be_out(series, slot))

    async def catch_up(self) -> list[str]:
        """Do the work of a tick, wait until it is done, and say one sentence for each edition that it changed."""
        before = await self._all_states()
        await self.open_due()
        await self.dispatcher.run()
        after = await self._all_states()
        async with self.database.reading() as conn:
            return [
                sentence(await editions.get_edition(conn, edition_id), before.get(edition_id, Counter()), states)
                for edition_id, states in sorted(after.items())
                if before.get(edition_id) != states
            ]

    async def _all_states(self) -> dict[int, Counter[DeliveryState]]:
        async with self.database.reading() as conn:
            return {key: Counter(states) for key, states in (await deliveries.states_by_edition(conn)).items()}

    async def _open(
        self, conn: AsyncConnection, series: Series, slot: Slot, now: datetime, *, by_hand: bool = False
    ) -> Edition:
        return await open_slot(
            conn,
            series,
            slot,
            messenger=self.messenger,
            empty_queue=self.empty_queue,
            now=now,
            by_hand=by_hand,
        )

    async def _look_back(self, conn: AsyncConnection, older: Iterable[DueSlot], now: datetime) -> None:
        """Record what nobody opened as skipped; a chat whose own moment for an open one is still ahead gets its row."""
        for due in older:
            edition = await editions.find_edition(conn, due.series, due.slot.kind, due.slot.key)
            if edition is None:
                await editions.skip_edition(
                    conn, due.series, kind=due.slot.kind, slot=due.slot.key, reason=MISSED, now=now
                )
            elif edition.state is EditionState.OPEN and now - due.opens_at < STILL_OPEN:
                edition = replace(edition, series=due.series)
                await write_deliveries(conn, edition, due.slot, messenger=self.messenger, now=now)

    def _series_with(self, kind: EditionKind) -> list[Series]:
        weekly = kind is EditionKind.WEEKLY
        return [series for series in self.series if (series.weekly_at if weekly else series.roundup_at)]


def _nothing(kind: EditionKind, named: Slot | None) -> str:
    if kind is EditionKind.WEEKLY:
        return _("No entry is queued and the archive is empty, so there is nothing to send.")
    month = month_name(Month.parse(named.key)) if named else _("this month")
    return _("No papers bear the label of {month}, so there is no roundup to send.").format(month=month)


def _may_be_out(series: Series, slot: Slot) -> str:
    send = f"publish {slot.kind} --slot {slot.key}"
    return (
        f"{series.name} {slot.key} may have gone out before the database was restored; look into a subscribed chat,"
        f" then say `{send} --went-out` if it did, or `{send}` to send it to everybody."
    )


def _named(kind: EditionKind, slot: str | None) -> Slot | None:
    try:
        return parse_slot(kind, slot) if slot else None
    except ValueError as error:
        raise NothingToPublish(_("No such slot: {error}.").format(error=error)) from None


def sentence(edition: Edition, before: Counter[DeliveryState], after: Counter[DeliveryState]) -> str:
    """Say what one run did for an edition: ``ML-Collage 2026-W47 (from the archive): “ConViT …”. 3 messages sent.``

    Args:
        before, after: How many deliveries were in each state.
    """
    if edition.state is EditionState.SKIPPED:
        skipped = _("{series} {slot} was skipped: {reason}.")
        return skipped.format(series=edition.series.name, slot=edition.slot, reason=edition.reason)
    says = _("{series} {slot} (from the archive): {what}.") if edition.rerun else _("{series} {slot}: {what}.")
    papers = len(edition.entries)
    what = (
        f"“{edition.entries[0].paper.title}”" if papers == 1 else ngettext("{number} paper", "{number} papers", papers)
    )
    said = says.format(series=edition.series.name, slot=edition.slot, what=what)
    return f"{said}{gap()}{_outcome(before, after)}"


def _outcome(before: Counter[DeliveryState], after: Counter[DeliveryState]) -> str:
    if not after.total():
        return _("Nobody has subscribed yet: send /subscribe first.")
    changed = after - before
    for waiting in (DeliveryState.PENDING, DeliveryState.SENDING):
        changed[waiting] = after[waiting]
    said = [_count(state, changed[state]) for state in _COUNTED if changed[state] > 0]
    if not said:
        return _("Everybody who wants it has had it already.")
    return pgettext("list", "{items}.").format(items=comma().join(said))


def _count(state: DeliveryState, number: int) -> str:
    match state:
        case DeliveryState.SENT:
            return ngettext("{number} message sent", "{number} messages sent", number)
        case DeliveryState.PENDING:
            return ngettext("{number} message to be tried again", "{number} messages to be tried again", number)
        case DeliveryState.SENDING:
            return ngettext("{number} message on the way", "{number} messages on the way", number)
        case DeliveryState.IN_DOUBT:
            return ngettext("{number} message in doubt", "{number} messages in doubt", number)
        case DeliveryState.FAILED:
            return ngettext("{number} message failed", "{number} messages failed", number)
        case DeliveryState.SKIPPED:
            return ngettext("{number} message skipped", "{number} messages skipped", number)
