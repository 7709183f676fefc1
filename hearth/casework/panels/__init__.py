"""Panels and groups: who sits on them, when they meet, what is brought to them, what they decide and what became of it.

Owns the words panel, panel member, panel meeting, panel item, list entry, decision, panel action and question without a
name. What a family agreed to share is `records/sharing`; the case itself, with its lead practitioner, is `cases`.
"""
