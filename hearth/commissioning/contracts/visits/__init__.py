"""Quality visits to what is bought: planned, done with what was found, and their actions followed to the end."""
