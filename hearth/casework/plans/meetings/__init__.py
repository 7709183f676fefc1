"""Meetings of the team around the family, and those the family leads: planned, held with minutes, or cancelled."""
