"""Themes: needs that belong together, worked by the sub-group, escalated to those who can solve them, and answered. Models are `unmet`'s."""
