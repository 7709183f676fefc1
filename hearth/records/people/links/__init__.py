"""Two records of one person: linked, never melted, and unlinked again. A link opens nothing to anybody."""
