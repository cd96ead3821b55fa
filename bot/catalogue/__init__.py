"""The card index: query grammar, terms, ranking, pages of hits. Pure."""
