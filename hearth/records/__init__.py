"""What we hold: people and families, what may be shared, and the files attached."""
