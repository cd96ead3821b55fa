"""Owns the editor's desk: drafts are taken up, corrected, approved and discarded, by several editors at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.editorial.correction import Correction, corrected
from bot.editorial.drafting.showing.listing import listed
from bot.editorial.figure_choice import with_next_figure, with_other_hero, with_rights, without_figure
from bot.editorial.newcomer import newborn, refusal
from bot.errors import DraftChanged, DraftError
from bot.model.arxiv_id import ArxivId
from bot.model.draft import DeskDraft, Draft
from bot.model.entry import Entry, EntryState, Series
from bot.model.progress import Progress, Report, Stage, in_silence
from bot.store import drafts, entries, queue
from bot.store.database import Database
from bot.store.numbering import numbering
from bot.wording.translation import _

EDITORS_WORD = "stated by the editor"
"""The source of a number that stands in a text because an editor wrote it."""
KEPT = timedelta(days=1)
"""How long a discarded draft can be brought back."""


class Drafts(Protocol):
    """Makes the draft of a paper; `bot.editorial.drafting.studio.Studio.draft` is one."""

    async def __call__(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
        """Draft, or raise SourceError or DraftError: which step failed, and what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The drafts that were born in chats.

    Whoever changes a draft says which revision they saw. Where somebody else was faster, nothing is changed and
    `DraftChanged` is raised, so that two editors never undo each other's work unknowingly.
    """

    database: Database
    drafts: Drafts
    clock: Callable[[], datetime]
    _alone: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def take_up(
        self,
        arxiv_id: ArxivId,
        *,
        series: str,
        editor: int,
        version: int | None = None,
        report: Report = in_silence,
    ) -> DeskDraft:
        """Draft a paper for a series, or give back the draft it has; nothing is kept of one that fails.

        Args:
            series: Its slug.
            version: Of the paper; None for the newest.

        Raises:
            DraftError: The series has it already, or it cannot be drafted.
            SourceError: The paper cannot be read.
            NotFound: There is no such series.
        """
        alone = self._alone.setdefault(f"{series} {arxiv_id}", asyncio.Lock())
        if alone.locked():
            report(Progress(Stage.WAITING))
        async with alone:  # two editors who send the same link get the same draft
            async with self.database.reading() as conn:
                which = await entries.get_series(conn, series)
                if found := await _on_the_desk(conn, which, arxiv_id):
                    return found
            made = await self.drafts(arxiv_id, which, version=version, report=report)
            async with self.database.writing() as conn:
                if found := await _on_the_desk(conn, which, arxiv_id):  # another process was faster
                    return found
                return await self._put(conn, which, made, editor)

    async def get(self, draft_id: int) -> DeskDraft:
        """The draft with that id, whether it lies on the desk, was discarded, or waits in the queue.

        Raises:
            DraftChanged: It is gone, or readers have it.
        """
        async with self.database.reading() as conn:
            return await _get(conn, draft_id)

    async def take_back(self, entry_id: int, *, editor: int) -> DeskDraft:
        """Lay a published entry that was born in a chat on the desk; readers see every change at once.

        Raises:
            DraftError: It comes from a content file, or is not published.
        """
        async with self.database.writing() as conn:
            found = await entries.get_entries(conn, [entry_id])
            if not found or found[0].state is not EntryState.PUBLISHED:
                raise DraftChanged(_("This entry is not published, so nothing of it can be corrected."))
            if await entries.find_origin(conn, entry_id) != "chat":
                raise DraftError(_("Its words stand in {slug} in the content folder.").format(slug=found[0].slug))
            if not await drafts.get_drafts(conn, [entry_id]):
                await drafts.lay_back(conn, found[0], editor=editor, now=self.clock())
            return await _get(conn, entry_id)

    async def listed(self) -> tuple[DeskDraft, ...]:
        """Every draft on the desk, the one that was changed last first."""
        async with self.database.reading() as conn:
            return tuple(await drafts.get_drafts(conn, await drafts.draft_ids(conn)))

    async def say(self, draft_id: int, revision: int, *, editor: int, said: Correction) -> DeskDraft:
        """Say one field anew.

        Raises:
            DraftChanged: Somebody was faster.
            DraftError: The text breaks a rule; the message says which, and what to do.
        """
        async with self.database.writing() as conn:
            held = await _held(conn, draft_id, revision)
            entry = corrected(held.entry, said, await entries.all_topics(conn))
            return await self._write(conn, replace(held, entry=entry), editor)

    async def next_figure(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Show the next figure that may be shown; raises like `say`."""
        return await self._change(draft_id, revision, editor, with_next_figure)

    async def drop_figure(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Take the figure off the collage; raises like `say`."""
        return await self._change(draft_id, revision, editor, without_figure)

    async def swap_hero(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Let another panel be the hero; raises like `say`."""
        return await self._change(draft_id, revision, editor, with_other_hero)

    async def reset_words(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Bring back the texts as they were drafted, in every language; raises like `say`."""
        return await self._change(
            draft_id, revision, editor, lambda held: replace(held, entry=replace(held.entry, texts=held.drafted.texts))
        )

    async def reset_panels(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Bring back the panels as they were drafted, in every language; raises like `say`."""
        return await self._change(draft_id, revision, editor, _with_drafted_panels)

    async def confirm_right(self, draft_id: int, revision: int, *, editor: int, place: int | None = None) -> DeskDraft:
        """Record that *editor* says we may show a figure of this paper in this entry.

        Args:
            place: Of the alternative; None for all of them.

        Raises:
            DraftChanged: Somebody was faster.
            DraftError: There is nothing to confirm.
        """
        now = self.clock()
        async with self.database.writing() as conn:
            held = await _held(conn, draft_id, revision)
            places = [at for at, each in enumerate(held.alternatives) if not each.may_show and place in (None, at)]
            if not places:
                raise DraftError(_("There is no figure whose right is left to confirm; look at the draft again."))
            digests = [held.alternatives[at].figure.sha256 for at in places]
            await drafts.confirm_rights(conn, draft_id, digests, editor=editor, now=now)
            return await self._write(conn, with_rights(held, places), editor)

    async def approve(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Let a draft wait in the queue of its series, behind everybody else.

        Raises:
            DraftChanged: Somebody was faster.
            DraftError: The series is full, or the collage shows a figure that may not be shown.
        """
        now = self.clock()
        async with self.database.writing() as conn:
            held = await _held(conn, draft_id, revision)
            _require_unpublished(held)
            await _require_number(conn, held.entry)
            if any(not held.alternatives[place].may_show for place in held.shown):
                raise DraftError(_("The collage shows a figure that we may not show; confirm the right, or drop it."))
            await drafts.touch_draft(conn, draft_id, editor=editor, now=now)
            await queue.append(conn, draft_id, editor=editor, now=now)
            return await _get(conn, draft_id)

    async def reopen(self, entry_id: int, *, editor: int) -> DeskDraft:
        """Take an entry out of the queue; it is a draft again.

        Raises:
            DraftChanged: It does not wait any more.
            DraftError: It comes from a content file.
        """
        async with self.database.writing() as conn:
            found = await entries.get_entries(conn, [entry_id])
            if not found or found[0].state is not EntryState.QUEUED:
                raise DraftChanged(_("This entry is not in the queue any more; look at the queue again."))
            if not await drafts.get_drafts(conn, [entry_id]):
                raise DraftError(
                    _("It comes from {slug} in the content folder; set `state: draft` there.").format(
                        slug=found[0].slug
                    )
                )
            await queue.leave(conn, entry_id)
            await drafts.touch_draft(conn, entry_id, editor=editor, now=self.clock())
            return await _get(conn, entry_id)

    async def discard(self, draft_id: int, revision: int, *, editor: int) -> DeskDraft:
        """Take a draft off the desk; for a day it can be brought back. Raises DraftChanged like `say`."""
        now = self.clock()
        async with self.database.writing() as conn:
            _require_unpublished(await _held(conn, draft_id, revision))
            await drafts.touch_draft(conn, draft_id, editor=editor, now=now, discarded_at=now)
            await drafts.throw_away_discarded(conn, before=now - KEPT)
            return await _get(conn, draft_id)

    async def restore(self, draft_id: int, *, editor: int) -> DeskDraft:
        """Bring a discarded draft back; one that lies on the desk stays as it is.

        Raises:
            DraftChanged: It is gone for good, or waits in the queue.
        """
        async with self.database.writing() as conn:
            found = await _get(conn, draft_id)
            if found.discarded_at is None:
                return await _held(conn, draft_id, found.revision)
            await drafts.touch_draft(conn, draft_id, editor=editor, now=self.clock(), discarded_at=None)
            return await _get(conn, draft_id)

    async def _change(
        self, draft_id: int, revision: int, editor: int, change: Callable[[DeskDraft], DeskDraft]
    ) -> DeskDraft:
        async with self.database.writing() as conn:
            return await self._write(conn, change(await _held(conn, draft_id, revision)), editor)

    async def _write(self, conn: AsyncConnection, changed: DeskDraft, editor: int) -> DeskDraft:
        vouched = replace(changed, entry=_with_numbers(changed.entry))
        return await drafts.write_draft(conn, vouched, editor=editor, now=self.clock())

    async def _put(self, conn: AsyncConnection, series: Series, made: Draft, editor: int) -> DeskDraft:
        now, paper = self.clock(), made.entry.paper
        discarded = await drafts.find_entry(conn, series.slug, paper.arxiv_id)
        if discarded:
            await entries.remove_entry(conn, discarded.id)
        born = newborn(made, series, await entries.all_topics(conn))
        put = await drafts.add_draft(conn, born, editor=editor, now=now)
        await drafts.throw_away_discarded(conn, before=now - KEPT)
        return put


async def _on_the_desk(conn: AsyncConnection, series: Series, arxiv_id: ArxivId) -> DeskDraft | None:
    """The draft of a paper; None when it has none, or only a discarded one.

    Raises:
        DraftError: The series has an entry about it that is no draft of ours.
    """
    entry = await drafts.find_entry(conn, series.slug, arxiv_id)
    if entry is None:
        return None
    found = await drafts.get_drafts(conn, [entry.id])
    if entry.state is EntryState.DRAFT and found:
        return None if found[0].discarded_at else found[0]
    raise DraftError(refusal(entry))


async def _get(conn: AsyncConnection, draft_id: int) -> DeskDraft:
    found = await drafts.get_drafts(conn, [draft_id])
    if not found:
        raise DraftChanged(
            _("This draft is gone: published, thrown away, or edited in a content file now; send the link again.")
        )
    return found[0]


async def _held(conn: AsyncConnection, draft_id: int, revision: int) -> DeskDraft:
    """The draft, if it lies on the desk as its editor saw it.

    Raises:
        DraftChanged: It does not.
    """
    found = await _get(conn, draft_id)
    if found.entry.state is EntryState.QUEUED:
        raise DraftChanged(_("This draft waits in the queue already; take it out to change it."))
    if found.discarded_at is not None:
        raise DraftChanged(_("This draft was discarded; bring it back to go on."))
    if found.revision != revision:
        raise DraftChanged(_("Somebody changed this draft meanwhile; look at it again."))
    return found


def _require_unpublished(held: DeskDraft) -> None:
    """Make sure that readers do not have the entry of a draft.

    Raises:
        DraftChanged: They have, or had it.
    """
    if held.entry.state is not EntryState.DRAFT:
        raise DraftChanged(_("Readers have this entry: change its words, or withdraw it with /retract."))


async def _require_number(conn: AsyncConnection, entry: Entry) -> None:
    """Make sure that a number is left for a draft.

    Raises:
        DraftError: The series is full.
    """
    numbers = await numbering(conn, entry.series.slug)
    if numbers.room is not None and entry.number is None:
        raise DraftError(
            _("{series} is full; raise `total` in its series.yaml, or choose another series.").format(
                series=entry.series.name
            )
        )


def _with_drafted_panels(held: DeskDraft) -> DeskDraft:
    panels, panels_in = held.drafted.panels, held.drafted.panels_in
    return replace(held, entry=replace(held.entry, panels=panels, panels_in=panels_in))


def _with_numbers(entry: Entry) -> Entry:
    """The entry with every number listed that it prints now, also those of another caption or by an editor."""
    of_paper = tuple(number for number in entry.numbers if number.source != EDITORS_WORD)
    return replace(entry, numbers=listed(of_paper, entry.panels, entry.texts, lambda _: EDITORS_WORD))
