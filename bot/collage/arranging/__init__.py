"""How panels find their places on the grid, between head and foot."""
