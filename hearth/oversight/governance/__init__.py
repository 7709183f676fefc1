"""Retention: what has passed its time by the practice pack is found each night, and deleted or held by a person of information governance.

Owns the words disposal and hold. How long a kind of record is kept is the pack's (`retention.toml`); what hangs from a
record is read from the database's own keys, so that nothing can be forgotten. Nothing is deleted by a machine alone.
"""
