"""Touchpoints recorded by hand: whoever works with a family says that one happened, where no partner's file does, and takes it back.

Owns the word recorded touchpoint. It says that somebody met the family and never what was found: that belongs in a note of the case.
"""
