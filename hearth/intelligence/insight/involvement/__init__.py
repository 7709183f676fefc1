"""Who works with people on the register, or did, by what partners sent: worked out with every run, shown inside other pages.

Owns the words involvement and family view. At the level of involvement only: which service, since when, until when, whom to ring.
"""
