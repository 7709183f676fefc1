"""Projects planned against achieved: what was planned is the pack's, what was achieved is typed, and a rule says the word for it."""
