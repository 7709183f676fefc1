"""Stepping up to social care and stepping down from it, without losing the story.

Owns the words care step (up or down), basis check, frozen item and receipt. What goes into the pack is built a floor
above, in `desk/stepping`, and comes here as data; once it has been sent it never changes.
"""
