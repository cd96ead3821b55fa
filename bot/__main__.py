"""The command line: one verb per action, one clear sentence when it fails."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.errors import CollagebotError, NotFound
from bot.model.canvas import Canvas, Theme
from bot.model.draft import FigurePolicy
from bot.model.month import Month
from bot.settings import Settings, read_settings

Verb = Callable[[argparse.Namespace, Settings], Awaitable[int]]


async def run(_: argparse.Namespace, settings: Settings) -> int:
    """Migrate, load the content and run the bot: against Telegram with a token, else in the sandbox."""
    from bot.app import running  # a verb imports what it needs, so that --help answers at once

    await running.run(settings)
    return 0


async def migrate(_: argparse.Namespace, settings: Settings) -> int:
    """Bring the database's schema up to date."""
    from bot.store import schema

    await asyncio.to_thread(schema.migrate, settings.database_url)
    print("The schema is up to date.")
    return 0


async def load(_: argparse.Namespace, settings: Settings) -> int:
    """Read content/ into the database; all of it or nothing."""
    from bot.app.rooms import load_content

    print(await load_content(settings))
    return 0


async def search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find entries by words, as /search does."""
    from bot.app.rooms import open_rooms

    async with open_rooms(settings) as rooms:
        page = await rooms.library.search(" ".join(arguments.words), page=arguments.page, size=10)
    for entry in page.hits:
        print(f"{entry.paper.arxiv_id}  {entry.badge}  {entry.paper.title}")
    if not page.hits:
        print("Nothing found.")
        return 1
    print(f"Page {page.number} of {page.pages}, {page.total} found.")
    return 0


async def month(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the entries of a month, or the months there are."""
    from bot.app.rooms import open_rooms

    async with open_rooms(settings) as rooms:
        months = await rooms.library.months()
        if arguments.month is None:
            print("\n".join(map(str, months)))
            return 0
        entries = await rooms.library.month(arguments.month)
    for entry in entries:
        print(f"{entry.badge}  {entry.paper.title}\n    {entry.text().headline}\n    {entry.paper.url}")
    if not entries:
        print(f"Nothing in {arguments.month}. There is: {', '.join(map(str, months))}.")
    return 0 if entries else 1


async def collage(arguments: argparse.Namespace, settings: Settings) -> int:
    """Draw collages straight from content/, without the database, and write them to a folder."""
    from bot.app.drawing import Order, draw, wanted
    from bot.collage.encode import Format

    entries, files = wanted(settings.content, None if arguments.all else arguments.reference)
    order = Order(
        canvases=tuple(arguments.canvas or Canvas),
        theme=arguments.theme,
        language=arguments.language,
        kind=Format(arguments.format),
        is_forced=arguments.force,
    )
    unchanged = 0
    for drawn in draw(entries, files, order, folder=arguments.out):
        unchanged += not drawn.is_new
        if drawn.is_new:
            print(drawn.path, flush=True)
    if unchanged:
        print(f"{unchanged} unchanged, not drawn again; --force draws them all the same.")
    return 0


async def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compose collages from content/ and judge each by every rule; 1 when one may not be sent."""
    from bot.app.checking import CHECKED, HEAD, checked
    from bot.app.drawing import Order, wanted

    entries, files = wanted(arguments.content or settings.content, None if arguments.all else arguments.reference)
    order = Order(tuple(arguments.canvas or CHECKED), theme=arguments.theme, language=arguments.language)
    if arguments.all:
        print(HEAD, flush=True)
    is_fine = True
    for each in checked(entries, files, order, folder=arguments.json):
        print(each.row() if arguments.all else each.page(), flush=True)
        is_fine = is_fine and each.is_sendable
    return 0 if is_fine else 1


async def draft(arguments: argparse.Namespace, settings: Settings) -> int:
    """Draft an entry from an arXiv link: its folder below content/, its pictures, and what the rules say of them."""
    from bot.app.drafting import Assignment, draft_by_hand

    chosen = replace(settings, content=arguments.content or settings.content)
    if arguments.figures:
        chosen = replace(chosen, figures=arguments.figures)
    assignment = Assignment(arguments.link, arguments.series, arguments.out, replaces=arguments.force)
    result = await draft_by_hand(chosen, assignment)
    for note in result.draft.notes:
        print(f"note: {note}")
    for removal in result.draft.removed:
        print(f"removed from {removal.field}: {removal.text!r} ({removal.culprit} is not in the paper)")
    for path, verdict in result.verdicts.items():
        failed = ", ".join(finding.rule for finding in verdict.failures)
        print(
            f"{path}  {f'fails {failed}' if failed else 'ships' if verdict.ships else 'weak'}, mean {verdict.mean:.2f}"
        )
    print(result.folder)
    return 0 if not any(verdict.failures for verdict in result.verdicts.values()) else 1


async def queue(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show who goes out when, and change it."""
    from bot.app.queueing import change, lines, open_queue

    async with open_queue(settings) as (rooms, waiting):
        if arguments.change:
            await change(rooms, waiting, arguments.change, arguments.id, arguments.to)
        found = await lines(rooms, waiting)
    print("\n".join(found) or "Nothing is queued.")
    return 0


async def export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the entries that were born in a chat as content folders; `load` takes them over from there."""
    from bot.app.exporting import export as write
    from bot.app.queueing import open_queue

    if not arguments.all and not arguments.reference:
        raise NotFound("Name an entry (an arXiv id or link, a number) or say --all.")
    async with open_queue(settings) as (rooms, waiting):
        references = None if arguments.all else arguments.reference
        root = arguments.content or settings.content
        for folder in await write(rooms, waiting, references, root=root, replaces=arguments.force):
            print(folder)
    return 0


async def publish(arguments: argparse.Namespace, settings: Settings) -> int:
    """Send this week's pick or this month's roundup now, to everybody who has not had it."""
    from bot.app.publishing import publish_now, record_as_sent

    act = record_as_sent if arguments.went_out else publish_now
    for sentence in await act(settings, arguments.kind, slot=arguments.slot):
        print(sentence)
    return 0


async def deliveries(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show what may or may not have arrived, and say what became of it; or show all that became of one edition."""
    from bot.app.settling import open_settling

    async with open_settling(settings) as desk:
        said = await desk.obey(arguments.change, arguments.what, slot=arguments.edition, is_all=arguments.all)
    print("\n".join(said.lines))
    return 0 if said.is_fine else 1


async def backup(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write everything into one file, while the bot goes on."""
    from bot.app.backing_up import back_up

    print(await back_up(settings, arguments.file, replaces=arguments.force))
    return 0


async def restore(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring a backup back into the database (of either kind); stop the bot first."""
    from bot.app.backing_up import bring_back, came_back

    if arguments.file is None and arguments.as_of is None:
        raise NotFound("Name a file that `backup` wrote, or say --as-of for a copy that is in its place already.")
    if arguments.file is None:
        print(await came_back(settings, arguments.as_of))
    else:
        print(await bring_back(settings, arguments.file, replaces=arguments.force))
    return 0


async def doctor(_: argparse.Namespace, settings: Settings) -> int:
    """Say what is wrong with this installation and what to do about it."""
    from bot.app.doctor import Verdict, examine

    findings = await examine(settings)
    print("\n".join(map(str, findings)))
    return int(any(finding.verdict is Verdict.BAD for finding in findings))


async def _call(verb: Verb, arguments: argparse.Namespace, settings: Settings) -> int:
    return await verb(arguments, settings)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}") from error


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}") from error
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no zone; write it like 2026-11-22T03:00Z")
    return at


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser("collagebot", description="One machine-learning paper a week as one picture.")
    verbs = top.add_subparsers(required=True, metavar="VERB")

    def add(verb: Verb, *shared: argparse.ArgumentParser) -> argparse.ArgumentParser:
        child = verbs.add_parser(verb.__name__, help=verb.__doc__, description=verb.__doc__, parents=shared)
        child.set_defaults(verb=verb)
        return child

    add(run)
    add(migrate)
    add(load)
    _add_library(add)
    _add_collages(add)
    _add_desk(add)
    sending = add(publish)
    sending.add_argument("kind", choices=["weekly", "roundup"])
    sending.add_argument("--slot", help="2026-W47 or 2026-11; default: the current one")
    sending.add_argument("--went-out", action="store_true", help="after a restore: record it as sent, send nothing")
    _add_deliveries(add)
    _add_backups(add)
    add(doctor)
    return top


def _add_library(add: Callable[..., argparse.ArgumentParser]) -> None:
    searching = add(search)
    searching.add_argument("words", nargs="+")
    searching.add_argument("--page", type=int, default=1)
    add(month).add_argument("month", nargs="?", metavar="YYYY-MM", type=_month)


def _add_collages(add: Callable[..., argparse.ArgumentParser]) -> None:
    entries = argparse.ArgumentParser(add_help=False)
    entries.add_argument("reference", nargs="*", help="a number, an arXiv id or link, or an entry's folder")
    entries.add_argument("--all", action="store_true", help="every entry")
    entries.add_argument("--theme", type=Theme, choices=list(Theme), default=Theme.LIGHT)
    entries.add_argument("--language", default="en", help="like zh; English where an entry does not speak it")
    drawing, checking = add(collage, entries), add(check, entries, _content())
    for verb, usual in ((drawing, "every one"), (checking, "slide, portrait")):
        verb.add_argument("--canvas", action="append", type=Canvas, choices=list(Canvas), help=f"default: {usual}")
    drawing.add_argument("--format", default="jpeg", choices=["jpeg", "png", "webp"])
    drawing.add_argument("--force", action="store_true", help="draw again what is there and has not changed")
    drawing.add_argument("--out", type=Path, default=Path("var/collages"), help="folder (default: %(default)s)")
    checking.add_argument("--json", type=Path, metavar="DIR", help="write each picture there, its report beside it")


def _add_desk(add: Callable[..., argparse.ArgumentParser]) -> None:
    drafting = add(draft, _content())
    drafting.add_argument("link", help="an arXiv id, or a link to a paper")
    drafting.add_argument("--series", help="its folder's name (default: the first one with a weekly pick)")
    drafting.add_argument("--figures", type=FigurePolicy, choices=list(FigurePolicy), help="default: FIGURES")
    drafting.add_argument("--out", type=Path, default=Path("var/collages"), help="folder for the pictures")
    drafting.add_argument("--force", action="store_true", help="draft anew what is there already; edits are lost")
    queueing = add(queue)
    queueing.add_argument("change", nargs="?", choices=["move", "fix", "free", "remove"], help="default: only show it")
    queueing.add_argument("id", nargs="?", type=int, help="of the entry, as the list shows it")
    queueing.add_argument("to", nargs="?", help="places to move by, like -1; or a slot, like 2026-W48")
    exporting = add(export, _content())
    exporting.add_argument("reference", nargs="*", help="an arXiv id or link, or a number")
    exporting.add_argument("--all", action="store_true", help="every one")
    exporting.add_argument("--force", action="store_true", help="overwrite the folders that are there")


def _add_deliveries(add: Callable[..., argparse.ArgumentParser]) -> None:
    settling = add(deliveries)
    settling.add_argument(
        "change",
        nargs="?",
        choices=["show", "settle", "resend", "leave"],
        help="show an edition, like 2026-W47; or of what is in doubt: it arrived, send it again, let it be"
        " (default: list what is in doubt)",
    )
    settling.add_argument("what", nargs="*", help="ids, as the list shows them; for `show` the edition")
    settling.add_argument("--all", action="store_true", help="everything that is in doubt")
    settling.add_argument("--edition", metavar="SLOT", help="only of this edition, like 2026-W47 or 2026-11")


def _add_backups(add: Callable[..., argparse.ArgumentParser]) -> None:
    taking, restoring = add(backup), add(restore)
    taking.add_argument("file", nargs="?", type=Path, help="default: var/backups/collagebot-INSTANT.db")
    taking.add_argument("--force", action="store_true", help="replace a file that is there already")
    restoring.add_argument("file", nargs="?", type=Path, help="what `backup` wrote, on SQLite or PostgreSQL")
    restoring.add_argument(
        "--as-of", metavar="INSTANT", type=_instant,
        help="without a file: somebody brought back a copy of that instant by other means, like 2026-11-22T03:00Z",
    )  # fmt: skip
    restoring.add_argument("--force", action="store_true", help="replace a database that holds something")


def _content() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, help="folder (default: the content of the settings)")
    return shared


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 fine, 1 not as asked, 2 not understood."""
    arguments = parser().parse_args(words)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)
    verb: Verb = arguments.verb
    try:
        return asyncio.run(_call(verb, arguments, read_settings(os.environ)))
    except CollagebotError as error:
        print(f"{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
