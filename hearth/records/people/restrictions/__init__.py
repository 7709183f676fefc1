"""Restricted people and families: a named allow-list with an end, and word to the safeguarding desk when somebody looked."""
