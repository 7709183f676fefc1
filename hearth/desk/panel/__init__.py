"""Families that wait for the panel: when each is taken there, and what the panel said. Owns no tables.

A panel that works with its own room writes them there; of one that does not, they are a note of the case. The list sees that
nobody is forgotten.
"""
