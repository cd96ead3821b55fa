"""Owns what the bot tells about itself: names, descriptions and commands, each per language."""

from dataclasses import dataclass

from bot.sandbox.answers import Json
from bot.sandbox.world.people import Chat


@dataclass(frozen=True, slots=True)
class Scope:
    """Who sees a list of commands.

    Attributes:
        kind: The Bot API's ``type``: ``default``, ``all_private_chats``, ``chat`` …
        chat_id, user_id: Only where the kind needs them, else 0.
    """

    kind: str = "default"
    chat_id: int = 0
    user_id: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """One command as the menu shows it."""

    name: str
    description: str

    def as_json(self) -> Json:
        """Render a BotCommand."""
        return {"command": self.name, "description": self.description}


class Profile:
    """Texts and commands, by language code; the empty code is for everybody else."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[Scope, str], tuple[Command, ...]] = {}

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Set or, with an empty text, remove a name or a description."""
        self._texts.pop((kind, language), None)
        if text:
            self._texts[kind, language] = text

    def text(self, kind: str, language: str) -> str:
        """Tell the text in this language, or the one for everybody."""
        return next((text for code in _codes(language) if (text := self._texts.get((kind, code)))), "")

    def set_commands(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Set or, with none, remove the commands of a scope."""
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = commands

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Tell the commands of exactly this scope and language."""
        return self._commands.get((scope, language), ())

    def menu(self, chat: Chat, user_id: int, language: str, *, is_administrator: bool = False) -> tuple[Command, ...]:
        """Choose what a person is offered in a chat: the narrowest scope wins, then the person's language.

        Source: core.telegram.org/bots/api#determining-list-of-commands
        """
        for scope in _scopes(chat, user_id, is_administrator=is_administrator):
            for code in _codes(language):
                if commands := self.commands(scope, code):
                    return commands
        return ()


def _codes(language: str) -> tuple[str, str, str]:
    """What to look under for somebody whose Telegram speaks *language*: zh-hans is zh, before it is anything."""
    return (language, language.split("-")[0], "")


def _scopes(chat: Chat, user_id: int, *, is_administrator: bool) -> tuple[Scope, ...]:
    if chat.type == "channel":
        return ()  # nobody is offered commands there
    here = Scope("chat", chat.chat_id)
    if chat.type == "private":
        return (here, Scope("all_private_chats"), Scope())
    member, everywhere = Scope("chat_member", chat.chat_id, user_id), Scope("all_group_chats")
    if not is_administrator:
        return (member, here, everywhere, Scope())
    administrators = Scope("chat_administrators", chat.chat_id)
    return (member, administrators, here, Scope("all_chat_administrators"), everywhere, Scope())
