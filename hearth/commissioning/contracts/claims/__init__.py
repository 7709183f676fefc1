"""Payment by results: an outcome claimed by the provider, verified by somebody else who may open the family, and paid once."""
