"""How a manuscript becomes a draft: words, figures, formula and number, chosen and put together."""
