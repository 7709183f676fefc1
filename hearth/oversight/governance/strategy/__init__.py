"""The strategy as an action plan: priorities, actions with owners and evidence, progress by date, and reports to the board that stand.

Owns the words strategy, priority of a strategy, strategy action, progress, evidence, report to the board. It names no family.
"""
