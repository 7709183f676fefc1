"""Sending a bid under its seal, replacing and withdrawing it until the deadline, and opening all of them once, after it."""
