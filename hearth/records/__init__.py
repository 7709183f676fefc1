"""What we hold: people and families, and what may be shared."""
