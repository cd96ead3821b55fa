"""Owns what editors were told without having asked: when, in which message, and what it says there.

The keys end with the editor's id, so that forgetting a person finds them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import installation as about_us
from bot.store.tables import installation

UNREACHED = "not reached"
"""What an editor was told says this where it could not be told: they have not pressed Start, or have blocked us."""
_TOLD = "told: "


@dataclass(frozen=True, slots=True)
class Told:
    """What one editor was told.

    Attributes:
        at: When it was claimed, before the message left.
        message_id: Where it stands in their private chat; None where that is not known.
        state: What the message says, in short.
    """

    at: datetime
    message_id: int | None = None
    state: str = ""


async def find(conn: AsyncConnection, what: str, editor: int) -> Told | None:
    """What *editor* was told of *what*; None where nobody has claimed to tell them."""
    query = select(installation.c.value).where(installation.c.key == _key(what, editor))
    value = (await conn.execute(query)).scalar_one_or_none()
    if value is None:
        return None
    at, message_id, state = f"{value}  ".split(" ", 2)
    return Told(datetime.fromisoformat(at), int(message_id) if message_id else None, state.rstrip())


async def claim(conn: AsyncConnection, what: str, editor: int, now: datetime) -> bool:
    """Claim that *editor* is told, before the message leaves; False where somebody did so before."""
    return await about_us.say_once(conn, f"{what} to {editor}", now)


async def keep(conn: AsyncConnection, what: str, editor: int, told: Told) -> None:
    """Write down where it stands and what it says; who was made to forget it meanwhile is not reminded."""
    value = f"{told.at.isoformat()} {told.message_id or ''} {told.state}".rstrip()
    await conn.execute(update(installation).where(installation.c.key == _key(what, editor)).values(value=value))


async def give_back(conn: AsyncConnection, what: str, editor: int, claimed_at: datetime) -> None:
    """Let *editor* be told later: the message did not leave, or cannot be found; a later claim stands."""
    ours = installation.c.value.startswith(claimed_at.isoformat(), autoescape=True)
    await conn.execute(delete(installation).where(installation.c.key == _key(what, editor), ours))


async def reach(conn: AsyncConnection, editor: int) -> None:
    """Let *editor* be told what could not be told before: they can be written to now."""
    theirs = and_(installation.c.key.startswith(_TOLD, autoescape=True), installation.c.key.endswith(f" to {editor}"))
    unreached = installation.c.value.endswith(UNREACHED)
    await conn.execute(delete(installation).where(theirs, unreached))


async def standing(conn: AsyncConnection, prefix: str) -> list[str]:
    """Everything that begins with *prefix* and was told to somebody, once each."""
    begins = installation.c.key.startswith(f"{_TOLD}{prefix}", autoescape=True)
    keys = (await conn.execute(select(installation.c.key).where(begins))).scalars()
    return sorted({key.removeprefix(_TOLD).rpartition(" to ")[0] for key in keys})


async def forget(conn: AsyncConnection, what: str) -> None:
    """Let *what* be told anew to everybody: it is over."""
    everybody = installation.c.key.startswith(f"{_TOLD}{what} to ", autoescape=True)
    await conn.execute(delete(installation).where(everybody))


def _key(what: str, editor: int) -> str:
    return f"{_TOLD}{what} to {editor}"
