"""The family tree: who is who, drawn by generations, the same as sentences, and a quiet word on who is missing."""
