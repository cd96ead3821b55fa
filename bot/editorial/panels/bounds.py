"""Owns how long the words of a panel may be, in words; a collage is a picture with words, not a page of text."""

TITLE = 12
LABEL = 6
"""Of a note, a term, a baseline, a node."""
CAPTION = 25
NOTE = 30
QUOTE = 30
STEP = 12
ANNOTATION = 12
MEANING = 16
"""Of a number."""
