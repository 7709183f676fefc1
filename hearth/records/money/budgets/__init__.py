"""Budgets: part of a share delegated to a district's officer or to a lead practitioner, with limits."""
