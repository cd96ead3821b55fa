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
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_commands(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Set or, with none, remove the commands of a scope."""
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = commands

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Tell the commands of exactly this scope and language."""
        return self._commands.get((scope, language), ())

    def menu(self, chat: Chat, user_id: int, language: str) -> tuple[Command, ...]:
        """Choose what a person is offered in a chat: the narrowest scope wins, then the person's language.

        Source: core.telegram.org/bots/api#determining-list-of-commands
        """
        for scope in _scopes(chat, user_id):
            for code in (language, language.split("-")[0], ""):
                if commands := self.commands(scope, code):
                    return commands
        return ()


def _scopes(chat: Chat, user_id: int) -> tuple[Scope, ...]:
    everywhere = Scope("all_private_chats" if chat.type == "private" else "all_group_chats")
    member = Scope("chat_member", chat.chat_id, user_id)
    return (member, Scope("chat", chat.chat_id), everywhere, Scope())
