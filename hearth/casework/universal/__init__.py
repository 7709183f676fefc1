"""Universal activity (level 1): what was done for everybody, with whom, and what it achieved. Recorded in a minute.

Owns the word universal activity. It names no family and no person: work with one family belongs to its case.
"""
