"""What others say of a paper. Nice to have, never required."""
