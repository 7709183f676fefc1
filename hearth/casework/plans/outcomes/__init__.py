"""Outcomes of a plan: what is wanted, how we will know, where it started, whether it was reached."""
