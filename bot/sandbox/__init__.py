"""Owns the embedded Telegram for trying and testing: a Bot API server and a chat page."""

from bot.sandbox.chat_page import Control
from bot.sandbox.floods import Limits
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.serve import serve
from bot.sandbox.world.cast import BASIC, CHANNEL, ELSEWHERE, FORUM, GROUP, PAPERS, RANDOM
from bot.sandbox.world.inlines import InlineAnswer, InlineResult
from bot.sandbox.world.messages import Button, Document, Message, Photo
from bot.sandbox.world.people import ADA, EMIL, NOOR, Chat, Person
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.room import Delivered
from bot.sandbox.world.standing import Standing, administrator

__all__ = [
    "ADA",
    "BASIC",
    "CHANNEL",
    "ELSEWHERE",
    "EMIL",
    "FORUM",
    "GROUP",
    "NOOR",
    "PAPERS",
    "RANDOM",
    "Button",
    "Chat",
    "Control",
    "Delivered",
    "Document",
    "InlineAnswer",
    "InlineResult",
    "Limits",
    "Message",
    "Person",
    "Photo",
    "Sandbox",
    "Standing",
    "Toast",
    "administrator",
    "serve",
]
