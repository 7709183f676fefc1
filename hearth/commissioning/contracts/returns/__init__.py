"""The quarterly return of a contract: the provider's own account of it, asked about, certified, and checked against casework.

Owns the words return, figure of a return, query, version, chase, list of people, and the three totals. What was promised (contract, target, profile)
is the room's around it; what was paid is the ledger's.
"""
