"""Every sentence is said in every language, and says the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.chat.messages import greetings
from bot.model.language import CHINESE, ENGLISH, LANGUAGES
from bot.wording.chinese import HAN
from bot.wording.translation import _, catalogue_file, speaking

BOT = Path(__file__).parents[2] / "bot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
SPEAKING = ("chat", "wording", "publishing", "editorial")
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
COMMAND = re.compile(r"(?<![\w/])/[a-z]+")


def sentences() -> set[tuple[str, str | None]]:
    """Every sentence in the code: its text (of a plural the first form), and its context."""
    found: set[tuple[str, str | None]] = set()
    for room in SPEAKING:
        for _file, _line, said, _comments, context in extract_from_dir(BOT / room, keywords=KEYWORDS):
            found.add((said if isinstance(said, str) else said[0], context))
    return found


def catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def first_form(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_a_translation(language: str) -> None:
    said = {(first_form(it), it.context) for it in messages(language) if all(forms(it)) and not it.fuzzy}
    assert sorted(map(str, sentences() - said)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    assert sorted(map(str, {(first_form(it), it.context) for it in messages(language)} - sentences())) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_slots_the_commands_and_the_line_breaks_of_its_sentence(language: str) -> None:
    wrong = []
    for message in messages(language):
        one = first_form(message)
        for said in forms(message):
            same_edges = (said[:1] == "\n", said[-1:] == "\n") == (one[:1] == "\n", one[-1:] == "\n")
            if slots(said) != slots(one) or set(COMMAND.findall(said)) != set(COMMAND.findall(one)) or not same_edges:
                wrong.append((one, said))
    assert wrong == []


HALF_SET = re.compile(
    rf"[{HAN}][,;:?!.]|[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]"  # marks of half width, and nothing before Latin
    r"|[！您]"  # we neither shout nor bow
    r"|\s[，。；：？！、）”]|[，。；：？！、（“] "
)
DATE_PATTERN = re.compile("M月d日(?:EEEE)?|[0-9]+年[0-9]+月")


def test_chinese_is_written_as_it_is_printed_and_calmly() -> None:
    said = [(form, DATE_PATTERN.sub("", form)) for message in messages(CHINESE) for form in forms(message)]
    assert [form for form, bare in said if HALF_SET.search(bare)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_before_anybody_talks_to_us_is_short_enough(language: str) -> None:
    with speaking(language):
        assert len(_(greetings.DESCRIPTION)) <= 512
        assert len(_(greetings.SHORT_DESCRIPTION)) <= 120
        assert max(len(_(says)) for says in (greetings.MENU | greetings.EDITORS_MENU).values()) <= 256


def hidden(path: Path) -> Iterator[str]:
    """Sentences inside of f-strings, where the extraction does not see them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = (node for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in ast.walk(text))
    for call in inside:
        is_said = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if isinstance(call, ast.Call) and is_said and any(isinstance(it, ast.Constant) for it in call.args):
            yield f"{path.name}:{call.lineno}: {ast.unparse(call)}"


def test_no_sentence_hides_from_the_extraction() -> None:
    assert [found for room in SPEAKING for path in sorted((BOT / room).rglob("*.py")) for found in hidden(path)] == []


_WORDS = re.compile(r"[A-Za-z]{2,}.*\s.*[A-Za-z]{2,}|^[A-Z][a-z]{2,}$")
SAME_EVERYWHERE = frozenset({"English", "BibTeX", "Medium", "Short"})
"""Names, and words that editors type, which no language changes; what is typed after a slash neither."""


def unmarked(path: Path) -> Iterator[str]:
    """The literals of a module that look like something said, and are not marked for translation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            silent |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # docstrings
            silent.add(id(node.value))
        if isinstance(node, ast.Raise):
            silent |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in silent:
            continue
        said = re.sub(r"\{[^}]*\}", "", node.value)
        if _WORDS.search(said) and said not in SAME_EVERYWHERE and not said.startswith("/"):
            yield f"{path.name}:{node.lineno}: {node.value!r}"


@pytest.mark.parametrize("path", sorted((BOT / "chat" / "messages").rglob("*.py")), ids=lambda path: path.stem)
def test_whatever_a_message_says_is_marked_for_translation(path: Path) -> None:
    assert list(unmarked(path)) == []


_SENTENCE = re.compile(r"^[A-Z].* .*[.!?…]$")


@pytest.mark.parametrize("path", sorted((BOT / "chat" / "handlers").rglob("*.py")), ids=lambda path: path.stem)
def test_no_handler_says_a_sentence_of_its_own_that_is_not_marked(path: Path) -> None:
    assert [found for found in unmarked(path) if _SENTENCE.match(found.partition(": ")[2].strip("'\""))] == []
