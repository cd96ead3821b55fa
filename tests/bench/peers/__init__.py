"""The same slide drawn by others, to compare with."""
