"""Owns `/why`: what came to this chat last, what became of it, and when the next one comes."""

from collections.abc import Iterable

from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.markup import Rich, rich, sentences
from bot.chat.messages import why as messages
from bot.chat.messages.obstacles import obstacle
from bot.chat.messages.why import Account
from bot.chat.messages.wishes import Coming
from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.model.subscription import Subscription, offers
from bot.publishing.standing import became
from bot.store import history
from bot.store.history import Past
from bot.wording.dates import moment_name
from bot.wording.translation import N_, _

LAST_FAILED = N_("The last post could not be sent here.")

_MOST = 8


async def why(talk: Conversation, _words: str = "") -> None:
    """Say what became of the last of everything that comes to this chat (or topic), and when the next one comes."""
    wish = await subscribe.find(talk)
    if wish is None:
        await talk.say(messages.not_subscribed())
        return
    coming = await subscribe.schedule(talk, wish)
    async with talk.services.database.reading() as conn:
        past = await history.past_of(conn, talk.address, talk.services.clock())
    accounts = [
        await _account(talk, wish, series, kind, coming=coming, past=past) for series, kind in _wanted(talk, wish)
    ]
    until = wish.paused_until if wish.paused_until and wish.paused_until > subscribe.today(talk, wish) else None
    await talk.say(messages.why(accounts, paused_until=until))


async def missing_right(talk: Conversation) -> Rich | None:
    """What keeps us from posting here, where the last post failed for it; None where nothing does."""
    async with talk.services.database.reading() as conn:
        error = await history.last_failure(conn, talk.address)
    said = obstacle(error or "")
    return sentences([rich(_(LAST_FAILED)), said]) if said else None


def _wanted(talk: Conversation, wish: Subscription) -> list[tuple[Series, EditionKind]]:
    """What comes to the chat, what comes more often first; as much as a message has room for."""
    weekly_first = sorted(talk.services.series, key=lambda one: one.weekly_at is None)
    wanted = [(one, offer[1]) for one in weekly_first for offer in offers([one]) if wish.wants(offer)]
    return wanted[:_MOST]


async def _account(
    talk: Conversation,
    wish: Subscription,
    series: Series,
    kind: EditionKind,
    *,
    coming: Iterable[Coming],
    past: Iterable[Past],
) -> Account:
    is_only = sum(other is kind for _slug, other in offers(talk.services.series)) == 1
    name = "" if is_only else series.name
    last = next((it for it in past if (it.series, it.kind) == (series.slug, kind)), None)
    following = next((it for it in coming if (it.kind, it.series) == (kind, name)), None)
    if last is None:
        return Account(kind, name, None, following)
    async with talk.services.database.reading() as conn:
        edition = await history.find_edition(conn, last.edition_id)
    moment = moment_name(last.due_at, wish.timezone(series))
    return Account(kind, name, (edition, moment, became(last)) if edition else None, following)
