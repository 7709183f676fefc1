"""Asking for a step up or a step down: the room that can see assessment, plan, notes and people packs what travels.

Owns no tables. What happens to the question afterwards, and the frozen pack, belong to `casework/cases/steps`.
"""
