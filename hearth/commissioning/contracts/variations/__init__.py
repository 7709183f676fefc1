"""Variations of a signed contract: asked by one party, agreed by the other, and then in force."""
