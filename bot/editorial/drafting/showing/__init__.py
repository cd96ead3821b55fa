"""What a draft shows: the best figures, a formula, a result, and how they stand together on the collage."""
