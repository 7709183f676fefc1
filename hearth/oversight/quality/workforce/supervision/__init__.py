"""Reflective supervision: between a worker and a supervisor, private to the two, agreed by both."""
