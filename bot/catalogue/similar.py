"""Owns what makes two entries alike."""

from bot.catalogue.document import topic_term
from bot.catalogue.query import Query, parse_query
from bot.catalogue.word import Word
from bot.model.entry import Entry

# A topic stands among what is known of a paper, which weighs less than its title; here it says more than a word of it.
_TOPIC_WEIGHT = 4.0


def likeness(entry: Entry) -> Query:
    """The question whose best answers are the entries closest to *entry*: its topics, and the words of its title."""
    topics = tuple(Word(topic.name, ((topic_term(topic.slug),),), _TOPIC_WEIGHT) for topic in entry.topics)
    return Query(entry.paper.title, (*topics, *parse_query(entry.paper.title).words))


def likeness_of_words(entry: Entry) -> Query:
    """The question for entries that say similar things, where too few share a topic or words of the title."""
    text = entry.text()
    read = (parse_query(said) for said in (text.headline, text.key_idea, text.take_away))
    return Query(entry.paper.title, tuple(dict.fromkeys(word for query in read for word in query.words)))
