"""Changes of the directory: a provider sends what an entry should say, and a steward approves it, seen side by side."""
