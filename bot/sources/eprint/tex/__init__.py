"""TeX as a language: files, comments, conditions, commands, and plain text at the end."""
