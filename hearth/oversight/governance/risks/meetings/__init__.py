"""Meetings on the risk log: who was there, each open risk gone through in turn, what is to be done, and the minutes."""
