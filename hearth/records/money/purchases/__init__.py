"""Spot purchases: something for one family, asked for, approved by rule, bought, received and paid, never beyond the budget."""
