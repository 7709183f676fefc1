"""A panel's meeting: its list, who comes, what it decides, and its minutes."""
