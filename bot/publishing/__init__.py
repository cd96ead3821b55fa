"""When something is due, what fills it, and how it reaches every chat exactly once."""
