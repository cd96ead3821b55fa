"""Owns drawings whose nodes have places on a coarse grid."""
