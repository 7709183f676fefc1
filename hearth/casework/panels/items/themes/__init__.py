"""A theme is brought to a panel: an issue of the district and no family's, with no name in it."""
