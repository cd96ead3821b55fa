"""Owns how many words a panel would print, labels inside its visual not counted."""

from collections.abc import Iterator

from bot.collage.check.reading import words_in
from bot.collage.panels.block import Look
from bot.collage.spec import FigurePanel, Shown, Statement
from bot.model.panel import Annotation, BigNumber, Chart, Diagram, Equation, Note, Quote, Steps, Table


def forms_of(panel: Shown) -> int:
    """How many shorter ways there are to say the texts of *panel*."""
    match panel:
        case BigNumber(number):
            return len(number.meaning_shorter)
        case Note() | Quote():
            return len(panel.shorter)
        case Steps():
            return max((len(step.shorter) for step in panel.steps), default=0)
        case Statement():
            return 0
        case FigurePanel(figure):
            return max(len(figure.caption_shorter), *(len(each.shorter) for each in figure.annotations), 0)
        case Chart() | Diagram():
            return max(len(panel.caption_shorter), *(len(each.shorter) for each in panel.annotations), 0)
        case Equation() | Table():
            return len(panel.caption_shorter)


def words_of(panel: Shown, look: Look) -> int:
    """The words of captions, sentences and annotations, as short as *look* wants them."""
    return sum(map(words_in, _texts(panel, look)))


def _texts(panel: Shown, look: Look) -> Iterator[str]:
    match panel:
        case BigNumber(number):
            yield look.say(number.meaning, number.meaning_shorter)
            yield number.against or ""
        case Note() | Quote():
            yield look.say(panel.text, panel.shorter)
        case Steps():
            yield from (look.say(step.text, step.shorter) for step in panel.steps)
        case Statement():
            yield panel.text
        case FigurePanel(figure):
            yield look.say(figure.caption, figure.caption_shorter)
            yield from _pointing(figure.annotations, look)
        case Chart() | Diagram():
            yield look.say(panel.caption, panel.caption_shorter)
            yield from _pointing(panel.annotations, look)
        case Equation() | Table():
            yield look.say(panel.caption, panel.caption_shorter)


def _pointing(annotations: tuple[Annotation, ...], look: Look) -> Iterator[str]:
    return (look.say(annotation.text, annotation.shorter) for annotation in annotations)
