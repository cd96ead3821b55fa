"""The charts: numbers turned into lines, bars, dots and labels."""
