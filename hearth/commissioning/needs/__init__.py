"""Needs to intentions: unmet need, cases, feeds and population side by side, and what the commissioner means to buy for it.

Owns the words commissioning intention and evidence of an intention. Unmet need and its themes are casework's, population and
indicators `intelligence/insight`'s, sums `records/money`'s. Names nobody.
"""
