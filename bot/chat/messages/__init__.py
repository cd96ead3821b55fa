"""What we say: pure functions from what the archive holds to messages and their buttons."""
