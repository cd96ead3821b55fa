"""Content files, the collage shelf and the reading room. Later: drafting, fact checks, the queue."""
