"""After the meeting: the answer goes back to whoever brought it, actions are chased, and how long each took is told."""
