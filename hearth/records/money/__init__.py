"""Money: where each pound came from, what it was allotted to, and where it went. The ledger is double entry: it always adds up.

Owns the words source, share, entry, commitment, payment and recovery. Nothing in it is edited: an entry that is wrong is
reversed. It names no family and no person who is helped.
"""
