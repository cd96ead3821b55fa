"""What arXiv's indexes say of a paper, and what its servers hand out."""
