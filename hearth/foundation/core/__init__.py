"""Base model, references, clock, refusals, the practice pack, the reader's context and row policies.

Owns no domain nouns: nothing here knows what a family is. Everything stands on it.
"""
