"""What the editor's desk says: pure functions from drafts, queues and candidates to messages."""
