"""Deciding on a family of concern: the list, a family's page, and offering help, which opens a request at the front door.

Owns no tables: flags and decisions are `intelligence/insight`'s, requests `casework/front_door`'s. This is where they meet.
"""
