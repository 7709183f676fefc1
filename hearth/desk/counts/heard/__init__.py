"""How long a panel takes: from the day a family is brought to the decision, and from there to the first help.

Owns no table: figures come from the database's own function and name nobody. Opening one goes through `visible_to`.
"""
