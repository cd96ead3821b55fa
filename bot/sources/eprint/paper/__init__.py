"""The parts of a paper, found in its TeX: text, figures, tables, formulas, and their numbers."""
