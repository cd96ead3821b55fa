"""From an entry to a content folder that an editor can keep in git; `load` reads it back as the same entry."""
