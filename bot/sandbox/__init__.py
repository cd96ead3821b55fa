"""Owns the embedded Telegram for trying and testing: a Bot API server and a chat page."""

from bot.sandbox.chat_page import Control
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.serve import serve
from bot.sandbox.world.messages import Button, Document, Message, Photo
from bot.sandbox.world.people import ADA, CHANNEL, GROUP, NOOR, Chat, Person
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.rooms import Delivered

__all__ = [
    "ADA",
    "CHANNEL",
    "GROUP",
    "NOOR",
    "Button",
    "Chat",
    "Control",
    "Delivered",
    "Document",
    "Message",
    "Person",
    "Photo",
    "Sandbox",
    "Toast",
    "serve",
]
