"""Owns how the topics of the archive are listed."""

from bot.catalogue.page import Page
from bot.chat.markup import bold, filled, joined
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import arrows, elsewhere, find_topic
from bot.chat.presses import TurnTopics
from bot.chat.shares import evenly
from bot.model.entry import Topic
from bot.wording.translation import N_, _, language

HEADING = "{title} · {number}"
TITLE = N_("Topics")
HOW = N_("Press one, and I list its papers; or type it, like #{example}.")
NONE = N_("There are no topics yet.")
LABEL = "{name} · {papers}"

PAGE_SIZE = 12
_IN_A_ROW = 2


def topics(shown: Page[tuple[Topic, int]], *, asker: int = 0) -> Message:
    """Write a page of the topics with how many papers each has, the largest first.

    Args:
        asker: Who alone may turn the page; 0 for anybody.
    """
    if not shown.hits:
        return Message(joined([_(NONE)], ""), (elsewhere(),))
    heading = bold(filled(HEADING, title=_(TITLE), number=str(shown.total)))
    hint = filled(_(HOW), example=shown.hits[0][0].slug.replace("-", "_"))
    buttons = [
        Button(LABEL.format(name=topic.name_in(language()), papers=papers), find)
        for topic, papers in shown.hits
        if (find := find_topic(topic)) is not None
    ]
    turning = arrows(shown, lambda page: TurnTopics(page, asker))
    return Message(joined([heading, hint], "\n"), (*evenly(buttons, _IN_A_ROW), turning))
