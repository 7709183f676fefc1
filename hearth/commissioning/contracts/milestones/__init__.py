"""Milestones of a contract: reached, certified by somebody else, and paid once."""
