"""Touchpoints of people on the register: met, due or missed, by what partners sent; worked out with every run.

Owns the word touchpoint fact, and the figures of missed opportunities. What a pathway is belongs to `records/pathways`. Where
nothing tells of a touchpoint it is not known, and never missed.
"""
