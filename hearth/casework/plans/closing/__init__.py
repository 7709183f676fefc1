"""Closing a case that has a plan: both end together, with what changed in front of whoever closes it."""
