"""How text becomes glyphs: fonts, line breaks, widths."""
