"""Owns what people type, in the wildest sense: commands with any arguments, both scripts, and what breaks programs."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st

from bot.chat.handlers.commands import COMMANDS, EDITORS_COMMANDS
from bot.sandbox.answers import Json

BOT_NAME = "collage_bot"
_RIGHT_TO_LEFT = "\u202egnihtemos\u202c \u2067ש\u2069 مرحبا بالعالم"
_PILE = "Z" + "\u0317\u0350\u0353\u0339\u0300" * 30
_ZERO_WIDTH = "tra\u200bns\u200cfor\u200dmer\ufeff \u2060\u00ad"
_FAMILY = "👩‍👩‍👧‍👦"

NASTY = (
    "", " ", "\n", "\t\n ", "\x00", "a\x00b", "\x1b[31mred", "\u2028\u2029", "\ufffd\uffff", "\U0010ffff", "\ue000",
    _RIGHT_TO_LEFT, _PILE, _PILE * 8, _ZERO_WIDTH, _FAMILY, _FAMILY * 30, "🇩🇪🇩", "e\u0301", "ﬁ", "½", "²", "İ", "ß",
    "<b>bold</b>", "</a>", "<a href='javascript:1'>x", "&lt;&amp;&#0;", "&", "<", '"', "'", "`", "*_[x](tg://user?id=1)",
    "__proto__", "{0} {name} %s %(x)s", "${jndi:x}", "'; DROP TABLE chat; --", '"a" NEAR b*', "(()", "AND OR NOT", "*",
    "../../etc/passwd", "C:\\nul", "file:///etc/passwd", "https://example.org/?q=<x>&y=1#z", "http://[::1", "a@b.c",
    "1e309", "-1", "0", "00", "99999999999999999999", "٣", "①", "Ⅷ", "1/0", "NaN", "None", "null", "true", "-", "#",
    "a" * 4096, "😀" * 2048, "变" * 4096, "a " * 2048, "x\n" * 2000, "&" * 4096, "<" * 3000, "\u0300" * 2000, "/" * 300,
)  # fmt: skip
WORDS = (
    "transformers", "vision", "ViT", "GAN", "bengio 2021", "author:bengio", "topic:transformers", "year:2021", "十",
    "变压器", "元学习", "注意力 机制", "图神经网络", "作者:bengio", "trasnformer", "2022-01", "jan 2022", "2022年1月",
    "13/2022", "2022", "now", "最新", "august", "'22", "27", "#27", "1", "37", "0", "27 28", "convit", "March 1999",
    "2103.10697", "arxiv.org/abs/2401.00001v3", "https://arxiv.org/pdf/2401.00001", "hep-th/9901001", "10.1000/182",
    "https://arxiv.org/abs/2401.00001 ml-collage", "2401.00001 2401.00002 2401.00003", "arXiv:2401.00001v99999",
    "9999.99999", "month:2021", "fri 18:00 Europe/Berlin", "周五18点 柏林时间", "6 pm friday UTC+2", "mon mon 9:00",
    "fri 25:00", "fri", "18:00", "每周三早上8点", "dark", "slide", "竖版", "quiet", "pause", "pause until 1 January",
    "until 2999-01-01", "暂停到1月1日", "pause 31 feb", "resume",
    "language zh", "中文", "english", "lang xx",
    "klingon", "weekly off", "no roundups", "topics", "all topics", "series", "语言 英文", "hi", "thanks",
    "谢谢", "你好", "help",
    "?", "latest", "settings", "random", "unsubscribe", "start",
)  # fmt: skip
DEEP_LINKS = (
    "entry_1", "slide_2", "full_3", "like_4", "read_5", "cite_6", "month_2022-01", "month_x", "paper_27", "paper_",
    "saved", "latest", "random", "this-month", "ask-search", "settings", "topics", "privacy", "about", "hello",
    "entry_0", "entry_", "entry_99999999999999999999", "entry_٣", "entry_1_2", "say_1_x", "_", "A" * 64,
    "say_1_headline_portrait_en_00000000_1_2",
)  # fmt: skip
_COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/])")


def junk() -> st.SearchStrategy[str]:
    """Anything: what breaks programs, and letters nobody chose."""
    letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    return st.one_of(st.sampled_from(NASTY), letters, st.builds(str.__add__, letters, st.sampled_from(NASTY)))


def arguments() -> st.SearchStrategy[str]:
    """What may stand behind a command, or alone."""
    words = st.sampled_from(WORDS)
    two = st.builds("{} {}".format, words, words)
    return st.one_of(st.just(""), words, words, two, junk(), st.builds("{}{}".format, words, junk()))


def commands() -> st.SearchStrategy[str]:
    """Commands: ours and others, for us and for others, with and without arguments."""
    ours = st.sampled_from([*COMMANDS, *EDITORS_COMMANDS])
    others = st.sampled_from(["foo", "Latest", "LATEST", "start_", "a" * 64, "123", "stop", "paper_27", "help_me"])
    name = st.one_of(ours, ours, ours, others)
    at = st.sampled_from(["", "", f"@{BOT_NAME}", "@Collage_Bot", "@another_bot", "@collage_bo", "@"])
    between = st.sampled_from([" ", " ", "\n", "  ", "\u00a0", ""])
    said = st.builds(
        lambda name, at, gap, rest: f"/{name}{at}{gap if rest else ''}{rest}", name, at, between, arguments()
    )
    return st.one_of(said, said, said, st.builds("/start {}".format, st.sampled_from(DEEP_LINKS)))


def texts() -> st.SearchStrategy[str]:
    """What a message may say: 1 to 4,096 UTF-16 units."""
    embedded = st.builds("{} {}".format, arguments(), commands())
    named = st.builds("{}@collage_bot {}".format, st.sampled_from(["", "hey "]), arguments())
    said = st.one_of(commands(), commands(), arguments(), junk(), embedded, named)
    return said.map(_sendable)


def entities(text: str) -> Iterator[Json]:
    """The commands and our name in *text*, as Telegram marks them."""
    for found in _COMMAND.finditer(text):
        yield {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found[0])}
    for found in re.finditer(rf"(?<!\w)@{BOT_NAME}\b", text):
        yield {"type": "mention", "offset": units(text[: found.start()]), "length": units(found[0])}


def units(text: str) -> int:
    """The length of *text* in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _sendable(text: str) -> str:
    clipped = text.encode("utf-16-le")[: 2 * 4096].decode("utf-16-le", "ignore")
    return clipped or "…"
