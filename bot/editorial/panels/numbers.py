"""Owns the numbers of an entry file, and the big ones among the panels."""

from dataclasses import replace

from bot.collage.faults import written_fault
from bot.editorial.faults import nearest
from bot.editorial.fields import Fields
from bot.editorial.panels.bounds import MEANING
from bot.editorial.phrasing import read_phrasing
from bot.model.panel import BigNumber, Number


def read_number(fields: Fields) -> Number:
    """Read one number with what it means and where it stands."""
    meaning = read_phrasing(fields, "meaning", words=MEANING)
    number = Number(
        value=fields.text("value"),
        meaning=meaning.text,
        meaning_shorter=meaning.shorter,
        against=fields.optional_text("against"),
        formula=fields.optional_text("formula"),
        source=fields.text("source"),
    )
    fields.finish()
    return number


def read_big_number(fields: Fields, numbers: tuple[Number, ...] | None) -> BigNumber | None:
    """Read a big number; None when it is none of *numbers*, or when nobody knows them."""
    value = fields.text("value")
    meaning = read_phrasing(fields, "meaning", words=MEANING) if "meaning" in fields.names else None
    against, source = fields.optional_text("against"), fields.optional_text("source")
    written = fields.optional_text("written")
    if written and (fault := written_fault(value, written)):
        fields.fault("written", f"{fault}. Write the same number.")
    fields.finish()
    if numbers is None:
        return None
    found = next((number for number in numbers if number.value == value), None)
    if found is None:
        remedy = nearest(value, (number.value for number in numbers))
        fields.fault("value", f"{value!r} is not among the numbers of the entry. {remedy}")
        return None
    if meaning:
        found = replace(found, meaning=meaning.text, meaning_shorter=meaning.shorter)
    return BigNumber(replace(found, against=against or found.against, source=source or found.source), written)
