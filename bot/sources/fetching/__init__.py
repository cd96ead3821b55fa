"""Getting bytes from servers that are not ours: politely, within bounds, and once."""
