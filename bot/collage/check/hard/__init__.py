"""The rules H1 to H10: one failing means that the collage is not sent. `rules` asks all of them."""
