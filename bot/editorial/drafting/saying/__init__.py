"""What a draft says: the paper's own sentences, chosen by their role, shortened where that is safe, and its numbers."""
