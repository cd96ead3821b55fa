"""Collagebot: one machine-learning paper a week as one picture."""
