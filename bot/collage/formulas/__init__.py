"""Formulas: set, measured, broken, with names for their parts."""
