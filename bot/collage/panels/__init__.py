"""The panels: each measured and laid out on its own."""
