"""Needs that nobody could meet: recorded then and there, made into themes, escalated level by level, and answered.

Owns the words unmet need, words of an unmet need, theme, theme action and theme move. What a need says without a name (what, whose by
age, where, why) is read by those who work the themes of the district; whose it was and what was written are read with the family.
Figures are made by `system:measures`. The panel's own meetings are beside this room.
"""
