"""What was bought, while it runs: contracts, targets, quarterly returns, quality visits, payment by results, and how one ends.

Owns the words contract, target, profile, return, visit and outcome claimed. Money is moved in `records/money`.
"""
