"""Families that wait for the panel: when each is taken there, and what the panel said. Owns no tables.

Until the panel's own room is there, its words are a note of the case, and the list sees that nobody is forgotten.
"""
