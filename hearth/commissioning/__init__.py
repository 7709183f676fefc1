"""Buying what is missing: from what nobody could offer, through a tender and a contract, to what it changed and what that was worth."""
