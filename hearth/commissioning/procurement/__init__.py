"""Buying: tenders, from the specification to the award. Bids are sealed until two of three people open them together.

Owns the words tender, lot, call, keyholder, question, bid, scorer, score, award. What it buys for is `needs`'; what follows an award is
`contracts`'; the public reads an open call on `doorstep`. It names no family.
"""
