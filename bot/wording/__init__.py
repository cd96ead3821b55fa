"""How months, dates and counts are said."""
