"""Owns what makes two entries alike."""

from bot.catalogue.document import topic_term
from bot.catalogue.query import Query, Word, parse_query
from bot.model.entry import Entry


def likeness(entry: Entry) -> Query:
    """The question whose best answers are the entries closest to *entry*: its topics, and the words of its title."""
    topics = tuple(Word(topic.name, ((topic_term(topic.slug),),)) for topic in entry.topics)
    return Query(entry.paper.title, (*topics, *parse_query(entry.paper.title).words))
