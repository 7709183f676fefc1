"""What is brought to a panel: a family from its case, on consent or a lawful reason; what members know of it."""
