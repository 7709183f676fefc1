"""How early help is doing, and what others are told of it."""
