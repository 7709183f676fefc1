"""Tokens with which a partner's or the council's own machine sends files of one feed for one organisation.

Owns the word token. What comes with one is a load like any other: `feeds` reads it, and a person commits it.
"""
