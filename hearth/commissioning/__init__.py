"""Buying what is missing: from what nobody could offer, through a grant or a tender, to what it changed and what that was worth."""
