"""Approving a report, which freezes it, sending it back, and publishing it."""
