"""Buying: tenders, from the specification to the award. Bids are sealed until two of three people open them together.

Owns the words tender, lot, call, keyholder, question, bid, scorer, score, award. What it buys for is `needs`';
the public reads an open call on `doorstep`. Small grants are an app of their own within it. It names no family.
"""
