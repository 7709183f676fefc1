"""Panels: the people who can allocate resources, what they decide, and the needs that nobody could meet."""
