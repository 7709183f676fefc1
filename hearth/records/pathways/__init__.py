"""Integrated pathways: the few points at which every family meets a service, and where somebody of an age stands on them.

Owns the words pathway and touchpoint, and no table: what a pathway says is the practice pack's. Whom each child was seen by is
`insight`'s, which knows what partners sent.
"""
