"""Owns how a chat wants to be spoken to."""

from dataclasses import dataclass, field

from bot.model.canvas import Appearance
from bot.model.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat has chosen, and what is known of it where it has not.

    Attributes:
        is_gone: When last heard of, it would not have us.
        chosen: The language that was chosen; None follows Telegram.
        spoken: The language that Telegram says the person speaks, in a group or channel who let us in; None: unknown.
    """

    appearance: Appearance = field(default_factory=Appearance)
    chosen: str | None = None
    spoken: str | None = None
    is_gone: bool = False

    @property
    def language(self) -> str:
        """The language that is spoken in the chat."""
        return self.chosen or self.spoken or ENGLISH
