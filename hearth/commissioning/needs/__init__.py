"""Needs to intentions: unmet need, cases, searches and feeds side by side, and what the commissioner means to buy for it.

Owns the words commissioning intention, indicative amount, evidence of an intention, move of an intention and answered theme. Unmet need
and its themes are casework's, indicators `intelligence/insight`'s, sums `records/money`'s. Names nobody.
"""
