"""Money: where each pound came from, what it was allotted to, and where it went. The ledger is double entry: it always adds up.

Owns the words source, share, entry, commitment, payment, recovery, budget and purchase. Nothing in the ledger is edited: an entry that
is wrong is reversed. It names no family: for whom something was bought stands apart, and is read with the family's plan.
"""
