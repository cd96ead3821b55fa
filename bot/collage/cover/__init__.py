"""The cover of an album: the papers of a month as one mosaic."""
