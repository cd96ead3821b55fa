"""Owns which language is spoken, and what our sentences are in it.

A sentence stands in the code in English: ``_("Nothing found.")``, or ``N_("…")`` where it is only named and spoken
later. Its translation stands in ``locale/<language>/LC_MESSAGES/collagebot.po``; ``make messages`` brings those files
up to date. The language belongs to the task that answers: whoever opens a conversation says which one it is, and all
that is said in it follows. Without that, English is spoken.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.model.language import ENGLISH, LANGUAGES

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "collagebot"

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The language that is spoken now, one of `LANGUAGES`."""
    return _spoken.get()


def speak(code: str) -> None:
    """Speak the language *code* for the rest of this task."""
    _spoken.set(code if code in LANGUAGES else ENGLISH)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak the language *code* inside the block."""
    token = _spoken.set(code if code in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(sentence: str) -> str:
    """*sentence*, which stands in the code in English, in the language that is spoken now."""
    return _translations(language()).gettext(sentence) if sentence else ""


def N_(sentence: str) -> str:  # gettext's own name for it
    """Mark *sentence* for translation; it is spoken later, by `_`."""
    return sentence


def pgettext(context: str, sentence: str) -> str:
    """*sentence* in the language that is spoken now, where *context* says which of its meanings is meant."""
    return _translations(language()).pgettext(context, sentence)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a sentence for *number*, which fills ``{number}``, in the language that is spoken now."""
    return _translations(language()).ngettext(one, many, number).format(number=number)


def catalogue_file(code: str) -> Path:
    """Where the translations into a language stand."""
    return LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def _translations(code: str) -> NullTranslations:
    if code == ENGLISH:
        return NullTranslations()
    with catalogue_file(code).open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
