"""Words that point into a visual, and their arrows."""
