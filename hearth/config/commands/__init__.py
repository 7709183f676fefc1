"""The `hearth` command, one module for each group of verbs."""
