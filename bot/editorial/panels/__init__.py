"""The panels of a collage file: what may be said of each kind, within which bounds, and whether it can be drawn."""
