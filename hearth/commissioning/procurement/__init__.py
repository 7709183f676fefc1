"""Buying: grants and tenders, from the specification to the award.

Owns the words tender, lot, question, bid, opener, score, award and grant. What it buys for is `needs`'; what follows an award is
`contracts`'; the public reads an open call on `doorstep`.
"""
