"""A report on paper: the same content as a tagged PDF and as a Word file, with the same drawings."""
