"""Casework as a feed: who is being helped, or was, written each night for rules and the family view to read as any partner's file.

Owns nothing of its own: a load of the feed `casework` is what it makes. It never says what a case is about, and restricted people
are not in it.
"""
