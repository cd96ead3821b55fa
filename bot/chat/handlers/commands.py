"""Owns which command is answered by whom."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.handlers import (
    about,
    cite,
    collages,
    commission,
    month,
    paper,
    saved,
    search,
    settings,
    start,
    subscribe,
    topics,
    why,
)
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import candidates, correcting, drafting, queueing, status

Answer: TypeAlias = Callable[[Conversation, str], Awaitable[None]]
"""Takes the words after the command."""

COMMANDS: dict[str, Answer] = {
    "start": start.start,
    "help": start.show_help,
    "latest": collages.latest,
    "month": month.month,
    "search": search.search,
    "paper": paper.paper,
    "random": collages.random,
    "collage": commission.commission,
    "saved": saved.saved,
    "topics": topics.topics,
    "cite": cite.cite,
    "settings": settings.settings,
    "why": why.why,
    "subscribe": subscribe.subscribe,
    "unsubscribe": subscribe.unsubscribe,
    "about": about.about,
    "privacy": about.privacy,
    "forget": about.forget,
}
EDITORS_COMMANDS: dict[str, Answer] = {
    "draft": drafting.draft,
    "drafts": drafting.list_drafts,
    "queue": queueing.queue,
    "candidates": candidates.candidates,
    "status": status.status,
    "correct": correcting.correct,
    "retract": correcting.retract,
}
IN_CHANNELS = ("subscribe", "unsubscribe", "settings", "why", "forget")
"""What may be posted in a channel, where only its admins write."""
