"""Owns backups: one file that holds everything, whichever database it comes from and goes to."""
